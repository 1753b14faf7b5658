import { type AxisSteps, axisStep } from "./filterBank/axisStep.ts";
import { kernelFor } from "./filterBank/kernels.ts";
import { analyse, synthesise } from "./filterBank/transform.ts";
import { type FloatArray, zerosLike } from "./floatArray.ts";
import { coefficientCount, type Mode } from "./mode.ts";
import { sizeOf } from "./ndArray.ts";
import type { Wavelet } from "./wavelet.ts";

/** An axis that is transformed, and how. */
export interface PyramidAxis {
  readonly axis: number;
  readonly wavelet: Wavelet;
  readonly mode: Mode;
}

/** One level of a pyramid: its bands but the lowest, in the order of `analyse`, all of one shape. */
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

/** The shapes of an array and of its lowest band after 1, 2, … `levels` steps. */
export function pyramidShapes(
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
export function emptyPyramid<A extends FloatArray>(
  like: A,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  levels: number,
): Pyramid<A> {
  const shapes = pyramidShapes(shape, axes, levels);
  const coarsest = shapes[levels]!; // one more than levels
  return {
    approximation: zerosLike(like, sizeOf(coarsest)),
    levels: shapes
      .slice(1)
      .map((own) => {
        const bands = Array.from({ length: 2 ** axes.length - 1 }, () =>
          zerosLike(like, sizeOf(own)),
        );
        return { shape: own, bands };
      })
      .toReversed(),
  };
}

/**
 * From an array in row-major order to its pyramid, written into `target`: the analysis, or the transpose of the synthesis.
 */
export function decompose<A extends FloatArray>(
  data: A,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  target: Pyramid<A>,
  map: "analysis" | "synthesisAdjoint" = "analysis",
): void {
  const levels = target.levels.length;
  expectPyramid(target, data, shape, axes);
  if (levels === 0) target.approximation.set(data);
  const shapes = pyramidShapes(shape, axes, levels);
  const kernel = kernelFor(data);
  let source: FloatArray = data;
  for (let level = 0; level < levels; level++) {
    const own = shapes[level]!; // one more than levels
    const { bands } = target.levels[levels - 1 - level]!; // coarsest first
    const last = level === levels - 1;
    const low = last ? target.approximation : kernel.spare(level & 1, bands[0]!.length); // an axis at least
    analyse(kernel, source, own, onAxes(axes, own, map), [low, ...bands]);
    source = low;
  }
}

/** From a pyramid to the array of `shape`, written into `data`: the synthesis, or the transpose of the analysis. */
export function recompose<A extends FloatArray>(
  pyramid: Pyramid<A>,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
  data: A,
  map: "synthesis" | "analysisAdjoint" = "synthesis",
): void {
  const levels = pyramid.levels.length;
  expectPyramid(pyramid, data, shape, axes);
  if (levels === 0) data.set(pyramid.approximation);
  const shapes = pyramidShapes(shape, axes, levels);
  const kernel = kernelFor(data);
  let low: FloatArray = pyramid.approximation;
  pyramid.levels.forEach(({ bands }, i) => {
    const level = levels - 1 - i;
    const own = shapes[level]!; // one more than levels
    const target = level === 0 ? data : kernel.spare(level & 1, sizeOf(own));
    synthesise(kernel, [low, ...bands], own, onAxes(axes, own, map), target);
    low = target;
  });
}

function onAxes<Map extends keyof AxisSteps>(
  axes: readonly PyramidAxis[],
  shape: readonly number[],
  map: Map,
) {
  return axes.map(({ axis, wavelet, mode }) => {
    return { axis, step: axisStep(map, wavelet, mode, shape[axis]!) }; // an axis of it
  });
}

/** Throws RangeError for bands of another shape than the data's asks for, of another kind of number, or missing. */
function expectPyramid<A extends FloatArray>(
  { approximation, levels }: Pyramid<A>,
  data: A,
  shape: readonly number[],
  axes: readonly PyramidAxis[],
): void {
  if (data.length !== sizeOf(shape))
    throw new RangeError(`${data.length} values stand where ${shape.join("×")} belong`);
  const shapes = pyramidShapes(shape, axes, levels.length);
  const expectBand = (band: FloatArray, name: string, size: number) => {
    if (band.length !== size)
      throw new RangeError(`${name} holds ${band.length} coefficients where ${size} belong`);
    if (band.constructor !== data.constructor)
      throw new RangeError(`${name} is a ${band.constructor.name}, not a ${data.constructor.name}`);
  };
  expectBand(approximation, "approximation", sizeOf(shapes[levels.length]!)); // one more than levels
  const most = 2 ** axes.length - 1;
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
