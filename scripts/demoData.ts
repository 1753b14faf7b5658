/**
 * Draws the digits that ship with the project, from openly licensed fonts, into `assets/digits/`.
 *
 *   node scripts/demoData.ts [folder for the fonts]
 *
 * The fonts are installed on demand into a temporary folder: only this script needs them, and what it draws
 * is committed. The same fonts and seed give the same files.
 */
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFileAtomically } from "../src/data/files/atomicWrite.ts";
import { encodeIdx } from "../src/data/formats/idx.ts";
import { createRandom } from "../src/data/random/random.ts";
import { drawDigits, imageSide } from "./demoData/draw.ts";
import { type Family, families, withoutZero } from "./demoData/fonts.ts";
import { installFonts, licenseOf, readStyles } from "./demoData/outlines.ts";

const seed = 1;
const counts = { train: 12_000, test: 2_000 } as const;
/** MNIST's names, so that everything that reads MNIST reads this. */
const prefixes = { train: "train", test: "t10k" } as const;
const out = new URL("../assets/digits/", import.meta.url).pathname;
const fontFolder = process.argv[2] ?? join(tmpdir(), "ondelette-fonts");

const shared = families.train.filter(({ name }) => families.test.some((f) => f.name === name));
if (shared.length > 0) throw new Error(`in both parts: ${shared.map(({ name }) => name)}`);

installFonts(fontFolder, [...families.train, ...families.test]);
await mkdir(out, { recursive: true });
for (const part of ["train", "test"] as const) await drawPart(part);
await writeFileAtomically(join(out, "README.md"), readme());

async function drawPart(part: keyof typeof counts): Promise<void> {
  // Families are equally likely, whatever their number of styles.
  const byFamily = families[part].map((family) => readStyles(fontFolder, family));
  const withZero = byFamily.filter(([style]) => !withoutZero.has(style!.family));
  const random = createRandom(seed).fork(part);
  const jobs = Array.from({ length: counts[part] }, () => {
    const digit = random.integer(10);
    const candidates = digit === 0 ? withZero : byFamily;
    const styles = candidates[random.integer(candidates.length)]!;
    return { digit, style: styles[random.integer(styles.length)]!, random };
  });
  const images = await drawDigits(jobs);
  const data = Buffer.concat(images.map((image) => image.data));
  await write(`${prefixes[part]}-images-idx3-ubyte`, [images.length, imageSide, imageSide], data);
  const labels = Uint8Array.from(jobs, ({ digit }) => digit);
  await write(`${prefixes[part]}-labels-idx1-ubyte`, [labels.length], labels);
}

async function write(name: string, shape: number[], data: Uint8Array): Promise<void> {
  const bytes = gzipSync(encodeIdx({ shape, data }), { level: 9 });
  await writeFileAtomically(join(out, `${name}.gz`), bytes);
  console.log(`${name}.gz: ${shape.join("×")}, ${bytes.length} bytes`);
}

function readme(): string {
  const styles = [...families.train, ...families.test].flatMap((family) => family.styles);
  return `# Digits from fonts

${counts.train.toLocaleString("en")} images to train on and ${counts.test.toLocaleString("en")} to test on: the digits 0–9, 28×28 gray, white on black, in the four-file
IDX layout of MNIST. Drawn by \`scripts/demoData.ts\` (seed ${seed}) from the outlines of ${styles.length} font styles of
${families.train.length + families.test.length} families, each digit with its own random pen width, rotation, shear, stretch and elastic bend.
No family is in both parts, so a score on the test part is a score on styles never seen.

The images are in the public domain (CC0 1.0). The fonts are not part of the project; their licenses leave
what is drawn with them free. They come from npm, scope \`@fontsource\`, at the versions below.

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
