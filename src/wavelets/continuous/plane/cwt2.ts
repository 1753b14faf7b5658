import { describe } from "../../arguments/describe.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkResult } from "../../arguments/result.ts";
import { checkFinite, type FloatArray, ofKind } from "../../arrays/floatArray.ts";
import { checkExtent, checkMatrix, checkSize, type Matrix } from "../../arrays/matrix.ts";
import { type Planes, planes } from "../fourier/planes.ts";
import { divide } from "../frame.ts";
import { checkScales, scaleCells } from "../scales.ts";
import { createFft2 } from "./fft2.ts";
import type { ContinuousWavelet2 } from "./wavelets2.ts";

/** Options of {@link cwt2}. */
export interface Cwt2Options {
  /** Angles in radians, from x (right) toward y (down); [0] by default, which is enough for a real isotropic wavelet. */
  readonly angles?: readonly number[];
}

/** One scale and angle of a transform. */
export interface Cwt2Band<A extends FloatArray = FloatArray> {
  readonly scale: number;
  readonly angle: number;
  readonly re: Matrix<A>;
  /** The imaginary part; undefined for real wavelets. */
  readonly im: Matrix<A> | undefined;
}

/** The size, scales, angles and wavelet of a transform, without its data. */
export interface Cwt2Geometry {
  readonly height: number;
  readonly width: number;
  readonly scales: readonly number[];
  readonly angles: readonly number[];
  readonly wavelet: ContinuousWavelet2;
}

/** A continuous wavelet transform of a picture, with everything that its inverse needs. */
export interface Cwt2<A extends FloatArray = FloatArray> extends Cwt2Geometry {
  /** Scale by scale, all angles of each. */
  readonly bands: readonly Cwt2Band<A>[];
  /** The content below the coarsest scale, including the mean. */
  readonly residual: Matrix<A>;
}

/** A frequency counts as not covered where the frame multiplier is below this share of its maximum. */
const uncovered = 1e-6;

const cwt2Names = optionNames<Cwt2Options>({ angles: true });

/**
 * The continuous wavelet transform of a picture at every pixel b: `W(s, θ, b) = 1/s ∫ f(x) ψ*(R_θ⁻¹(x − b)/s) dx` (norm l2),
 * computed in frequency from the exact ψ̂. The picture is extended periodically in both directions; pad it if its opposite
 * borders must not interact.
 *
 * Throws RangeError for an empty matrix, a value that is NaN or infinite, scales out of range (as in `cwt`) and an empty list
 * of angles; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const image = { height: 32, width: 32, data: new Float64Array(1024).map((_, i) => Math.cos(i % 32)) };
 * const { bands } = cwt2(image, [4], morlet2(), { angles: [0, Math.PI / 2] }); // waves along x
 * console.log(bands.map(({ re }) => Math.max(...re.data) > 0.1));
 * // → [ true, false ]
 * ```
 */
export function cwt2<A extends FloatArray>(
  data: Matrix<A>,
  scales: readonly number[],
  wavelet: ContinuousWavelet2,
  options: Cwt2Options = {},
): Cwt2<A> {
  checkPicture(data);
  checkOptions(options, cwt2Names);
  const { height, width } = data;
  const angles = options.angles ?? [0];
  checkGeometry({ height, width, wavelet, scales, angles });
  const geometry = { height, width, wavelet, scales: Object.freeze(Array.from(scales)), angles };
  return filteredBy(data, geometry, ({ scale }) => scale);
}

/**
 * The adjoint of {@link cwt2}: ⟨cwt2 x, y⟩ = ⟨x, cwt2Adjoint y⟩ over the planes of all bands and the residual. It is not the
 * inverse. Throws RangeError if a band is missing, has the wrong size, or holds a value that is NaN or infinite.
 */
export function cwt2Adjoint<A extends FloatArray>(transform: Cwt2<A>): Matrix<A> {
  checkResult(transform, "residual", "cwt2");
  const { height, width, residual } = transform;
  const sum = gathered(transform, ({ scale }) => scale);
  createFft2(height, width).inverse(sum);
  return { height, width, data: ofKind(residual.data, sum.re) };
}

/**
 * The inverse of {@link cwt2}: every band is filtered once more, and the sum is divided in frequency by the squared response of
 * all bands and the residual. It is exact for all content that they cover. The angles of directional wavelets must be close
 * enough for that: at least six over half a turn for Morlet's wavelet with k₀ = 6. Throws RangeError if a band is missing, has
 * the wrong size, or holds a value that is NaN or infinite.
 */
export function icwt2<A extends FloatArray>(transform: Cwt2<A>): Matrix<A> {
  checkResult(transform, "residual", "cwt2");
  const { height, width, residual } = transform;
  const sum = gathered(transform, ({ weight, scale }) => weight / scale);
  divide(sum, multiplierOf(transform));
  createFft2(height, width).inverse(sum);
  return { height, width, data: ofKind(residual.data, sum.re) };
}

/**
 * The adjoint of {@link icwt2} for transforms of the form of `like`, whose values are not read: ⟨icwt2 y, x⟩ =
 * ⟨y, icwt2Adjoint x⟩. Throws RangeError unless `data` has the size of `like` and finite values.
 */
export function icwt2Adjoint<A extends FloatArray>(data: Matrix<A>, like: Cwt2Geometry): Cwt2<A> {
  checkPicture(data);
  checkGeometry(like);
  checkSize(data, like.height, like.width);
  const { height, width, scales, angles, wavelet } = like;
  const geometry = { height, width, scales, angles, wavelet };
  return filteredBy(data, geometry, ({ weight, scale }) => weight / scale, multiplierOf(like));
}

/** A scale and an angle of a transform, and the scale's share of ∫ds/s. */
interface Place {
  readonly scale: number;
  readonly angle: number;
  readonly weight: number;
}

/** A picture filtered by each filter of a transform times a factor; its spectrum is first divided by `divisor`. */
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
      re: picture.re.map((value, i) => value * size * gain[i]!),
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
  checkGeometry(transform);
  const { bands, residual, height, width } = transform;
  const places = placesOf(transform);
  if (bands.length !== places.length)
    throw new RangeError(`the transform has ${bands.length} bands instead of ${places.length}`);
  const fft = createFft2(height, width);
  const sum = planes(height * width);
  const add = (gain: Float64Array, size: number, re: Matrix, im: Matrix | undefined) => {
    const spectrum = planes(height * width);
    checkSize(re, height, width);
    checkFinite(re.data, "a plane of the transform");
    spectrum.re.set(re.data);
    if (im) {
      checkSize(im, height, width);
      checkFinite(im.data, "a plane of the transform");
      spectrum.im.set(im.data);
    }
    fft.forward(spectrum);
    for (let i = 0; i < gain.length; i++) {
      sum.re[i]! += size * gain[i]! * spectrum.re[i]!;
      sum.im[i]! += size * gain[i]! * spectrum.im[i]!;
    }
  };
  for (const [i, place] of places.entries()) {
    const { re, im } = bands[i]!;
    add(gainOf(transform, place.scale, place.angle), factor(place), re, im);
  }
  add(residualGain(transform), 1, residual, undefined);
  return sum;
}

/** The squared response of all filters at each frequency, averaged over both signs; 0 where it is too small. */
function multiplierOf(geometry: Cwt2Geometry): Float64Array {
  const { height, width } = geometry;
  const multiplier = new Float64Array(height * width);
  const add = (gain: Float64Array, weight: number) => {
    for (let i = 0; i < gain.length; i++) {
      const [g, other] = [gain[i]!, gain[opposite(i, height, width)]!];
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
  checkFinite(matrix.data, "matrix.data");
}

type Size = Pick<Cwt2Geometry, "height" | "width" | "wavelet">;

function placesOf({ scales, angles }: Cwt2Geometry): Place[] {
  const { weights } = scaleCells(scales);
  return scales.flatMap((scale, i) =>
    angles.map((angle) => ({ scale, angle, weight: weights[i]! })),
  );
}

/** ψ̂ at a scale and an angle, at the frequencies of the matrix; the mean of both signs at the Nyquist frequency. */
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
          gain[y * width + x]! += value / us.length / vs.length;
        }
      }
    }
  }
  return gain;
}

/** The frequency of index k, or both signs of the Nyquist frequency. */
function frequencies(k: number, count: number): readonly number[] {
  if (2 * k === count) return [Math.PI, -Math.PI];
  return [(2 * Math.PI * (2 * k < count ? k : k - count)) / count];
}

/**
 * The filter for the content below the coarsest scale: a Gaussian as high as the maximum of the frame, which falls to half of it
 * at the peak frequency of the coarsest scale.
 */
function residualGain({ height, width, wavelet, scales, angles }: Cwt2Geometry): Float64Array {
  const coarsest = Math.max(...scales);
  const { peakFrequency, spectrum } = wavelet;
  const most = Math.abs(spectrum(peakFrequency, 0)) * Math.sqrt(angles.length);
  const gain = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const v = frequencies(y, height)[0]!;
    for (let x = 0; x < width; x++) {
      const u = frequencies(x, width)[0]!;
      const square = ((u * u + v * v) * coarsest * coarsest) / peakFrequency / peakFrequency;
      gain[y * width + x] = most * Math.exp((-square * Math.LN2) / 2);
    }
  }
  return gain;
}

/** The index of the frequency with the opposite sign. */
function opposite(i: number, height: number, width: number): number {
  const [y, x] = [Math.floor(i / width), i % width];
  return ((height - y) % height) * width + ((width - x) % width);
}

/** Throws unless the size, wavelet, scales and angles of a transform are valid. */
function checkGeometry({ height, width, wavelet, scales, angles }: Cwt2Geometry): void {
  if (typeof wavelet !== "object" || wavelet === null || typeof wavelet.spectrum !== "function")
    throw new TypeError(
      `the wavelet must be a wavelet of the plane such as morlet2(), not ${describe(wavelet)}`,
    );
  checkExtent(height, width);
  checkScales(scales, wavelet.peakFrequency);
  if (!Array.isArray(angles))
    throw new TypeError(`angles must be an array of radians, not ${describe(angles)}`);
  if (angles.length === 0) throw new RangeError("a transform needs at least one angle");
  for (const angle of angles)
    if (!Number.isFinite(angle)) throw new RangeError(`an angle must be finite, not ${angle}`);
}
