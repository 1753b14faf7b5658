import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { sizeOf } from "../arrays/ndArray.ts";
import { coefficientCount, type Mode, modes } from "../extension/mode.ts";
import { type AxisSteps, axisStep } from "../filterBank/axisStep.ts";
import { kernelFor } from "../filterBank/kernels.ts";
import {
  analyze,
  type OnAxis,
  planAnalysis,
  planSynthesis,
  synthesize,
  type TransformPlan,
} from "../filterBank/transform.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";

/** An axis that is transformed, and how. */
export interface PyramidAxis {
  readonly axis: number;
  readonly wavelet: Wavelet;
  readonly mode: Mode;
}

/** One level of a pyramid: its bands but the lowest, in the order of `analyze`, all of one shape. */
export interface PyramidLevel<A extends FloatArray> {
  readonly shape: readonly number[];
  readonly bands: readonly A[];
}

/** A multi-level transform along some axes. */
export interface Pyramid<A extends FloatArray> {
  readonly approximation: A;
  /** Coarsest level first. */
  readonly levels: readonly PyramidLevel<A>[];
}

/** A former result to write into. */
export interface Into<A extends FloatArray> {
  readonly out?: Pyramid<A>;
}

/**
 * From an array in row-major order to its pyramid of so many levels: the analysis, or the transpose of the synthesis.
 * Throws RangeError where the bands of `out` have other sizes or are of another kind of number.
 */
export function decompose<A extends FloatArray>(
  map: "analysis" | "synthesisAdjoint",
  data: A,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  levels: number,
  { out }: Into<A> = {},
): Pyramid<A> {
  const shapes = pyramidShapes(shape, axes, levels);
  if (out) expectPyramid(out, data, shapes, axes.length);
  const { approximation, levels: bands } = out ?? emptyPyramid(data, shapes, axes.length);
  if (levels === 0) approximation.set(data);
  const kernel = kernelFor(data);
  let source: FloatArray = data;
  for (let level = 0; level < levels; level++) {
    const { bands: high } = bands[levels - 1 - level]!; // coarsest first
    const size = high[0]!.length; // of an axis at least
    const low = level === levels - 1 ? approximation : kernel.spare(level & 1, size);
    const plan = planOf(map, shapes[level]!, axes, planAnalysis); // one more than levels
    analyze(kernel, source, plan, [low, ...high]);
    source = low;
  }
  return { approximation, levels: bands };
}

/**
 * From a pyramid to the array of `shape`, written into `data`: the synthesis, or the transpose of the analysis. Throws
 * RangeError for bands of other sizes or of another kind of number.
 */
export function recompose<A extends FloatArray>(
  map: "synthesis" | "analysisAdjoint",
  pyramid: Pyramid<A>,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  data: A,
): void {
  const levels = pyramid.levels.length;
  const shapes = pyramidShapes(shape, axes, levels);
  expectPyramid(pyramid, data, shapes, axes.length);
  if (levels === 0) data.set(pyramid.approximation);
  const kernel = kernelFor(data);
  let low: FloatArray = pyramid.approximation;
  for (const [i, { bands }] of pyramid.levels.entries()) {
    const level = levels - 1 - i;
    const own = shapes[level]!; // one more than levels
    const target = level === 0 ? data : kernel.spare(level & 1, sizeOf(own));
    synthesize(kernel, [low, ...bands], planOf(map, own, axes, planSynthesis), target);
    low = target;
  }
}

/** The shapes of an array and of its lowest band after 1, 2, … `levels` steps. */
function pyramidShapes(
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  levels: number,
): readonly (readonly number[])[] {
  const shapes = [shape];
  for (let level = 0; level < levels; level++) {
    const sizes = [...shapes[level]!]; // one more than levels so far
    for (const { axis, wavelet, mode } of axes)
      sizes[axis] = coefficientCount(sizes[axis]!, wavelet.decLo.length, mode); // an axis of it
    shapes.push(sizes);
  }
  return shapes;
}

/** A pyramid of zeros of the kind of `like`. */
function emptyPyramid<A extends FloatArray>(
  like: A,
  shapes: readonly (readonly number[])[],
  axes: number,
): Pyramid<A> {
  const levels = shapes.slice(1).map((shape) => {
    const size = sizeOf(shape);
    const bands: A[] = [];
    while (bands.length < 2 ** axes - 1) bands.push(zerosLike(like, size));
    return { shape, bands };
  });
  return {
    approximation: zerosLike(like, sizeOf(shapes[levels.length]!)), // one more than levels
    levels: levels.reverse(),
  };
}

/** The plan of one level; kept, with the wavelet that it belongs to, where all axes have the same one. */
function planOf<Kind extends keyof AxisSteps>(
  map: Kind,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  plan: (
    shape: readonly number[],
    axes: readonly OnAxis<AxisSteps[Kind]>[],
  ) => TransformPlan<AxisSteps[Kind]>,
): TransformPlan<AxisSteps[Kind]> {
  const first = axes[0]!; // an axis at least
  let plans = kept[map].get(first.wavelet);
  if (!plans) {
    plans = new Map();
    kept[map].set(first.wavelet, plans);
  }
  const key =
    shape.length === 1 // the usual case, in a number
      ? modes.length * shape[0]! + modes.indexOf(first.mode)
      : `${first.mode} ${axes.map(({ axis }) => axis)} ${shape}`;
  const alike = axes.every(({ wavelet, mode }) => wavelet === first.wavelet && mode === first.mode);
  const known = alike ? plans.get(key) : undefined;
  if (known) return known;
  const steps = axes.map(({ axis, wavelet, mode }) => {
    return { axis, step: axisStep(map, wavelet, mode, shape[axis]!) }; // an axis of it
  });
  const made = plan(shape, steps);
  if (alike && isFrozen(first.wavelet)) {
    if (plans.size >= mostPlans) plans.clear();
    plans.set(key, made);
  }
  return made;
}

// Many transforms are of the same few shapes.
const kept: {
  readonly [Kind in keyof AxisSteps]: WeakMap<
    Wavelet,
    Map<string | number, TransformPlan<AxisSteps[Kind]>>
  >;
} = {
  analysis: new WeakMap(),
  synthesis: new WeakMap(),
  analysisAdjoint: new WeakMap(),
  synthesisAdjoint: new WeakMap(),
};
const mostPlans = 256;

/** Whether a wavelet cannot change, so that what was made of it may be kept. */
const isFrozen = (wavelet: Wavelet): boolean => {
  const { decLo, decHi, recLo, recHi } = wavelet;
  return [wavelet, decLo, decHi, recLo, recHi].every(Object.isFrozen);
};

/** Throws RangeError for bands of another shape than the data's asks for, of another kind of number, or missing. */
function expectPyramid<A extends FloatArray>(
  { approximation, levels }: Pyramid<A>,
  data: A,
  shapes: readonly (readonly number[])[],
  axes: number,
): void {
  const [shape = []] = shapes;
  if (data.length !== sizeOf(shape))
    throw new RangeError(`${data.length} values stand where ${shape.join("×")} belong`);
  const expectBand = (band: FloatArray, name: string, size: number) => {
    if (band.length !== size)
      throw new RangeError(`${name} holds ${band.length} coefficients where ${size} belong`);
    if (band.constructor !== data.constructor)
      throw new RangeError(`${name} is a ${band.constructor.name}, not a ${data.constructor.name}`);
  };
  expectBand(approximation, "approximation", sizeOf(shapes[levels.length]!)); // one more than levels
  const most = 2 ** axes - 1;
  levels.forEach(({ shape: told, bands }, i) => {
    const level = levels.length - i;
    const own = shapes[level]!; // as above
    if (bands.length !== most)
      throw new RangeError(`detail ${level} has ${bands.length} bands where ${most} belong`);
    for (const band of bands) expectBand(band, `detail ${level}`, sizeOf(own));
    if (!(told.length === own.length && told.every((size, axis) => size === own[axis])))
      throw new RangeError(`detail ${level} is ${told.join("×")} where ${own.join("×")} belongs`);
  });
}
