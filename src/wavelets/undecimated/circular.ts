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
  const [lowTaps, highTaps] = [tapsOf(filters.low), tapsOf(filters.high)];
  const places = [...lowTaps, ...highTaps].map(({ place }) => place);
  const [least, most] = [Math.min(0, ...places), Math.max(0, ...places)];
  // Filters that are longer than the line read what is behind it, and everything at most once.
  const isLong = most - least >= length;
  const shiftOf = (place: number) => inner * (isLong ? modulo(place, length) : place);
  const shifted = (taps: readonly Tap[]): Taps => ({
    shifts: Int32Array.from(taps, ({ place }) => shiftOf(place)),
    weights: Float64Array.from(taps, ({ weight }) => weight),
  });
  const [low, high] = [shifted(lowTaps), shifted(highTaps)];
  const alike =
    low.shifts.length === high.shifts.length &&
    low.shifts.every((shift, j) => shift === high.shifts[j]);
  return {
    before: isLong ? 0 : -least * inner,
    after: isLong ? (length - 1) * inner : most * inner,
    ...{ low, high },
    both: alike ? { shifts: low.shifts, low: low.weights, high: high.weights } : undefined,
  };
}

interface Tap {
  readonly place: number;
  readonly weight: number;
}

/** The taps that are not 0: 0 · NaN would spread NaN and infinity from samples without a tap. */
const tapsOf = ({ weights, places }: CircularFilter): Tap[] =>
  places.map((place, j) => ({ place, weight: weights[j]! })).filter(({ weight }) => weight !== 0);

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
  return {
    shifts: Int32Array.of(...low.shifts, ...high.shifts.map((shift) => shift + distance)),
    weights: Float64Array.of(...low.weights, ...high.weights),
  };
}

/** The values of an array in double precision. */
export function toFloat64(array: FloatArray): Float64Array {
  return array instanceof Float64Array ? array : Float64Array.from(array);
}
