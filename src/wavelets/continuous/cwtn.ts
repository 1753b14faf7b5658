import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { alongAxis, checkArrayIs, resolveAxes } from "../arrays/axes.ts";
import { checkSameType, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor, sizeOf } from "../arrays/ndArray.ts";
import { type Cwt, type CwtOptions, type CwtScales, cwt, cwtAdjoint } from "./cwt.ts";
import type { CwtGeometry } from "./filters.ts";
import { type IcwtOptions, icwt, icwtAdjoint, icwtNames } from "./icwt.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** Options of {@link cwtn}. */
export interface CwtnOptions extends CwtOptions {
  /** The axis that is transformed; a negative one counts from the last. The last one by default. */
  readonly axis?: number;
}

/** What a transform along an axis has beside its values. */
export interface CwtnGeometry extends CwtGeometry {
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  /** The transformed axis, counted from the first; `shape[axis]` is `length`. */
  readonly axis: number;
  readonly samplingPeriod: number;
}

/** Continuous wavelet transforms along one axis of an array, with everything that their inverse needs. */
export interface Cwtn<A extends FloatArray = FloatArray> extends CwtnGeometry {
  /** The real part, of shape `[scales, …shape]` as in PyWavelets. */
  readonly re: NdArray<A>;
  /** The imaginary part; undefined for real wavelets. */
  readonly im: NdArray<A> | undefined;
  /** The content below the coarsest scale, of the array's shape. */
  readonly residual: NdArray<A>;
  /** The peak frequency of each scale, in cycles per unit of the sampling period. */
  readonly frequencies: readonly number[];
}

const cwtnNames = optionNames<CwtnOptions>({
  norm: true,
  mode: true,
  samplingPeriod: true,
  axis: true,
});

/**
 * The continuous wavelet transform along one axis of an array: `cwt` of every line. The other axes are a batch. Throws as `cwt`
 * does, and RangeError for an axis that does not exist.
 *
 * @example
 * ```ts
 * const channels = { shape: [2, 100], data: Float64Array.from({ length: 200 }, (_, i) => Math.sin(i / (i < 100 ? 2 : 5))) };
 * const { re, length } = cwtn(channels, [4, 10], "morlet6"); // scales × channels × samples
 * console.log(re.shape, icwtn(cwtn(channels, [4, 10], "morlet6")).shape);
 * // → [ 2, 2, 100 ] [ 2, 100 ]
 * ```
 */
export function cwtn<A extends FloatArray>(
  array: NdArray<A>,
  scales: CwtScales,
  wavelet: ContinuousWavelet | string,
  options: CwtnOptions = {},
): Cwtn<A> {
  const data = rowMajor(array);
  checkOptions(options, cwtnNames);
  const { axis = -1, ...rest } = options;
  const [own] = resolveAxes(array.shape, [axis]);
  return fromLines(data, array.shape, own!, (line, out) =>
    cwt(line, scales, wavelet, out ? { ...rest, out } : rest),
  );
}

/**
 * The inverse of {@link cwtn}: `icwt` of every line, in the array's shape. Throws as icwt does, and RangeError if a plane has the
 * wrong shape.
 */
export function icwtn<A extends FloatArray>(
  transform: Cwtn<A>,
  options: IcwtOptions = {},
): NdArray<A> {
  checkOptions(options, icwtNames);
  return toLines(transform, (line) => icwt(line, options));
}

/** The adjoint of {@link cwtn}, over the planes and the residual. Throws RangeError if a plane has the wrong shape. */
export function cwtnAdjoint<A extends FloatArray>(transform: Cwtn<A>): NdArray<A> {
  return toLines(transform, cwtAdjoint);
}

/** The adjoint of {@link icwtn} for transforms of the form of `like`, whose values are not read. Throws as `icwtAdjoint` does. */
export function icwtnAdjoint<A extends FloatArray>(array: NdArray<A>, like: CwtnGeometry): Cwtn<A> {
  const data = rowMajor(array);
  checkGeometry(like);
  checkArrayIs(array, like.shape, "the array");
  return fromLines(data, like.shape, like.axis, (line) => icwtAdjoint(line, like));
}

/** The transforms of all lines along an axis, put together; `transform` may overwrite that of the line before. */
function fromLines<A extends FloatArray>(
  data: A,
  shape: readonly number[],
  axis: number,
  transform: (line: A, before: Cwt<A> | undefined) => Cwt<A>,
): Cwtn<A> {
  let whole: Cwtn<A> | undefined;
  let own: Cwt<A> | undefined;
  const line = zerosLike(data, shape[axis]!);
  eachLine(shape, axis, (at) => {
    for (let n = 0; n < line.length; n++) line[n] = data[at(0, n)]!;
    own = transform(line, own);
    whole ??= emptyFor(own, shape, axis);
    for (const [plane, from] of planesOf(whole, own))
      for (let s = 0; s * line.length < from.length; s++)
        for (let n = 0; n < line.length; n++) plane[at(s, n)] = from[s * line.length + n]!;
  });
  return whole!; // there is at least one line
}

/** An array from the transforms of all its lines. */
function toLines<A extends FloatArray>(
  transform: Cwtn<A>,
  inverse: (line: Cwt<A>) => A,
): NdArray<A> {
  checkGeometry(transform);
  checkResult(transform, "residual", "cwtn");
  const { shape, axis, re, im, residual, length, scales } = transform;
  for (const plane of im ? [re, im] : [re])
    checkArrayIs(plane, [scales.length, ...shape], "a plane");
  checkArrayIs(residual, shape, "the residual");
  for (const plane of im ? [re, im] : [re]) checkSameType(plane.data, residual.data, "a plane");
  const whole = { ...transform, ...rowMajorPlanes(transform) };
  const like = rowMajor(residual);
  const data = zerosLike(like, like.length);
  const part = (rows: number) => zerosLike(like, rows * length);
  eachLine(shape, axis, (at) => {
    const own: Cwt<A> = {
      ...transform,
      re: part(scales.length),
      im: im && part(scales.length),
      residual: part(1),
    };
    for (const [plane, to] of planesOf(whole, own))
      for (let s = 0; s * length < to.length; s++)
        for (let n = 0; n < length; n++) to[s * length + n] = plane[at(s, n)]!;
    const line = inverse(own);
    for (let n = 0; n < length; n++) data[at(0, n)] = line[n]!;
  });
  return { shape, data };
}

/** Calls `line` for each line along an axis, with the place of sample n at scale s in a plane `[scales, …shape]`. */
function eachLine(
  shape: readonly number[],
  axis: number,
  line: (at: (s: number, n: number) => number) => void,
): void {
  const { outer, length, inner } = alongAxis(shape, axis);
  const size = sizeOf(shape);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const first = o * length * inner + i;
      line((s, n) => s * size + first + n * inner);
    }
}

/** The values of each plane of a whole transform, with those of one line. */
function* planesOf<A extends FloatArray>(whole: Cwtn<A>, line: Cwt<A>): Generator<[A, A]> {
  yield [whole.re.data, line.re];
  if (whole.im && line.im) yield [whole.im.data, line.im];
  yield [whole.residual.data, line.residual];
}

function rowMajorPlanes<A extends FloatArray>({ re, im, residual }: Cwtn<A>) {
  const plain = ({ shape, ...rest }: NdArray<A>) => ({ shape, data: rowMajor({ shape, ...rest }) });
  return { re: plain(re), im: im && plain(im), residual: plain(residual) };
}

/** A transform of zeros, whose lines are of the form of `line`. */
function emptyFor<A extends FloatArray>(
  line: Cwt<A>,
  shape: readonly number[],
  axis: number,
): Cwtn<A> {
  const zeros = (of: readonly number[]) => ({ shape: of, data: zerosLike(line.re, sizeOf(of)) });
  const all = [line.scales.length, ...shape];
  return {
    ...line,
    ...{ shape, axis },
    re: zeros(all),
    im: line.im && zeros(all),
    residual: zeros(shape),
  };
}

/** Throws unless the shape and the axis of a transform are those of a {@link cwtn}. */
function checkGeometry(transform: CwtnGeometry): void {
  checkResult(transform, "axis", "cwtn");
  const { shape, axis, length } = transform;
  resolveAxes(shape, [axis]);
  if (shape[axis] !== length)
    throw new RangeError(`axis ${axis} of ${shape.join("×")} does not have ${length} samples`);
}
