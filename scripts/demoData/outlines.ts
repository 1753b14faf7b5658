import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Family } from "./fonts.ts";

/** A closed outline as its corner points; curves are flattened. */
export type Contour = readonly (readonly [x: number, y: number])[];

/** The ten digits of one style of one family: outlines in units of the em, y down. */
export interface Style {
  readonly family: string;
  readonly name: string;
  /** 100 (hairline) … 900 (black). */
  readonly weight: number;
  readonly digits: readonly (readonly Contour[])[];
}

/** What is used of opentype.js. */
interface OpenType {
  parse(bytes: ArrayBuffer): {
    getPath(text: string, x: number, y: number, size: number): { readonly commands: Command[] };
  };
}

type Command =
  | { readonly type: "M" | "L"; readonly x: number; readonly y: number }
  | { readonly type: "Q"; readonly x: number; readonly y: number; x1: number; y1: number }
  | {
      readonly type: "C";
      readonly x: number;
      readonly y: number;
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
    }
  | { readonly type: "Z" };

/** Installs the families and a font parser into `folder`, at exact versions; a second run finds them there. */
export function installFonts(folder: string, families: readonly Family[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const packages = families.map(({ name, version }) => `@fontsource/${name}@${version}`);
  execFileSync(
    "npm",
    [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--ignore-scripts",
      "opentype.js@1.3.4",
      ...packages,
    ],
    { stdio: "inherit" },
  );
}

/** The license an installed family names. */
export function licenseOf(folder: string, { name }: Family): string {
  const path = join(folder, "node_modules/@fontsource", name, "package.json");
  const { license } = JSON.parse(readFileSync(path, "utf8")) as { license: string };
  return license;
}

/** Reads the digits of all styles of a family. */
export function readStyles(folder: string, { name, styles }: Family): Style[] {
  const require = createRequire(join(folder, "package.json"));
  const openType = require("opentype.js") as OpenType;
  return styles.map((style) => {
    const [weight = "400", slant = "normal"] = style.split("-");
    const file = `${name}-latin-${weight}-${slant}.woff`;
    const bytes = readFileSync(join(folder, "node_modules/@fontsource", name, "files", file));
    const font = openType.parse(new Uint8Array(bytes).buffer);
    return {
      family: name,
      name: `${name} ${style}`,
      weight: Number(weight),
      digits: [..."0123456789"].map((digit) => flatten(font.getPath(digit, 0, 0, 1).commands)),
    };
  });
}

const piecesPerCurve = 8;

function flatten(commands: readonly Command[]): Contour[] {
  const contours: [number, number][][] = [];
  let contour: [number, number][] = [];
  for (const command of commands) {
    if (command.type === "Z") continue;
    if (command.type === "M") {
      contour = [];
      contours.push(contour);
    }
    const { x, y } = command;
    const [px, py] = contour.at(-1) ?? [x, y];
    for (let i = 1; i < piecesPerCurve; i++) {
      const [t, u] = [i / piecesPerCurve, 1 - i / piecesPerCurve];
      // Straight sides are divided too, so that an elastic deformation can bend them.
      if (command.type === "L") contour.push([u * px + t * x, u * py + t * y]);
      if (command.type === "Q") {
        const { x1, y1 } = command;
        contour.push([
          u * u * px + 2 * u * t * x1 + t * t * x,
          u * u * py + 2 * u * t * y1 + t * t * y,
        ]);
      }
      if (command.type === "C") {
        const { x1, y1, x2, y2 } = command;
        const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
        contour.push([a * px + b * x1 + c * x2 + d * x, a * py + b * y1 + c * y2 + d * y]);
      }
    }
    contour.push([x, y]);
  }
  return contours;
}
