import { type Kernel, weightsOf } from "./kernel.ts";

/** A function of the plane with three channels: values on a grid, and how it goes on between them. */
export interface Surface {
  readonly kernel: Kernel;
  /** Pixels of the picture; the first of them lie on the grid, which may be larger. */
  readonly width: number;
  readonly height: number;
  /** Places of the grid; it is mirrored at the last. */
  readonly columns: number;
  readonly rows: number;
  /** `[rows, columns, 3]`; black is -1 and white 1. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Points in rows and columns: `left` and `top` is the outer edge of the first, in pixels of the picture. */
export interface Window {
  readonly left: number;
  readonly top: number;
  /** From one point to the next. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
}

/** Values at the points of a window, `[height, width, 3]`, or the derivative of these orders. */
export function valuesAt(
  { kernel, width, height, columns, rows, values }: Surface,
  { left, top, step, width: across, height: down }: Window,
  [orderDown, orderAcross]: readonly [0 | 1 | 2, 0 | 1 | 2] = [0, 0],
): Float32Array<ArrayBuffer> {
  const along = tapsOf(kernel, { from: left, step, count: across }, width, columns, orderAcross);
  const below = tapsOf(kernel, { from: top, step, count: down }, height, rows, orderDown);
  // Of each row of the grid only what the window needs.
  const [first, last] = rangeOf(along.places);
  const line = new Float64Array(3 * (last + 1));
  const result = new Float32Array(3 * across * down);
  for (let y = 0; y < down; y++) {
    blend(values, 3 * columns, below, 4 * y, line, 3 * first);
    spread(line, along, result.subarray(3 * across * y, 3 * across * (y + 1)));
  }
  return result;
}

/** Four rows of `stride` numbers, each times its weight, from the number `first` of a row on. */
function blend(
  values: Float32Array,
  stride: number,
  { places, weights }: Taps,
  k: number,
  line: Float64Array,
  first: number,
): void {
  const [u, v, w, z] = [weights[k]!, weights[k + 1]!, weights[k + 2]!, weights[k + 3]!];
  const a = stride * places[k]!;
  const b = stride * places[k + 1]!;
  const c = stride * places[k + 2]!;
  const d = stride * places[k + 3]!;
  for (let i = first; i < line.length; i++)
    line[i] = u * values[a + i]! + v * values[b + i]! + w * values[c + i]! + z * values[d + i]!;
}

/** The points of a row, three numbers each, from the four places of each in a line of the grid. */
function spread(line: Float64Array, { places, weights }: Taps, row: Float32Array): void {
  for (let k = 0, to = 0; to < row.length; k += 4, to += 3) {
    const [u, v, w, z] = [weights[k]!, weights[k + 1]!, weights[k + 2]!, weights[k + 3]!];
    const a = 3 * places[k]!;
    const b = 3 * places[k + 1]!;
    const c = 3 * places[k + 2]!;
    const d = 3 * places[k + 3]!;
    row[to] = u * line[a]! + v * line[b]! + w * line[c]! + z * line[d]!;
    row[to + 1] = u * line[a + 1]! + v * line[b + 1]! + w * line[c + 1]! + z * line[d + 1]!;
    row[to + 2] = u * line[a + 2]! + v * line[b + 2]! + w * line[c + 2]! + z * line[d + 2]!;
  }
}

/** Four places and weights a point, one after another. */
interface Taps {
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

function tapsOf(
  kernel: Kernel,
  { from, step, count }: { readonly from: number; readonly step: number; readonly count: number },
  samples: number,
  length: number,
  order: 0 | 1 | 2,
): Taps {
  const places = new Int32Array(4 * count);
  const weights = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    const at = from + (i + 0.5) * step;
    // Mirrored at the outer edges of the first and the last pixel.
    const period = 2 * samples;
    const folded = at - period * Math.floor(at / period + 0.5);
    const place = Math.abs(folded) - 0.5;
    const below = Math.floor(place);
    const sign = folded < 0 && order === 1 ? -1 : 1;
    const four = weightsOf(kernel, place - below, order);
    for (let k = 0; k < 4; k++) {
      places[4 * i + k] = mirrored(below + k - 1, length);
      weights[4 * i + k] = sign * four[k]!;
    }
  }
  return { places, weights };
}

function mirrored(place: number, length: number): number {
  if (length === 1) return 0;
  const within = Math.abs(place) % (2 * (length - 1));
  return Math.min(within, 2 * (length - 1) - within);
}

function rangeOf(places: Int32Array): readonly [number, number] {
  let [first, last] = [places[0] ?? 0, places[0] ?? 0];
  for (const place of places) {
    first = Math.min(first, place);
    last = Math.max(last, place);
  }
  return [first, last];
}
