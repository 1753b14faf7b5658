import { drawSvg } from "../draw/drawSvg.ts";
import { cropAt, type Raster, toGray } from "../images/raster.ts";
import type { Random } from "../random/random.ts";
import type { Contour, Style } from "./outlines.ts";

/** Side of an image, and of the box its digit fills, in pixels: MNIST's. */
export const imageSide = 28;
const boxSide = 20;
/** Images are drawn in sheets of this many per side: one call of the renderer each. */
const sheetSide = 20;

/** A digit to draw: which style, which digit, and the randomness that deforms it. */
export interface Job {
  readonly style: Style;
  readonly digit: number;
  readonly random: Random | undefined;
}

/** Draws each job as a white digit on black, in order; without randomness it is the plain glyph. */
export async function* drawDigits(jobs: readonly Job[]): AsyncGenerator<Raster> {
  const perSheet = sheetSide ** 2;
  for (let first = 0; first < jobs.length; first += perSheet) {
    const some = jobs.slice(first, first + perSheet);
    const sheet = toGray(await drawSvg(sheetSvg(some)));
    for (let i = 0; i < some.length; i++) {
      const [x, y] = cell(i);
      yield cropAt(sheet, x, y, imageSide);
    }
  }
}

function cell(i: number): [x: number, y: number] {
  return [(i % sheetSide) * imageSide, Math.floor(i / sheetSide) * imageSide];
}

function sheetSvg(jobs: readonly Job[]): string {
  const side = sheetSide * imageSide;
  const marks = jobs.map((job, i) => {
    const [x, y] = cell(i);
    return `<g transform="translate(${x} ${y})">${digitSvg(job)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%"/>${marks.join("")}</svg>`;
}

function digitSvg({ style, digit, random }: Job): string {
  const outline = style.digits[digit]!;
  const pen = random === undefined ? 0 : penWidth(style.weight, random);
  const deformed = random === undefined ? outline : deform(fitBox(outline, boxSide), random);
  const side = boxSide * (random === undefined ? 1 : 0.88 + 0.14 * random.uniform());
  const jitter = () => (random === undefined ? 0 : 1.4 * (random.uniform() - 0.5));
  const placed = fitBox(deformed, side - Math.max(0, pen)).map((contour) => {
    const [dx, dy] = [imageSide / 2, imageSide / 2];
    return contour.map(([x, y]) => [x + dx, y + dy] as const);
  });
  const [dx, dy] = [jitter(), jitter()];
  const path = placed
    .map((c) => `M${c.map(([x, y]) => `${(x + dx).toFixed(2)} ${(y + dy).toFixed(2)}`).join("L")}Z`)
    .join("");
  // A white outline makes the strokes bolder, a black one thinner.
  const stroke = pen >= 0 ? "#fff" : "#000";
  return `<path d="${path}" fill="#fff" stroke="${stroke}" stroke-width="${Math.abs(pen).toFixed(2)}" stroke-linejoin="round"/>`;
}

/** What is added to the strokes' width, in pixels: much for light styles, nothing or less for bold ones. */
function penWidth(weight: number, random: Random): number {
  const bold = (weight - 400) / 300;
  return 0.55 - 0.6 * bold + 0.9 * (random.uniform() - 0.5);
}

/** Rotation, shear and uneven scale, then a smooth elastic field. */
function deform(contours: readonly Contour[], random: Random): Contour[] {
  const angle = 0.11 * clipped(random);
  const shear = 0.13 * clipped(random);
  const stretch = Math.exp(0.09 * clipped(random));
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const waves = Array.from({ length: 4 }, () => ({
    amplitude: [0.4 * clipped(random), 0.4 * clipped(random)] as const,
    // Wave lengths of 14 pixels and more bend a digit without breaking it.
    frequency: [0.45 * clipped(random), 0.45 * clipped(random)].map((f) => f / 2) as [
      number,
      number,
    ],
    phase: 2 * Math.PI * random.uniform(),
  }));
  return contours.map((contour) =>
    contour.map(([x0, y0]) => {
      const [x1, y1] = [(x0 - shear * y0) * stretch, y0 / stretch];
      let [x, y] = [cos * x1 - sin * y1, sin * x1 + cos * y1];
      for (const { amplitude, frequency, phase } of waves) {
        const wave = Math.sin(frequency[0] * x1 + frequency[1] * y1 + phase);
        x += amplitude[0] * wave;
        y += amplitude[1] * wave;
      }
      return [x, y] as const;
    }),
  );
}

/** Normal, but never further than two standard deviations, so that every digit can be read. */
function clipped(random: Random): number {
  return Math.max(-2, Math.min(2, random.normal()));
}

/** Moves the bounding box's center to the origin and scales its longer side to `side`. */
function fitBox(contours: readonly Contour[], side: number): Contour[] {
  const points = contours.flat();
  const range = (axis: 0 | 1): [number, number] => [
    points.reduce((least, point) => Math.min(least, point[axis]), Infinity),
    points.reduce((most, point) => Math.max(most, point[axis]), -Infinity),
  ];
  const [[left, right], [top, bottom]] = [range(0), range(1)];
  const scale = side / Math.max(right - left, bottom - top);
  return contours.map((contour) =>
    contour.map(
      ([x, y]) => [(x - (left + right) / 2) * scale, (y - (top + bottom) / 2) * scale] as const,
    ),
  );
}
