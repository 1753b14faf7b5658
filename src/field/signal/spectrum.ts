import { createFft } from "../../wavelets/continuous/fourier/fft.ts";
import { pointsOf, type Signal } from "./signal.ts";

/** Numbers on a regular grid of any number of axes, real or complex. */
export interface Grid {
  /** Samples along each axis, slowest first. */
  readonly size: readonly number[];
  readonly real: ArrayLike<number>;
  /** Absent where all are real. */
  readonly imaginary?: ArrayLike<number>;
}

/** Power at each frequency of a grid. */
export interface Spectrum {
  /** Frequencies along each axis, a power of two. */
  readonly size: readonly number[];
  /**
   * Power of each frequency, in the order of the axes: bin k of n is (k - n / 2) / n cycles per sample, so zero is in the
   * middle. White noise of variance v has v everywhere.
   */
  readonly power: Float64Array;
}

/**
 * The power spectrum of a grid, zero-padded to powers of two, without a window: unless the values are periodic or decay, the
 * jumps at the ends show as a cross through the middle. The mean over all frequencies is the mean |value|² times the fraction
 * of the padded grid that is not padding. Throws RangeError if the number of values does not match the size.
 */
export function powerSpectrum({ size, real, imaginary }: Grid): Spectrum {
  const points = pointsOf(size);
  if (real.length !== points || (imaginary ?? real).length !== points) {
    throw new RangeError(`powerSpectrum: [${size}] has ${points} points, not ${real.length}`);
  }
  const padded = size.map(powerOfTwo);
  const [re, im] = [new Float64Array(pointsOf(padded)), new Float64Array(pointsOf(padded))];
  const row = size.at(-1) ?? 1;
  for (let from = 0; from < points; from += row) {
    const { at, parity } = rowStart(from / row, size, padded);
    for (let i = 0; i < row; i++) {
      // Alternating signs move frequency zero to the middle.
      const sign = (parity + i) % 2 === 0 ? 1 : -1;
      re[at + i] = sign * real[from + i]!;
      im[at + i] = sign * (imaginary?.[from + i] ?? 0);
    }
  }
  for (const axis of padded.keys()) transformAxis(re, im, padded, axis);
  return { size: padded, power: re.map((x, bin) => (x ** 2 + im[bin]! ** 2) / points) };
}

/**
 * The power spectrum of a signal, summed over its channels, with a Hann window along each axis: the window hides the jump from
 * one end to the other, which is not in the signal.
 */
export function signalSpectrum({ size, channels, values }: Signal): Spectrum {
  const window = size.map(hann).reduce(outerProduct);
  const bins = size.map(powerOfTwo);
  const power = new Float64Array(pointsOf(bins));
  for (let c = 0; c < channels; c++) {
    const real = window.map((weight, point) => weight * values[point * channels + c]!);
    for (const [bin, own] of powerSpectrum({ size, real }).power.entries()) power[bin]! += own;
  }
  return { size: bins, power };
}

/** The first element of a row in the padded grid, and the sum of its indices. */
function rowStart(row: number, size: readonly number[], padded: readonly number[]) {
  let [rest, at, parity] = [row, 0, 0];
  let stride = padded.at(-1) ?? 1;
  for (let axis = size.length - 2; axis >= 0; axis--) {
    const [length, paddedLength] = [size[axis]!, padded[axis]!];
    const index = rest % length;
    at += index * stride;
    parity += index;
    stride *= paddedLength;
    rest = Math.floor(rest / length);
  }
  return { at, parity };
}

/** Transforms complex numbers along an axis, in place. */
function transformAxis(
  re: Float64Array,
  im: Float64Array,
  size: readonly number[],
  axis: number,
): void {
  const length = size[axis] ?? 1;
  if (length === 1) return;
  const fft = createFft(length);
  const stride = pointsOf(size.slice(axis + 1));
  if (stride === 1) {
    for (let from = 0; from < re.length; from += length)
      fft.forward(re.subarray(from, from + length), im.subarray(from, from + length));
    return;
  }
  const [lineRe, lineIm] = [new Float64Array(length), new Float64Array(length)];
  for (let first = 0; first < re.length; first += stride * length) {
    for (let start = first; start < first + stride; start++) {
      for (let i = 0; i < length; i++) {
        lineRe[i] = re[start + i * stride]!;
        lineIm[i] = im[start + i * stride]!;
      }
      fft.forward(lineRe, lineIm);
      for (let i = 0; i < length; i++) {
        re[start + i * stride] = lineRe[i]!;
        im[start + i * stride] = lineIm[i]!;
      }
    }
  }
}

/** The smallest power of two that is at least `length`. */
const powerOfTwo = (length: number) => 2 ** (32 - Math.clz32(length - 1));

/** A Hann window of mean square 1. */
function hann(length: number): Float64Array {
  const window = Float64Array.from(
    { length },
    (_, i) => Math.sin((Math.PI * (i + 0.5)) / length) ** 2,
  );
  const meanSquare = window.reduce((sum, weight) => sum + weight ** 2, 0) / length;
  return window.map((weight) => weight / Math.sqrt(meanSquare));
}

function outerProduct(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from(
    { length: a.length * b.length },
    (_, i) => a[Math.floor(i / b.length)]! * b[i % b.length]!,
  );
}
