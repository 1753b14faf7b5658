import { checkFloats, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { arrayFor, checkApart } from "../arrays/into.ts";
import { checkArrayShape, sizeOf } from "../arrays/ndArray.ts";
import { coefficientCount, type Mode } from "../extension/mode.ts";
import {
  analysisAdjointStep,
  analysisStep,
  type DownStep,
  type StepMaker,
  synthesisAdjointStep,
  synthesisStep,
  type UpStep,
} from "../filterBank/axisStep.ts";
import { downKernelFor, upKernelFor } from "../filterBank/kernels.ts";
import {
  analyze,
  type OnAxis,
  planAnalysis,
  planSynthesis,
  synthesize,
  type TransformPlan,
} from "../filterBank/transform.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { Along } from "./along.ts";
import { checkBand } from "./checkBand.ts";
import { type KeptPlans, keepPlan, lineKey } from "./plans.ts";

/** A linear map of one level, with the plans that it keeps: programs transform the same few shapes again and again. */
export interface LevelMap<Step> {
  readonly step: StepMaker<Step>;
  readonly kept: KeptPlans<TransformPlan<Step>>;
}

// Values of their own, so that a bundle has only the maps that a program uses.

/** From samples to bands. */
export const analysis: LevelMap<DownStep> = { step: analysisStep, kept: new WeakMap() };
/** From bands to samples: the inverse of {@link analysis}. */
export const synthesis: LevelMap<UpStep> = { step: synthesisStep, kept: new WeakMap() };
/** From bands to samples: the transpose of {@link analysis}. */
export const analysisAdjoint: LevelMap<UpStep> = {
  step: analysisAdjointStep,
  kept: new WeakMap(),
};
/** From samples to bands: the transpose of {@link synthesis}. */
export const synthesisAdjoint: LevelMap<DownStep> = {
  step: synthesisAdjointStep,
  kept: new WeakMap(),
};

/** An axis that is transformed, with its wavelet and mode. */
export interface PyramidAxis extends Along {
  readonly axis: number;
}

/** One level of a pyramid: its detail bands in the order of `analyze`, all of one shape. */
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

/**
 * From an array in row-major order to its pyramid with this number of levels: the analysis, or the transpose of the
 * synthesis. Written into `out` if it is given. Throws RangeError if the bands of `out` have other sizes or another type.
 */
export function decompose<A extends FloatArray>(
  map: LevelMap<DownStep>,
  data: A,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  levels: number,
  out?: Pyramid<A>,
): Pyramid<A> {
  const shapes = pyramidShapes(shape, axes, levels);
  if (out) checkPyramid(out, data, shapes, axes.length);
  const { approximation, levels: bands } = out ?? emptyPyramid(data, shapes, axes.length);
  if (levels === 0) approximation.set(data);
  const kernel = downKernelFor(data);
  let source: FloatArray = data;
  for (let level = 0; level < levels; level++) {
    const { bands: high } = bands[levels - 1 - level]!; // coarsest first
    const size = high[0]!.length;
    const low = level === levels - 1 ? approximation : kernel.spare(level & 1, size);
    const plan = planOf(map, shapes[level]!, axes, planAnalysis);
    analyze(kernel, source, plan, [low, ...high]);
    source = low;
  }
  return { approximation, levels: bands };
}

/**
 * {@link decompose} of one line by one level, into the low-pass and the high-pass band that are given. Throws RangeError if
 * they have another length or type.
 */
export function splitLine<A extends FloatArray>(
  map: LevelMap<DownStep>,
  data: A,
  { wavelet, mode }: Along,
  out?: readonly [low: A, high: A],
): readonly [low: A, high: A] {
  const { length } = data;
  const count = coefficientCount(length, wavelet.decLo.length, mode);
  if (out) checkPair(out, data, count);
  const bands = out ?? ([zerosLike(data, count), zerosLike(data, count)] as const);
  analyze(
    downKernelFor(data),
    data,
    planOf(map, [length], lineAxes(wavelet, mode), planAnalysis),
    bands,
  );
  return bands;
}

/** {@link recompose} of one level of one line, written into `data`. Throws RangeError if a band has another length or type. */
export function mergeLine<A extends FloatArray>(
  map: LevelMap<UpStep>,
  bands: readonly [low: A, high: A],
  { wavelet, mode }: Along,
  data: A,
): void {
  checkFloats(data, "out");
  const { length } = data;
  checkPair(bands, data, coefficientCount(length, wavelet.decLo.length, mode));
  const plan = planOf(map, [length], lineAxes(wavelet, mode), planSynthesis);
  synthesize(upKernelFor(data), bands, plan, data);
}

const lineAxes = (wavelet: Wavelet, mode: Mode): readonly PyramidAxis[] => [
  { axis: 0, wavelet, mode },
];

/**
 * One band of the coarsest of so many levels (from 1 up) of a signal: the analysis along the one axis, without the arrays of the
 * other bands. Written into `out` if it is given, which must not share memory with the signal.
 */
export function coarsestBand<A extends FloatArray>(
  data: A,
  along: Along,
  levels: number,
  part: "a" | "d",
  out?: A,
): A {
  const axes = [{ ...along, axis: 0 }];
  const shapes = pyramidShapes([data.length], axes, levels);
  const kernel = downKernelFor(data);
  const result = arrayFor(out, data, sizeOf(shapes[levels]!));
  if (out) checkApart(out, data);
  let source: FloatArray = data;
  for (let level = 0; level < levels; level++) {
    const isLast = level === levels - 1;
    const low = isLast ? result : kernel.spare(level & 1, sizeOf(shapes[level + 1]!));
    const bands = isLast && part === "d" ? [undefined, low] : [low, undefined];
    analyze(kernel, source, planOf(analysis, shapes[level]!, axes, planAnalysis), bands);
    source = low;
  }
  return result;
}

/**
 * The levels 0 … `levels` of a full tree of bands, each level one array of 2^level bands one after another: all low-pass bands of the
 * level before come first, then their partners, so that a band's place is its path read backwards. Level 0 is the signal itself.
 */
export function splitLeaves<A extends FloatArray>(
  map: LevelMap<DownStep>,
  data: A,
  along: Along,
  levels: number,
): readonly A[] {
  const axes = [{ ...along, axis: 1 }];
  const kernel = downKernelFor(data);
  const all = [data];
  let { length } = data;
  for (let level = 0; level < levels; level++) {
    const shape = [2 ** level, length];
    length = coefficientCount(length, along.wavelet.decLo.length, along.mode);
    const half = 2 ** level * length;
    const next = zerosLike(data, 2 * half);
    const bands = [next.subarray(0, half), next.subarray(half)];
    analyze(kernel, all[level]!, planOf(map, shape, axes, planAnalysis), bands);
    all.push(next);
  }
  return all;
}

/**
 * Merges the 2^levels bands of a full tree, levels from 1 up, to the signal of `lengths[0]` samples; `lengths[level]` is the
 * length of a band. All low-pass leaves come first, then their partners in the same order, and such is the order of the pairs
 * again on the next level: a leaf's place is its path read backwards.
 */
export function mergeLeaves<A extends FloatArray>(
  leaves: readonly A[],
  along: Along,
  lengths: readonly number[],
): A {
  const levels = lengths.length - 1;
  const axes = [{ ...along, axis: 1 }];
  const result = zerosLike(leaves[0]!, lengths[0]!); // there are at least two
  const kernel = upKernelFor(result);
  const length = lengths[levels]!;
  let source = kernel.spare(levels & 1, leaves.length * length);
  leaves.forEach((leaf, i) => {
    source.set(leaf, i * length);
  });
  for (let level = levels - 1; level >= 0; level--) {
    const shape = [2 ** level, lengths[level]!];
    const target = level === 0 ? result : kernel.spare(level & 1, sizeOf(shape));
    const half = source.length / 2;
    const bands = [source.subarray(0, half), source.subarray(half)];
    synthesize(kernel, bands, planOf(synthesis, shape, axes, planSynthesis), target);
    source = target;
  }
  return result;
}

/**
 * From a pyramid to the array of `shape`, written into `data`: the synthesis, or the transpose of the analysis. Throws
 * RangeError if a band has the wrong size or another type than `data`.
 */
export function recompose<A extends FloatArray>(
  map: LevelMap<UpStep>,
  pyramid: Pyramid<A>,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  data: A,
): void {
  const levels = pyramid.levels.length;
  const shapes = pyramidShapes(shape, axes, levels);
  checkPyramid(pyramid, data, shapes, axes.length);
  if (levels === 0) data.set(pyramid.approximation);
  const kernel = upKernelFor(data);
  let low: FloatArray = pyramid.approximation;
  for (const [i, { bands }] of pyramid.levels.entries()) {
    const level = levels - 1 - i;
    const own = shapes[level]!;
    const target = level === 0 ? data : kernel.spare(level & 1, sizeOf(own));
    synthesize(kernel, [low, ...bands], planOf(map, own, axes, planSynthesis), target);
    low = target;
  }
}

/** The shapes of an array and of its low-pass band after 1, 2, … `levels` steps: `levels` + 1 shapes. */
export function pyramidShapes(
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  levels: number,
): readonly (readonly number[])[] {
  const shapes = [shape];
  for (let level = 0; level < levels; level++) {
    const sizes = [...shapes[level]!];
    for (const { axis, wavelet, mode } of axes)
      sizes[axis] = coefficientCount(sizes[axis]!, wavelet.decLo.length, mode);
    shapes.push(sizes);
  }
  return shapes;
}

/** A pyramid of zeros of the type of `like`. */
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
    approximation: zerosLike(like, sizeOf(shapes[levels.length]!)),
    levels: levels.reverse(),
  };
}

/** The plan of one level. If all axes have the same wavelet and mode, the plan is kept with the wavelet. */
function planOf<Step>(
  { step, kept }: LevelMap<Step>,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  plan: (shape: readonly number[], axes: readonly OnAxis<Step>[]) => TransformPlan<Step>,
): TransformPlan<Step> {
  const first = axes[0]!;
  const key =
    shape.length === 1
      ? lineKey(shape[0]!, first.mode)
      : `${first.mode} ${axes.map(({ axis }) => axis)} ${shape}`;
  const alike = axes.every(({ wavelet, mode }) => wavelet === first.wavelet && mode === first.mode);
  const known = alike ? kept.get(first.wavelet)?.get(key) : undefined;
  if (known) return known;
  const steps = axes.map(({ axis, wavelet, mode }) => {
    return { axis, step: step(wavelet, mode, shape[axis]!) };
  });
  const made = plan(shape, steps);
  return alike ? keepPlan(kept, first.wavelet, key, made) : made;
}

/** Throws RangeError if a band is missing, or has the wrong shape or another type than the data. */
function checkPyramid<A extends FloatArray>(
  { approximation, levels }: Pyramid<A>,
  data: A,
  shapes: readonly (readonly number[])[],
  axes: number,
): void {
  const shape = shapes[0]!;
  checkArrayShape(shape);
  checkFloats(data, "out");
  if (data.length !== sizeOf(shape))
    throw new RangeError(`${data.length} values do not fill a shape of ${shape.join("×")}`);
  checkBand(approximation, data, "the approximation", sizeOf(shapes[levels.length]!));
  const most = 2 ** axes - 1;
  for (let i = 0; i < levels.length; i++) {
    const { shape: given, bands } = levels[i]!;
    const level = levels.length - i;
    const own = shapes[level]!;
    if (bands.length !== most)
      throw new RangeError(`level ${level} has ${bands.length} detail bands instead of ${most}`);
    for (const band of bands) checkBand(band, data, `a detail band of level ${level}`, sizeOf(own));
    if (!(given.length === own.length && given.every((size, axis) => size === own[axis])))
      throw new RangeError(
        `the detail bands of level ${level} are ${given.join("×")} instead of ${own.join("×")}`,
      );
  }
}

function checkPair(
  [low, high]: readonly [FloatArray, FloatArray],
  data: FloatArray,
  count: number,
): void {
  checkBand(low, data, "the approximation", count);
  checkBand(high, data, "a detail band of level 1", count);
}
