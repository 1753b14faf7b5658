import { modulo } from "../arrays/modulo.ts";

/** Two filters along a line: low_k = Σ_m low[m] x_{2k + m + shift}, and high_k likewise; both are as long. */
export interface Channels {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly shift: number;
}

/**
 * What an odd line, which is filtered as a periodic one of an even number of samples, has behind its last: that one again,
 * or nothing. The transform repeats it and the inverse cuts it off; their adjoints add it to the last, and put 0 there.
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
    // Neighbors along the axis lie side by side: sums go faster over a copy of the line with its ends.
    const line = new Float64Array(places.length);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < line.length; i++) {
        const place = places[i]!; // as many
        line[i] = place < 0 ? 0 : x[o * length + place]!; // inside, as below
      }
      for (let k = 0; k < count; k++) {
        let [lowSum, highSum] = [0, 0];
        for (let m = 0; m < low.length; m++) {
          const value = line[2 * k + m]!;
          lowSum += low[m]! * value; // m < taps
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
        const place = places[2 * k + m]!; // 2k + m < length of places, here and below
        if (place < 0) continue;
        const from = (o * length + place) * inner;
        const [a, b] = [low[m]!, high[m]!]; // m < taps
        for (let j = 0; j < inner; j++) {
          const value = x[from + j]!; // inside, as below
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
        const [a, b] = [lows[o * count + k]!, highs[o * count + k]!]; // inside, as below
        for (let m = 0; m < low.length; m++) line[2 * k + m]! += a * low[m]! + b * high[m]!; // m < taps
      }
      for (let i = 0; i < line.length; i++) {
        const [place, value] = [places[i]!, line[i]!]; // as many
        if (place >= 0) x[o * length + place]! += value;
      }
    }
    return x;
  }
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < count; k++) {
      const from = (o * count + k) * inner;
      for (let m = 0; m < low.length; m++) {
        const place = places[2 * k + m]!; // as in `split`
        if (place < 0) continue;
        const to = (o * length + place) * inner;
        const [a, b] = [low[m]!, high[m]!];
        for (let j = 0; j < inner; j++) x[to + j]! += a * lows[from + j]! + b * highs[from + j]!;
      }
    }
  }
  return x;
}

/** Which sample each tap of each coefficient meets, by 2k + m; −1 where there is none. */
function placesOf(length: number, taps: number, shift: number, behind: Behind): Int32Array {
  const period = length + (length % 2);
  return Int32Array.from({ length: period + taps }, (_, i) => {
    const place = modulo(i + shift, period);
    if (place < length) return place;
    return behind === "last" ? length - 1 : -1;
  });
}
