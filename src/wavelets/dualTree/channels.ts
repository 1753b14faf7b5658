import { modulo } from "../arrays/modulo.ts";

/** Two filters of one length: low_k = Σ_m low[m] x_{2k + m + shift}, and high_k likewise. */
export interface Channels {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly shift: number;
}

/**
 * What follows the last sample of an odd line, which is filtered as a periodic line of even length: a copy of the last
 * sample, or zero. The transform repeats the sample and the inverse drops it; the adjoints add it to the last, and put 0.
 */
export type Behind = "last" | "nothing";

/** An array `[outer, length, inner]` that is filtered along its middle axis. */
export interface Layout {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** Splits along the middle axis into `[outer, ⌈length / 2⌉, inner]` low and high coefficients. */
export function split(
  x: Float64Array,
  { outer, length, inner }: Layout,
  { low, high, shift }: Channels,
  behind: Behind,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const places = placesOf(length, low.length, shift, behind);
  const count = Math.ceil(length / 2);
  const lows = new Float64Array(outer * count * inner);
  const highs = new Float64Array(outer * count * inner);
  if (inner === 1) {
    // Samples along the axis are contiguous, so sums are faster over a copy of the line with its extension.
    const line = new Float64Array(places.length);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < line.length; i++) {
        const place = places[i]!;
        line[i] = place < 0 ? 0 : x[o * length + place]!;
      }
      for (let k = 0; k < count; k++) {
        let [lowSum, highSum] = [0, 0];
        for (let m = 0; m < low.length; m++) {
          const value = line[2 * k + m]!;
          lowSum += low[m]! * value;
          highSum += high[m]! * value;
        }
        lows[o * count + k] = lowSum;
        highs[o * count + k] = highSum;
      }
    }
    return { low: lows, high: highs };
  }
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < count; k++) {
      const to = (o * count + k) * inner;
      for (let m = 0; m < low.length; m++) {
        const place = places[2 * k + m]!;
        if (place < 0) continue;
        const from = (o * length + place) * inner;
        const [a, b] = [low[m]!, high[m]!];
        for (let j = 0; j < inner; j++) {
          const value = x[from + j]!;
          lows[to + j]! += a * value;
          highs[to + j]! += b * value;
        }
      }
    }
  }
  return { low: lows, high: highs };
}

/** The adjoint of `split`; for orthonormal filters and an even length its inverse. */
export function merge(
  lows: Float64Array,
  highs: Float64Array,
  { outer, length, inner }: Layout,
  { low, high, shift }: Channels,
  behind: Behind,
): Float64Array {
  const places = placesOf(length, low.length, shift, behind);
  const count = Math.ceil(length / 2);
  const x = new Float64Array(outer * length * inner);
  if (inner === 1) {
    const line = new Float64Array(places.length);
    for (let o = 0; o < outer; o++) {
      line.fill(0);
      for (let k = 0; k < count; k++) {
        const [a, b] = [lows[o * count + k]!, highs[o * count + k]!];
        for (let m = 0; m < low.length; m++) line[2 * k + m]! += a * low[m]! + b * high[m]!;
      }
      for (let i = 0; i < line.length; i++) {
        const [place, value] = [places[i]!, line[i]!];
        if (place >= 0) x[o * length + place]! += value;
      }
    }
    return x;
  }
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < count; k++) {
      const from = (o * count + k) * inner;
      for (let m = 0; m < low.length; m++) {
        const place = places[2 * k + m]!;
        if (place < 0) continue;
        const to = (o * length + place) * inner;
        const [a, b] = [low[m]!, high[m]!];
        for (let j = 0; j < inner; j++) x[to + j]! += a * lows[from + j]! + b * highs[from + j]!;
      }
    }
  }
  return x;
}

/** The index of the sample for each tap of each coefficient, by 2k + m; −1 for zero. */
function placesOf(length: number, taps: number, shift: number, behind: Behind): Int32Array {
  const period = length + (length % 2);
  return Int32Array.from({ length: period + taps }, (_, i) => {
    const place = modulo(i + shift, period);
    if (place < length) return place;
    return behind === "last" ? length - 1 : -1;
  });
}
