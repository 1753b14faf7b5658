/**
 * Takes the outlines of the digits out of openly licensed fonts, into `assets/digits/`.
 *
 *   node scripts/demoData.ts [folder for the fonts]
 *
 * The fonts are installed into a temporary folder when this script runs: only it needs them. The same fonts give the same
 * files.
 */
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printedDigitCounts, writeFileAtomically } from "../src/data/index.ts";
import { installFonts, licenseOf, licenseTextOf, readOutlines } from "./demoData/fontFiles.ts";
import { type Family, families } from "./demoData/fonts.ts";

const out = new URL("../assets/digits/", import.meta.url).pathname;
const fontFolder = process.argv[2] ?? join(tmpdir(), "ondelette-fonts");
const all = [...families.train, ...families.test];

const shared = families.train.filter(({ name }) => families.test.some((f) => f.name === name));
if (shared.length > 0) throw new Error(`in both parts: ${shared.map(({ name }) => name)}`);

installFonts(fontFolder, all);
await mkdir(out, { recursive: true });
await writeFileAtomically(join(out, "outlines.json"), outlines());
await writeFileAtomically(join(out, "LICENSE"), licenses());
await writeFileAtomically(join(out, "README.md"), readme());

/** One style a line. */
function outlines(): string {
  const part = (name: "train" | "test") => {
    const rows = families[name].map((family) => {
      const { styles } = readOutlines(fontFolder, family);
      const lines = styles.map((style) => `        ${JSON.stringify(style)}`);
      return `    { "family": "${family.name}", "styles": [\n${lines.join(",\n")}\n    ] }`;
    });
    return `  "${name}": [\n${rows.join(",\n")}\n  ]`;
  };
  return `{\n${part("train")},\n${part("test")}\n}\n`;
}

/** Every family's copyright notice, then the text of each license once. */
function licenses(): string {
  const ofLicense = Map.groupBy(all, (family) => licenseOf(fontFolder, family));
  const sections = Array.from(ofLicense, ([license, of]) => {
    const texts = of.map((family) => ({ family, ...licenseTextOf(fontFolder, family) }));
    const [{ text }] = texts as [(typeof texts)[number]];
    const notices = texts.map(({ family, notice }) =>
      `${family.name}: ${notice}`.replace(/: $/, ""),
    );
    const title = `Outlines from these fonts are under the license ${license}`;
    return `${title}\n${"=".repeat(title.length)}\n\n${notices.join("\n")}\n\n${text}\n`;
  });
  return sections.join("\n\n");
}

function readme(): string {
  const styles = all.flatMap((family) => family.styles);
  const number = (count: number) => count.toLocaleString("en");
  return `# Digits from fonts

\`outlines.json\` holds the outlines of the digits 0–9 in ${styles.length} font styles of ${all.length} families. \`printedDigits\` of
\`ondelette/data\` draws ${number(printedDigitCounts.train)} images to train on and ${number(printedDigitCounts.test)} to test on with them; \`ondelette demo\` does so into
\`data/digits\` on first use. The images are 28×28 gray, white on black, in the four-file IDX layout of MNIST; each digit has
its own random pen width, rotation, shear, stretch and elastic bend. No family is in both parts, so a score on the test part
is a score on styles never seen. A zero with a slash or a dot is left out.

\`scripts/demoData.ts\` took the outlines out of the fonts, which come from npm, scope \`@fontsource\`, at the versions below.
The outlines keep the fonts' licenses, whose texts and copyright notices are in \`LICENSE\`. These licenses leave images that
are drawn with the outlines free.

${table("Train", families.train)}

${table("Test", families.test)}
`;
}

function table(title: string, part: readonly Family[]): string {
  const rows = part.map(
    (family) =>
      `| ${family.name} | ${family.version} | ${family.styles.join(", ")} | ${licenseOf(fontFolder, family)} |`,
  );
  return [
    `## ${title}`,
    "",
    "| family | version | styles | license |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}
