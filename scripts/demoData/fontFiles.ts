import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { OutlineFamily } from "../../src/data/digits/outlines.ts";
import { type Family, withoutZero } from "./fonts.ts";

/** What is used of opentype.js. */
interface OpenType {
  parse(bytes: ArrayBuffer): {
    readonly unitsPerEm: number;
    charToGlyph(character: string): { readonly path: { readonly commands: readonly Command[] } };
  };
}

type Command = { readonly type: "M" | "L" | "Q" | "C" | "Z" } & Readonly<
  Partial<Record<"x" | "y" | "x1" | "y1" | "x2" | "y2", number>>
>;

/** Installs the families and a font parser into `folder`, at exact versions; a second run finds them there. */
export function installFonts(folder: string, families: readonly Family[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const packages = families.map(({ name, version }) => `@fontsource/${name}@${version}`);
  const options = ["--prefix", folder, "--no-save", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, "opentype.js@1.3.4", ...packages], {
    stdio: "inherit",
  });
}

/** The license that an installed family names. */
export function licenseOf(folder: string, family: Family): string {
  const { license } = JSON.parse(readFileSync(fileOf(folder, family, "package.json"), "utf8"));
  return license;
}

/** An installed family's license file: its copyright notice, and the license's text. */
export function licenseTextOf(
  folder: string,
  family: Family,
): { readonly notice: string; readonly text: string } {
  const whole = readFileSync(fileOf(folder, family, "LICENSE"), "utf8").replaceAll("\r", "");
  // The Apache license stands without a notice.
  if (licenseOf(folder, family) === "Apache-2.0") return { notice: "", text: whole.trim() };
  const [notice = "", ...lines] = whole.split("\n");
  return { notice: withoutRepetitions(notice), text: lines.join("\n").trim() };
}

/** The notice of a family says the same of every file of it. */
function withoutRepetitions(notice: string): string {
  const statements = notice.split(/ \S+\.ttf: /);
  return [...new Set(statements.map((statement) => statement.trim()))].join(" ");
}

/** The outlines of the digits of a family's styles. */
export function readOutlines(folder: string, family: Family): OutlineFamily {
  const require = createRequire(join(folder, "package.json"));
  const openType = require("opentype.js") as OpenType;
  const { name } = family;
  const styles = family.styles.map((style) => {
    const [weight = "400", slant = "normal"] = style.split("-");
    const file = `files/${name}-latin-${weight}-${slant}.woff`;
    const font = openType.parse(new Uint8Array(readFileSync(fileOf(folder, family, file))).buffer);
    const digits = [..."0123456789"].map((digit) =>
      digit === "0" && withoutZero.has(name)
        ? ""
        : font.charToGlyph(digit).path.commands.map(commandText).join(""),
    );
    return { style, unitsPerEm: font.unitsPerEm, digits };
  });
  return { family: name, styles };
}

function commandText({ type, x1, y1, x2, y2, x, y }: Command): string {
  return type + [x1, y1, x2, y2, x, y].filter((value) => value !== undefined).join(" ");
}

const fileOf = (folder: string, { name }: Family, file: string) =>
  join(folder, "node_modules/@fontsource", name, file);
