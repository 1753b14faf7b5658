import { largestModulus } from "../../arrays/floatArray.ts";
import { createFft } from "../fourier/fft.ts";
import { planes } from "../fourier/planes.ts";

/** Smooths two real rows of one scale over time, in place. */
export type SmoothRows = (scale: number, first: Float64Array, second: Float64Array) => void;

/** Where exp(−t²) is below rounding. */
const reach = 6.1;

/**
 * Smoothing of rows of `length` samples by a Gaussian `exp(−(n / (s · eFolding))²)` of unit sum, where |ψ(n/s)| of Morlet's wavelet is the same
 * Gaussian. Rows continue as their mirror images beyond their ends. All weights are positive, so that a smoothed energy is one.
 */
export function smoothingInTime(length: number, eFolding: number): SmoothRows {
  const fft = createFft(2 * length);
  const count = fft.length;
  return (scale, first, second) => {
    const width = scale * eFolding;
    const { re, im } = planes(count);
    // Of a much larger row, a small one that shares its Fourier transform would take over rounding errors.
    const sizes = [largestModulus(first) || 1, largestModulus(second) || 1] as const;
    mirror(first, re, sizes[0]);
    mirror(second, im, sizes[1]);
    fft.forward(re, im);
    const { re: gain, im: rest } = planes(count);
    // A Gaussian wider than the circle wraps around it, as the signal does.
    const most = Math.ceil(reach * width);
    let sum = 0;
    for (let n = -most; n <= most; n++) {
      const weight = Math.exp(-((n / width) ** 2));
      gain[((n % count) + count) % count]! += weight;
      sum += weight;
    }
    fft.forward(gain, rest); // even, so its spectrum is real
    for (let k = 0; k < count; k++) {
      re[k]! *= gain[k]! / sum;
      im[k]! *= gain[k]! / sum;
    }
    fft.inverse(re, im);
    for (let n = 0; n < length; n++) {
      first[n] = sizes[0] * re[n]!;
      second[n] = sizes[1] * im[n]!;
    }
  };
}

/** A row divided by its size, then its mirror image. */
function mirror(row: Float64Array, circle: Float64Array, size: number): void {
  const last = circle.length - 1;
  for (let n = 0; n < row.length; n++) {
    circle[n] = row[n]! / size;
    circle[last - n] = circle[n]!;
  }
}

/** Weights of the rows that a row is smoothed with. */
export interface Weights {
  readonly rows: readonly number[];
  readonly weights: readonly number[];
}

/**
 * For each scale the weights of a mean over `octaves`, half of them on either side: each scale counts as much as its cell, cut half-way in ratio to its
 * neighbors, lies within. At the ends of the scales the mean is over what there is.
 */
export function smoothingInScale(scales: readonly number[], octaves: number): readonly Weights[] {
  const order = [...scales.keys()].sort((a, b) => scales[a]! - scales[b]!);
  const logs = order.map((i) => Math.log2(scales[i]!));
  const last = logs.length - 1;
  const edges = [
    logs[0]! - (last > 0 ? (logs[1]! - logs[0]!) / 2 : 0.5),
    ...logs.slice(1).map((log, i) => (logs[i]! + log) / 2),
    logs[last]! + (last > 0 ? (logs[last]! - logs[last - 1]!) / 2 : 0.5),
  ];
  const result: Weights[] = [];
  for (const [place, row] of order.entries()) {
    const [low, high] = [logs[place]! - octaves / 2, logs[place]! + octaves / 2];
    const rows: number[] = [];
    const weights: number[] = [];
    for (const [other, otherRow] of order.entries()) {
      const share = Math.min(high, edges[other + 1]!) - Math.max(low, edges[other]!);
      if (!(share > 0)) continue;
      rows.push(otherRow);
      weights.push(share);
    }
    const sum = weights.reduce((a, b) => a + b, 0);
    result[row] = { rows, weights: weights.map((weight) => weight / sum) };
  }
  return result;
}
