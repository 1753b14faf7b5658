import type { FloatArray } from "../arrays/floatArray.ts";
import { modulo } from "../arrays/modulo.ts";
import type { LinePass, ShiftKernel, TapPairs, Taps } from "./kernel/kernel.ts";

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

/**
 * Two circular filters on periods of one size. A shift along an axis is a shift by a multiple of `inner` in memory, so every
 * axis is filtered in runs of adjacent elements. A filter reads up to `before` elements in front of a period and `after` behind
 * it, where {@link wrap} has copied them; never more than a period.
 */
export interface CircularStep {
  readonly before: number;
  readonly after: number;
  readonly low: Taps;
  readonly high: Taps;
  /** Both filters, if their taps are at the same places. */
  readonly both: TapPairs | undefined;
}

/** A low-pass and a high-pass filter for periods of `length` rows of `inner` adjacent elements. */
export function circularStep(
  filters: { readonly low: CircularFilter; readonly high: CircularFilter },
  { length, inner }: Axis,
): CircularStep {
  const [low, high] = [tapsOf(filters.low), tapsOf(filters.high)];
  const places = [0, ...low.places, ...high.places];
  const [least, most] = [Math.min(...places), Math.max(...places)];
  // Filters that are longer than the line read what is behind it, and everything at most once.
  const isLong = most - least >= length;
  const shiftsOf = ({ places }: CircularFilter) =>
    new Int32Array(places.map((place) => inner * (isLong ? modulo(place, length) : place)));
  const alike =
    low.places.length === high.places.length &&
    low.places.every((place, j) => place === high.places[j]);
  const shifts = shiftsOf(low);
  const [lowWeights, highWeights] = [new Float64Array(low.weights), new Float64Array(high.weights)];
  return {
    before: isLong ? 0 : -least * inner,
    after: isLong ? (length - 1) * inner : most * inner,
    low: { shifts, weights: lowWeights },
    high: { shifts: alike ? shifts : shiftsOf(high), weights: highWeights },
    both: alike ? { shifts, low: lowWeights, high: highWeights } : undefined,
  };
}

/** The taps that are not 0: 0 · NaN would spread NaN and infinity from samples without a tap. */
function tapsOf(filter: CircularFilter): CircularFilter {
  const { weights, places } = filter;
  if (!weights.includes(0)) return filter;
  const isTap = (_: number, j: number) => weights[j] !== 0;
  return { weights: weights.filter(isTap), places: places.filter(isTap) };
}

/** Copies what filters read around periods of `size` elements, which lie `hop` elements apart. */
export function wrap(
  heap: FloatArray,
  { before, after }: CircularStep,
  { source, lines, sourceHop }: Pick<LinePass, "source" | "lines" | "sourceHop">,
  size: number,
): void {
  for (let line = 0, at = source; line < lines; line++, at += sourceHop) {
    move(heap, at - before, at + size - before, before);
    move(heap, at + size, at, after);
  }
}

// For fewer elements a loop is faster than a call.
const short = 32;

function move(heap: FloatArray, to: number, from: number, count: number): void {
  if (count > short) heap.copyWithin(to, from, from + count);
  else for (let i = 0; i < count; i++) heap[to + i] = heap[from + i]!;
}

/** Both bands of lines. */
export function splitLines(
  kernel: ShiftKernel,
  { low, high, both }: CircularStep,
  pass: LinePass,
  lo: number,
  hi: number,
): void {
  if (both) {
    kernel.filterBoth(both, pass, lo, hi);
  } else {
    kernel.filter(low, pass, lo);
    kernel.filter(high, pass, hi);
  }
}

/** One filter that sums both bands, the second of which lies `distance` elements behind the first. */
export function mergingTaps({ low, high }: CircularStep, distance: number): Taps {
  const count = low.shifts.length;
  const shifts = new Int32Array(count + high.shifts.length);
  const weights = new Float64Array(shifts.length);
  shifts.set(low.shifts);
  weights.set(low.weights);
  for (let j = 0; j < high.shifts.length; j++) shifts[count + j] = high.shifts[j]! + distance;
  weights.set(high.weights, count);
  return { shifts, weights };
}

/** The values of an array in double precision. */
export function toFloat64(array: FloatArray): Float64Array {
  return array instanceof Float64Array ? array : Float64Array.from(array);
}
