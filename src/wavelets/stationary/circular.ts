import type { FloatArray } from "../floatArray.ts";

/** A circular filter: `y[n] = Σ_j weights[j] · x[n + places[j]]`, places taken modulo the length of x. */
export interface CircularFilter {
  readonly weights: readonly number[];
  /** Whole numbers of either sign. */
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

/** Outputs made together, so that they stay in the first-level cache while all taps pass over them. */
const chunk = 1024;

/**
 * Adds the filtered `source` to `target`, along one axis. A shift along the axis is a shift by a multiple of `inner` in
 * memory, so any axis is filtered by runs over neighbouring elements.
 */
export function addFiltered(
  target: Float64Array,
  source: Float64Array,
  { weights, places }: CircularFilter,
  { length, inner }: Axis,
): void {
  const period = length * inner;
  const shifts = places.map((place) => modulo(place, length) * inner);
  for (let block = 0; block < source.length; block += period)
    for (let start = 0; start < period; start += chunk) {
      const end = Math.min(start + chunk, period);
      for (let j = 0; j < weights.length; j++) {
        const weight = weights[j]!;
        if (weight === 0) continue;
        const from = (start + shifts[j]!) % period;
        const wrap = Math.min(end, start + period - from);
        const ahead = block + from - start;
        for (let n = start; n < wrap; n++) target[block + n]! += weight * source[ahead + n]!;
        for (let n = wrap; n < end; n++) target[block + n]! += weight * source[block + n - wrap]!;
      }
    }
}

/** The filtered `source`, along one axis; along all of it if none is named. */
export function filtered(
  source: Float64Array,
  filter: CircularFilter,
  axis: Axis = { length: source.length, inner: 1 },
): Float64Array {
  const target = new Float64Array(source.length);
  addFiltered(target, source, filter, axis);
  return target;
}

/** The values of an array in double precision, to reckon with. */
export function toFloat64(array: FloatArray): Float64Array {
  return array instanceof Float64Array ? array : Float64Array.from(array);
}

/** Double-precision values as an array of the kind of `like`. */
export function toKindOf<A extends FloatArray>(like: A, values: Float64Array): A {
  return (like instanceof Float32Array ? Float32Array.from(values) : values) as A;
}

function modulo(place: number, length: number): number {
  return ((place % length) + length) % length;
}
