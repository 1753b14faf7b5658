import type { FloatArray } from "../arrays/floatArray.ts";
import { modulo } from "../arrays/modulo.ts";

/** A circular filter: `y[n] = Σ_j weights[j] · x[n + places[j]]`, places taken modulo the length of x. */
export interface CircularFilter {
  readonly weights: readonly number[];
  /** Integers of either sign. */
  readonly places: readonly number[];
}

/** The adjoint (transpose) of a circular filter: the same weights at the opposite places. */
export function transposed({ weights, places }: CircularFilter): CircularFilter {
  return { weights, places: places.map((place) => -place) };
}

/** Which axis of a row-major array is filtered: the array is seen as (any number) × `length` × `inner`. */
export interface Axis {
  readonly length: number;
  readonly inner: number;
}

/** Outputs computed together, so that they stay in the first-level cache while all taps are applied. */
const chunk = 1024;

/**
 * Adds the filtered `source` to `target`, along one axis. A shift along the axis is a shift by a multiple of `inner` in
 * memory, so every axis is filtered in runs of adjacent elements. They read from two periods of the source, which avoids
 * wrapping in the inner loop.
 */
export function addFiltered(
  target: Float64Array,
  source: Float64Array,
  filter: CircularFilter,
  { length, inner }: Axis,
): void {
  const period = length * inner;
  const { weights, shifts } = tapsOf(filter, length, inner);
  const fours = weights.length - (weights.length % 4);
  const twice = new Float64Array(2 * period);
  for (let block = 0; block < source.length; block += period) {
    const line = source.subarray(block, block + period);
    twice.set(line);
    twice.set(line, period);
    const output = target.subarray(block, block + period);
    for (let start = 0; start < period; start += chunk) {
      const end = Math.min(start + chunk, period);
      for (let j = 0; j < fours; j += 4) addFourTaps(output, twice, start, end, weights, shifts, j);
      // Missing taps are not filled up with zeros: 0 · NaN would spread NaN and infinity from samples without a tap.
      for (let j = fours; j < weights.length; j++)
        addTap(output, twice, start, end, weights[j]!, shifts[j]!);
    }
  }
}

/** Four taps at once: one load and one store of the output for four products. */
function addFourTaps(
  output: Float64Array,
  twice: Float64Array,
  start: number,
  end: number,
  weights: Float64Array,
  shifts: Int32Array,
  j: number,
): void {
  const w0 = weights[j]!;
  const w1 = weights[j + 1]!;
  const w2 = weights[j + 2]!;
  const w3 = weights[j + 3]!;
  const s0 = shifts[j]!;
  const s1 = shifts[j + 1]!;
  const s2 = shifts[j + 2]!;
  const s3 = shifts[j + 3]!;
  for (let n = start; n < end; n++)
    output[n] =
      output[n]! +
      w0 * twice[n + s0]! +
      w1 * twice[n + s1]! +
      w2 * twice[n + s2]! +
      w3 * twice[n + s3]!;
}

function addTap(
  output: Float64Array,
  twice: Float64Array,
  start: number,
  end: number,
  weight: number,
  shift: number,
): void {
  for (let n = start; n < end; n++) output[n]! += weight * twice[n + shift]!;
}

/** The taps that are not 0, in their order. */
function tapsOf({ weights, places }: CircularFilter, length: number, inner: number) {
  const taps = places
    .map((place, j) => ({ weight: weights[j]!, shift: modulo(place, length) * inner }))
    .filter(({ weight }) => weight !== 0);
  return {
    weights: Float64Array.from(taps, ({ weight }) => weight),
    shifts: Int32Array.from(taps, ({ shift }) => shift),
  };
}

/** The filtered `source`, along one axis; as one line by default. */
export function filtered(
  source: Float64Array,
  filter: CircularFilter,
  axis: Axis = { length: source.length, inner: 1 },
): Float64Array {
  const target = new Float64Array(source.length);
  addFiltered(target, source, filter, axis);
  return target;
}

/** The values of an array in double precision. */
export function toFloat64(array: FloatArray): Float64Array {
  return array instanceof Float64Array ? array : Float64Array.from(array);
}
