import { type FloatArray, ofKind } from "../../arrays/floatArray.ts";
import { checkMatrix, checkSize, type Matrix } from "../../arrays/matrix.ts";
import { checkSignal } from "../cwt.ts";
import { type Planes, planes } from "../fourier/planes.ts";
import { divide } from "../frame.ts";
import { checkScales, scaleCells } from "../scales.ts";
import { createFft2 } from "./fft2.ts";
import type { ContinuousWavelet2 } from "./wavelets2.ts";

/** Options of {@link cwt2}. */
export interface Cwt2Options {
  /** Angles in radians, from x (right) toward y (down); one, 0, by default, which is all that a real round wavelet needs. */
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

/** What a transform of a picture is made of, data apart. */
export interface Cwt2Geometry {
  readonly height: number;
  readonly width: number;
  readonly scales: readonly number[];
  readonly angles: readonly number[];
  readonly wavelet: ContinuousWavelet2;
}

/** A continuous wavelet transform of a picture, with all that its inverse needs. */
export interface Cwt2<A extends FloatArray = FloatArray> extends Cwt2Geometry {
  /** For each scale in turn, every angle. */
  readonly bands: readonly Cwt2Band<A>[];
  /** The picture below the coarsest scale, with its mean: what no band sees. */
  readonly residual: Matrix<A>;
}

/** Where the frame answers less than this share of its most, a frequency counts as not covered. */
const uncovered = 1e-6;

/**
 * The continuous wavelet transform of a picture that repeats in both directions, at every pixel b:
 * `W(s, θ, b) = 1/s ∫ f(x) ψ*(R_θ⁻¹(x − b)/s) dx` (the norm l2), computed in frequency with the exact ψ̂. Pad the picture
 * where its repetition must not be felt. Throws RangeError for an empty matrix, a value that is not finite, scales that are not
 * positive and no angles.
 */
export function cwt2<A extends FloatArray>(
  data: Matrix<A>,
  scales: readonly number[],
  wavelet: ContinuousWavelet2,
  options: Cwt2Options = {},
): Cwt2<A> {
  checkPicture(data);
  const { height, width } = data;
  const angles = options.angles ?? [0];
  if (angles.length === 0) throw new RangeError("a transform needs one angle at least");
  const geometry = { height, width, wavelet, scales: checkScales(scales), angles };
  return filteredBy(data, geometry, ({ scale }) => scale);
}

/**
 * The adjoint of {@link cwt2}: `<cwt2 x, y> = <x, cwt2Adjoint y>` over the planes of all bands and the residual. It is not
 * the inverse. Throws RangeError where bands are missing or of another size.
 */
export function cwt2Adjoint<A extends FloatArray>(transform: Cwt2<A>): Matrix<A> {
  const { height, width, residual } = transform;
  const sum = gathered(transform, ({ scale }) => scale);
  createFft2(height, width).inverse(sum);
  return { height, width, data: ofKind(residual.data, sum.re) };
}

/**
 * The picture that {@link cwt2} came from: every band filtered once more, the sum divided in frequency by what all bands
 * and the residual answer together. Exact for all content they cover; angles of directional wavelets must lie close
 * enough for that (Morlet's with k₀ = 6: six or more over half a turn). Throws RangeError where bands are missing or of
 * another size.
 */
export function icwt2<A extends FloatArray>(transform: Cwt2<A>): Matrix<A> {
  const { height, width, residual } = transform;
  const sum = gathered(transform, ({ weight, scale }) => weight / scale);
  divide(sum, multiplierOf(transform));
  createFft2(height, width).inverse(sum);
  return { height, width, data: ofKind(residual.data, sum.re) };
}

/**
 * The adjoint of {@link icwt2}, for transforms like `like` (its values do not matter): `<icwt2 y, x> = <y, icwt2Adjoint x>`.
 * Throws RangeError unless `data` has the size that `like` says, and for a value that is not finite.
 */
export function icwt2Adjoint<A extends FloatArray>(data: Matrix<A>, like: Cwt2Geometry): Cwt2<A> {
  checkPicture(data);
  checkSize(data, like.height, like.width);
  const { height, width, scales, angles, wavelet } = like;
  const geometry = { height, width, scales, angles, wavelet };
  return filteredBy(data, geometry, ({ weight, scale }) => weight / scale, multiplierOf(like));
}

/** A scale and an angle of a transform, and the scale's part of ∫ds/s. */
interface Place {
  readonly scale: number;
  readonly angle: number;
  readonly weight: number;
}

/** A picture, its spectrum divided first, through the filters of a transform, each times a factor. */
function filteredBy<A extends FloatArray>(
  { data }: Matrix<A>,
  geometry: Cwt2Geometry,
  factor: (place: Place) => number,
  divisor?: Float64Array,
): Cwt2<A> {
  const { height, width, wavelet } = geometry;
  const fft = createFft2(height, width);
  const picture = planes(height * width);
  picture.re.set(data);
  fft.forward(picture);
  if (divisor) divide(picture, divisor);
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
    data: ofKind(data, values),
  });
  const bands = placesOf(geometry).map((place): Cwt2Band<A> => {
    const { scale, angle } = place;
    const { re, im } = filtered(gainOf(geometry, scale, angle), factor(place));
    return { scale, angle, re: matrix(re), im: wavelet.complex ? matrix(im) : undefined };
  });
  return { ...geometry, bands, residual: matrix(filtered(residualGain(geometry), 1).re) };
}

/** The adjoint of {@link filteredBy}, before the division: the spectrum of the sum. */
function gathered(transform: Cwt2, factor: (place: Place) => number): Planes {
  const { bands, residual, height, width } = transform;
  const places = placesOf(transform);
  if (bands.length !== places.length)
    throw new RangeError(`the transform holds ${bands.length} bands where ${places.length} belong`);
  const fft = createFft2(height, width);
  const sum = planes(height * width);
  const add = (gain: Float64Array, size: number, re: Matrix, im: Matrix | undefined) => {
    const spectrum = planes(height * width);
    checkSize(re, height, width);
    spectrum.re.set(re.data);
    if (im) {
      checkSize(im, height, width);
      spectrum.im.set(im.data);
    }
    fft.forward(spectrum);
    for (let i = 0; i < gain.length; i++) {
      sum.re[i]! += size * gain[i]! * spectrum.re[i]!; // all of one size
      sum.im[i]! += size * gain[i]! * spectrum.im[i]!;
    }
  };
  for (const [i, place] of places.entries()) {
    const { re, im } = bands[i]!; // just counted
    add(gainOf(transform, place.scale, place.angle), factor(place), re, im);
  }
  add(residualGain(transform), 1, residual, undefined);
  return sum;
}

/** What all filters answer together at each frequency and its opposite; 0 where that is too little. */
function multiplierOf(geometry: Cwt2Geometry): Float64Array {
  const { height, width } = geometry;
  const multiplier = new Float64Array(height * width);
  const add = (gain: Float64Array, weight: number) => {
    for (let i = 0; i < gain.length; i++) {
      const [g, other] = [gain[i]!, gain[opposite(i, height, width)]!]; // all of one size
      multiplier[i]! += (weight * (g * g + other * other)) / 2;
    }
  };
  for (const { scale, angle, weight } of placesOf(geometry))
    add(gainOf(geometry, scale, angle), weight);
  add(residualGain(geometry), 1);
  const least = uncovered * multiplier.reduce((most, value) => Math.max(most, value), 0);
  return multiplier.map((value) => (value > least ? value : 0));
}

function checkPicture(matrix: Matrix): void {
  checkMatrix(matrix);
  checkSignal(matrix.data);
}

type Size = Pick<Cwt2Geometry, "height" | "width" | "wavelet">;

function placesOf({ scales, angles }: Cwt2Geometry): Place[] {
  const { weights } = scaleCells(scales);
  return scales.flatMap((scale, i) =>
    angles.map((angle) => ({ scale, angle, weight: weights[i]! })),
  ); // one for each scale
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
function residualGain({ height, width, wavelet, scales, angles }: Cwt2Geometry): Float64Array {
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
