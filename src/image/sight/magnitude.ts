import { log2Of } from "../../nn/integer/elementary.ts";

/**
 * A known magnitude |α̃| in units of the threshold, as a number of about 0 … 2 that a network can use:
 * ½ log2(1 + |α̃|/T), at most 2. Known magnitudes are multiples of T/4, so the logarithm is tabulated.
 */
export function relativeMagnitude(magnitude: number, inverseThreshold: number): number {
  const quarters = 4 * magnitude * inverseThreshold;
  return table[quarters < last ? Math.round(quarters) : last]!;
}

const last = 60; // ½ log2(1 + 60/4) = 2
const table = Float64Array.from({ length: last + 1 }, (_, k) => 0.5 * log2Of(1 + k / 4));

/** One known value as two numbers: signed, and its magnitude. */
export function writeValue(
  out: Float32Array,
  k: number,
  value: number,
  inverseThreshold: number,
): void {
  if (value === 0) {
    out[k] = 0;
    out[k + 1] = 0;
    return;
  }
  const magnitude = relativeMagnitude(value < 0 ? -value : value, inverseThreshold);
  out[k] = value < 0 ? -magnitude : magnitude;
  out[k + 1] = magnitude;
}
