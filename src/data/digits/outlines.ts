import { readFile } from "node:fs/promises";

/** The ten digits of many type styles as outlines, in the layout of `assets/digits/outlines.json`. */
export interface Outlines {
  /** Families to train on and, disjoint from them, families to test on. */
  readonly train: readonly OutlineFamily[];
  readonly test: readonly OutlineFamily[];
}

/** The styles of one type family. */
export interface OutlineFamily {
  readonly family: string;
  readonly styles: readonly OutlineStyle[];
}

/** The digits of one style. */
export interface OutlineStyle {
  /** `400` or `700-italic`: the weight from 100 (hairline) to 900 (black), and the slant. */
  readonly style: string;
  readonly unitsPerEm: number;
  /**
   * Outlines of the digits 0 to 9 as SVG paths of absolute M, L, Q, C and Z, in units of the font, y up. A digit that is
   * not drawn, such as a zero with a slash, is an empty string.
   */
  readonly digits: readonly string[];
}

/** A closed outline as its corner points; curves are flattened. */
export type Contour = readonly (readonly [x: number, y: number])[];

/** The ten digits of one style, ready to draw. */
export interface Style {
  readonly family: string;
  readonly weight: number;
  /** In units of the em, y down; no contours where a digit is not drawn. */
  readonly digits: readonly (readonly Contour[])[];
}

/** Reads the outlines that ship with ondelette. */
export async function readOutlines(): Promise<Outlines> {
  const path = new URL("../../../assets/digits/outlines.json", import.meta.url);
  return JSON.parse(await readFile(path, "utf8"));
}

/** The styles of a family, with every curve cut into straight pieces. */
export function stylesOf({ family, styles }: OutlineFamily): Style[] {
  return styles.map(({ style, unitsPerEm, digits }) => ({
    family,
    weight: Number.parseInt(style, 10),
    digits: digits.map((path) => flatten(path, 1 / unitsPerEm)),
  }));
}

const piecesPerCurve = 8;

function flatten(path: string, scale: number): Contour[] {
  const contours: [number, number][][] = [];
  let contour: [number, number][] = [];
  for (const [, command, list = ""] of path.matchAll(/([MLQC])([^MLQCZ]*)/g)) {
    const points = pairs(list).map(([x, y]) => [x * scale, -y * scale] as const);
    const end = points.at(-1)!; // Each of the four commands has a point.
    if (command === "M") {
      contour = [];
      contours.push(contour);
    } else {
      contour.push(...curve([contour.at(-1) ?? end, ...points]));
    }
    contour.push([...end]);
  }
  return contours;
}

function pairs(list: string): [number, number][] {
  const numbers = list.trim().split(" ").map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, i) => [
    numbers[2 * i]!,
    numbers[2 * i + 1]!,
  ]);
}

/** Points within a Bézier curve of two to four control points. Straight sides have them too: a deformation bends them. */
function curve(points: readonly (readonly [number, number])[]): [number, number][] {
  const [[x0, y0], [x1, y1] = [0, 0], [x2, y2] = [0, 0], [x3, y3] = [0, 0]] = points as [
    [number, number],
    ...[number, number][],
  ];
  return Array.from({ length: piecesPerCurve - 1 }, (_, i) => {
    const [t, u] = [(i + 1) / piecesPerCurve, 1 - (i + 1) / piecesPerCurve];
    if (points.length === 2) return [u * x0 + t * x1, u * y0 + t * y1];
    if (points.length === 3) {
      return [u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2];
    }
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
  });
}
