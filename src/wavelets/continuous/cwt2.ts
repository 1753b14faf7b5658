import { type FloatArray, ofKind } from "../floatArray.ts";
import { checkMatrix, checkSize, type Matrix } from "../matrix.ts";
import { planes } from "./circle.ts";
import {} from "./cwt.ts";
import { createFft2 } from "./fft2.ts";
import { divide } from "./frame.ts";
import { checkScales, scaleCells } from "./scales.ts";
import type { ContinuousWavelet2 } from "./wavelets2.ts";

/** Options of {@link cwt2}. */
export interface Cwt2Options {
  /** Angles in radians, from x (right) towards y (down); one, 0, by default, which is all that a real round wavelet needs. */
  readonly angles?: readonly number[];
}

/** One scale and angle of a transform: planes of the picture's size. */
export interface Cwt2Band<A extends FloatArray = FloatArray> {
  readonly scale: number;
  readonly angle: number;
  readonly re: Matrix<A>;
  /** Of complex wavelets. */
  readonly im: Matrix<A> | undefined;
}

/** A continuous wavelet transform of a picture, with all that its inverse needs. */
export interface Cwt2<A extends FloatArray = FloatArray> {
  /** For each scale in turn, every angle. */
  readonly bands: readonly Cwt2Band<A>[];
  /** The picture below the coarsest scale, with its mean: what no band sees. */
  readonly residual: Matrix<A>;
  readonly height: number;
  readonly width: number;
  readonly scales: readonly number[];
  readonly angles: readonly number[];
  readonly wavelet: ContinuousWavelet2;
}

/** Where the frame answers less than this share of its most, a frequency counts as not covered. */
const uncovered = 1e-6;

/**
 * The continuous wavelet transform of a picture that repeats in both directions, at every pixel b:
 * `W(s, θ, b) = 1/s ∫ f(x) ψ*(R_θ⁻¹(x − b)/s) dx` (the norm l2), computed in frequency with the exact ψ̂. Pad the picture
 * where its repetition must not be felt. Throws RangeError for an empty matrix, scales that are not positive and no angles.
 */
export function cwt2<A extends FloatArray>(
  data: Matrix<A>,
  scales: readonly number[],
  wavelet: ContinuousWavelet2,
  options: Cwt2Options = {},
): Cwt2<A> {
  checkMatrix(data);
  const { height, width } = data;
  const geometry = {
    height,
    width,
    wavelet,
    scales: checkScales(scales),
    angles: options.angles ?? [0],
  };
  if (geometry.angles.length === 0) throw new RangeError("a transform needs one angle at least");
  const fft = createFft2(height, width);
  const picture = planes(height * width);
  picture.re.set(data.data);
  fft.forward(picture);
  const filtered = (gain: Float64Array, size: number) => {
    const product = {
      re: picture.re.map((value, i) => value * size * gain[i]!), // of one size
      im: picture.im.map((value, i) => value * size * gain[i]!),
    };
    fft.inverse(product);
    return product;
  };
  const matrix = (values: Float64Array): Matrix<A> => ({
    height,
    width,
    data: ofKind(data.data, values),
  });
  const bands = placesOf(geometry).map(({ scale, angle }): Cwt2Band<A> => {
    const { re, im } = filtered(gainOf(geometry, scale, angle), scale);
    return { scale, angle, re: matrix(re), im: wavelet.complex ? matrix(im) : undefined };
  });
  const residual = matrix(filtered(residualGain(geometry), 1).re);
  return { ...geometry, bands, residual };
}

/**
 * The picture that {@link cwt2} came from: every band filtered once more, the sum divided in frequency by what all bands
 * and the residual answer together. Exact for all content they cover; angles of directional wavelets must lie close
 * enough for that (Morlet's with k₀ = 6: six or more over half a turn). Throws RangeError where bands are missing.
 */
export function icwt2<A extends FloatArray>(transform: Cwt2<A>): Matrix<A> {
  const { bands, residual, height, width, scales, wavelet } = transform;
  const expected = placesOf(transform);
  if (bands.length !== expected.length)
    throw new RangeError(
      `the transform holds ${bands.length} bands where ${expected.length} belong`,
    );
  const fft = createFft2(height, width);
  const size = height * width;
  const sum = planes(size);
  const multiplier = new Float64Array(size);
  const { weights } = scaleCells(scales);
  const add = (
    gain: Float64Array,
    weight: number,
    factor: number,
    band: Omit<Cwt2Band, "scale" | "angle">,
  ) => {
    const spectrum = planes(size);
    checkSize(band.re, height, width);
    spectrum.re.set(band.re.data);
    if (band.im) {
      checkSize(band.im, height, width);
      spectrum.im.set(band.im.data);
    }
    fft.forward(spectrum);
    for (let i = 0; i < size; i++) {
      const g = gain[i]!; // all of one size
      sum.re[i]! += factor * g * spectrum.re[i]!;
      sum.im[i]! += factor * g * spectrum.im[i]!;
      const other = gain[opposite(i, height, width)]!;
      multiplier[i]! += (weight * (g * g + other * other)) / 2;
    }
  };
  for (const [i, band] of bands.entries()) {
    const { scale, angle } = expected[i]!; // just counted
    const weight = weights[Math.floor(i / transform.angles.length)]!; // one for each scale
    add(gainOf({ height, width, wavelet }, scale, angle), weight, weight / scale, band);
  }
  add(residualGain(transform), 1, 1, { re: residual, im: undefined });
  const least = uncovered * multiplier.reduce((most, value) => Math.max(most, value), 0);
  divide(
    sum,
    multiplier.map((value) => (value > least ? value : 0)),
  );
  fft.inverse(sum);
  return { height, width, data: ofKind(residual.data, sum.re) };
}

interface Size {
  readonly height: number;
  readonly width: number;
  readonly wavelet: ContinuousWavelet2;
}

function placesOf({ scales, angles }: Pick<Cwt2, "scales" | "angles">) {
  return scales.flatMap((scale) => angles.map((angle) => ({ scale, angle })));
}

/** ψ̂ at a scale and an angle, at the frequencies of the matrix; at Nyquist's, the mean of either sign. */
function gainOf({ height, width, wavelet }: Size, scale: number, angle: number): Float64Array {
  const { spectrum, extent } = wavelet;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const gain = new Float64Array(height * width);
  const columns = Array.from({ length: width }, (_, x) => frequencies(x, width));
  for (let y = 0; y < height; y++) {
    const vs = frequencies(y, height);
    for (const [x, us] of columns.entries()) {
      for (const v of vs) {
        for (const u of us) {
          if (scale * Math.hypot(u, v) > extent) continue;
          const value = spectrum(cos * u + sin * v, cos * v - sin * u);
          gain[y * width + x]! += value / us.length / vs.length; // in the matrix
        }
      }
    }
  }
  return gain;
}

/** The frequency of a place, or both where it is Nyquist's. */
function frequencies(k: number, count: number): readonly number[] {
  if (2 * k === count) return [Math.PI, -Math.PI];
  return [(2 * Math.PI * (2 * k < count ? k : k - count)) / count];
}

/**
 * What is left of the frame below the coarsest scale: a Gaussian as high as the frame's most, which falls to half at the
 * frequency where the coarsest scale peaks.
 */
function residualGain({
  height,
  width,
  wavelet,
  scales,
  angles,
}: Size & Pick<Cwt2, "scales" | "angles">): Float64Array {
  const coarsest = Math.max(...scales);
  const { peakFrequency, spectrum } = wavelet;
  const most = Math.abs(spectrum(peakFrequency, 0)) * Math.sqrt(angles.length);
  const gain = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const v = frequencies(y, height)[0]!; // one or two
    for (let x = 0; x < width; x++) {
      const u = frequencies(x, width)[0]!; // as above
      const square = ((u * u + v * v) * coarsest * coarsest) / peakFrequency / peakFrequency;
      gain[y * width + x] = most * Math.exp((-square * Math.LN2) / 2);
    }
  }
  return gain;
}

/** The place of the frequency of other sign. */
function opposite(i: number, height: number, width: number): number {
  const [y, x] = [Math.floor(i / width), i % width];
  return ((height - y) % height) * width + ((width - x) % width);
}
