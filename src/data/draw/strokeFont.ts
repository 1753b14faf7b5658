/** A point, x to the right and y down. */
export type Point = readonly [x: number, y: number];

/** Text as pen strokes. A stroke of one point is a dot. */
export interface StrokedText {
  readonly strokes: readonly (readonly Point[])[];
  /** Advance from the left edge to the end of the last glyph. */
  readonly width: number;
}

/**
 * A small alphabet of pen strokes, drawn for this project, so that text in pictures looks the same on every machine: system
 * fonts differ and may be missing.
 *
 * A glyph is strokes separated by spaces; a stroke is points of two base-36 digits: x from 0 to the right,
 * y from 0 (top of a capital) down over c (base line) to g (descender). `~` bends the stroke smoothly through
 * its points.
 */
const glyphs: Readonly<Record<string, string>> = {
  A: "0c408c 1878",
  B: "0c00 0050 ~5071837556 0656 ~5677897b5c 0c5c",
  C: "~8371401104081b4c7b89",
  D: "000c 0040 ~407184887b4c 4c0c",
  E: "70000c7c 0656",
  F: "70000c 0656",
  G: "~8371401104081b4c7b89 898757",
  H: "000c 808c 0686",
  I: "000c",
  J: "6068 ~685b3c1b09",
  K: "000c 8007 348c",
  L: "000c7c",
  M: "0c0058a0ac",
  N: "0c008c80",
  O: "~401104081b4c7b88847140",
  P: "0c00 0050 ~5071837657 5707",
  Q: "~401104081b4c7b88847140 598d",
  R: "0c00 0050 ~5071837657 5707 478c",
  S: "~8271401103154677897b4c1b0a",
  T: "0080 404c",
  U: "0008 ~081b4c7b88 8880",
  V: "004c80",
  W: "003c619cc0",
  X: "008c 800c",
  Y: "004680 464c",
  Z: "00800c8c",
  a: "~3415081b3c5b685534 646c",
  b: "000c ~3415081b3c5b685534",
  c: "~653415081b3c6b",
  d: "~3415081b3c5b685534 606c",
  e: "0868 ~68553415081b3c6b",
  f: "~503123 232c 0454",
  g: "~3415081b3c5b685534 646d ~6d5f3g1f",
  h: "000c ~0715345567 676c",
  i: "040c 01",
  j: "242d ~2d1f0g 21",
  k: "000c 5409 276c",
  l: "000c",
  m: "040c ~0715243547 474c ~4755647587 878c",
  n: "040c ~0715345567 676c",
  o: "~3415081b3c5b685534",
  p: "040g ~3415081b3c5b685534",
  q: "~3415081b3c5b685534 646g",
  r: "040c ~07153444",
  s: "~653406386a3c0b",
  t: "202a ~2a3c5c 0454",
  u: "0409 ~091b3c5b69 646c",
  v: "043c64",
  w: "042c456c84",
  x: "046c 640c",
  y: "043c 641g",
  z: "04640c6c",
  φ: "~3415081b3c5b685534 303g",
  ψ: "0407 ~07193b596774 303g",
  π: "0575 252c 555c",
  "0": "~301104081b3c5b68645130",
  "1": "13303c",
  "2": "~031130516355 550c6c",
  "3": "~02113051635536 ~3657695b3c1b0a",
  "4": "5c500969",
  "5": "601005 ~053456685b3c0b",
  "6": "~51301206091b3c5b6856351608",
  "7": "00602c",
  "8": "~301103153657695b3c1b09173655635130",
  "9": "~1b3c5a66635130110416375664",
  ".": "0c",
  ",": "1c0e",
  ":": "05 0c",
  ";": "15 1c0e",
  "-": "0747",
  "–": "0767",
  "−": "0767",
  "+": "0767 343a",
  "×": "1559 5519",
  "·": "07",
  "/": "0d50",
  "%": "0ca0 ~2002244220 ~886a8caa88",
  "(": "~3005093e",
  ")": "~0035390e",
  "[": "30000e3e",
  "]": "00303e0e",
  "=": "0565 0969",
  "<": "63076b",
  ">": "03670b",
  "'": "0003",
  '"': "0003 3033",
  "!": "0008 0c",
  "?": "~02113051635638 3c",
  _: "0d7d",
  "#": "201c 605c 0474 0878",
  "*": "3137 0365 6305",
  "|": "000e",
  "→": "0787 54875a",
  "…": "0c 3c 6c",
  " ": "",
};

/** A box, for characters that the alphabet lacks. */
const missing = "00606c0c00";
const capitalHeight = 12;
const gap = 3;
/** All digits have the same width, so that changing numbers do not move. */
const digitWidth = 6;
const spaceWidth = 4;
/** Straight pieces per span of a smooth stroke. */
const smoothness = 6;

/** The strokes of one line of text whose capitals are `height` high; the origin is the top left of a capital. */
export function strokeText(text: string, height: number): StrokedText {
  const scale = height / capitalHeight;
  const strokes: Point[][] = [];
  let pen = 0;
  for (const character of text) {
    const glyph = (glyphs[character] ?? missing).split(" ").filter(Boolean).map(parseStroke);
    for (const stroke of glyph) {
      strokes.push(stroke.map(([x, y]) => [(pen + x) * scale, y * scale]));
    }
    const ink = Math.max(0, ...glyph.flat().map(([x]) => x));
    pen += gap + (character === " " ? spaceWidth : /\d/.test(character) ? digitWidth : ink);
  }
  return { strokes, width: Math.max(0, pen - gap) * scale };
}

function parseStroke(text: string): Point[] {
  const smooth = text.startsWith("~");
  const points = (text.slice(smooth ? 1 : 0).match(/../g) ?? []).map(
    (pair): Point => [Number.parseInt(pair[0]!, 36), Number.parseInt(pair[1]!, 36)],
  );
  return smooth ? bend(points) : points;
}

/** Points of the Catmull-Rom curve through `points`, closed if it ends where it began. */
function bend(points: readonly Point[]): Point[] {
  const last = points.length - 1;
  const closed = `${points[0]}` === `${points[last]}`;
  const at = (i: number): Point =>
    closed ? points[(i + last) % last]! : points[Math.min(Math.max(i, 0), last)]!;
  const curve: Point[] = [];
  for (let i = 0; i < last; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < smoothness; k++) {
      const t = k / smoothness;
      const along = (axis: 0 | 1) =>
        p1[axis] +
        0.5 * t * (p2[axis] - p0[axis]) +
        t * t * (p0[axis] - 2.5 * p1[axis] + 2 * p2[axis] - 0.5 * p3[axis]) +
        0.5 * t * t * t * (3 * (p1[axis] - p2[axis]) + p3[axis] - p0[axis]);
      curve.push([along(0), along(1)]);
    }
  }
  curve.push(points[last]!);
  return curve;
}
