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
  const line = new Float32Array(3 * (last + 1));
  const result = new Float32Array(3 * across * down);
  for (let y = 0; y < down; y++) {
    line.fill(0, 3 * first);
    for (let k = 4 * y; k < 4 * y + 4; k++) {
      const weight = below.weights[k]!;
      if (weight === 0) continue;
      const from = 3 * columns * below.places[k]!;
      for (let i = 3 * first; i < line.length; i++) line[i]! += weight * values[from + i]!;
    }
    let to = 3 * across * y;
    for (let k = 0; k < 4 * across; k += 4, to += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (let n = k; n < k + 4; n++) {
        const [weight, from] = [along.weights[n]!, 3 * along.places[n]!];
        red += weight * line[from]!;
        green += weight * line[from + 1]!;
        blue += weight * line[from + 2]!;
      }
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
    }
  }
  return result;
}

/** Four places and weights a point, one after another. */
interface Taps {
  readonly places: Int32Array;
  readonly weights: Float32Array;
}

function tapsOf(
  kernel: Kernel,
  { from, step, count }: { readonly from: number; readonly step: number; readonly count: number },
  samples: number,
  length: number,
  order: 0 | 1 | 2,
): Taps {
  const places = new Int32Array(4 * count);
  const weights = new Float32Array(4 * count);
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
