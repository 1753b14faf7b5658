import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { sizeOf } from "../arrays/ndArray.ts";
import {
  decompose,
  type LevelMap,
  type Pyramid,
  type PyramidAxis,
  pyramidShapes,
  recompose,
} from "../discrete/pyramid.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { DualTreeFilters, Tree } from "./filters.ts";

/** An axis that is transformed, and the tree that filters along it. */
export interface TreeAxis {
  readonly axis: number;
  readonly tree: Tree;
}

/**
 * The separable transform of a row-major array by one tree along each of some axes. A tree is a `wavedecn` of mode periodization
 * with its own filters on the first level, so that it runs in the same kernels.
 */
export function decomposeBy<A extends FloatArray>(
  trees: readonly TreeAxis[],
  filters: DualTreeFilters,
  map: LevelMap<DownStep>,
  data: A,
  shape: readonly number[],
  levels: number,
): Pyramid<A> {
  if (levels === 0) return { approximation: data, levels: [] };
  const { first, rest } = axesOf(trees, filters);
  const finest = decompose(map, data, shape, first, 1);
  const half = finest.levels[0]!.shape;
  const coarser = decompose(map, finest.approximation, half, rest, levels - 1);
  return {
    approximation: coarser.approximation,
    levels: [...coarser.levels, ...finest.levels],
  };
}

/** The inverse or the adjoint of {@link decomposeBy}: an array of this shape. */
export function recomposeBy<A extends FloatArray>(
  trees: readonly TreeAxis[],
  filters: DualTreeFilters,
  map: LevelMap<UpStep>,
  { approximation, levels }: Pyramid<A>,
  shape: readonly number[],
): A {
  if (levels.length === 0) return approximation;
  const { first, rest } = axesOf(trees, filters);
  const half = pyramidShapes(shape, first, 1)[1]!;
  const low = zerosLike(approximation, sizeOf(half));
  recompose(map, { approximation, levels: levels.slice(0, -1) }, half, rest, low);
  const result = zerosLike(approximation, sizeOf(shape));
  recompose(map, { approximation: low, levels: levels.slice(-1) }, shape, first, result);
  return result;
}

/** All axes of the first level, and of all others. */
function axesOf(trees: readonly TreeAxis[], { first, h, g }: DualTreeFilters) {
  const along = (bank: (tree: Tree) => Wavelet): PyramidAxis[] =>
    trees.map(({ axis, tree }) => ({ axis, wavelet: bank(tree), mode: "periodization" }));
  // Tree b is one sample later on the first level: two zeros before the taps move the center of the filter by one.
  const ofFirst = { a: bankOf(first, []), b: bankOf(first, [0, 0]) };
  const ofRest = { a: bankOf(h, []), b: bankOf(g, []) };
  return { first: along((tree) => ofFirst[tree]), rest: along((tree) => ofRest[tree]) };
}

/** The orthonormal filter bank of low_k = Σ_m low[m] x[2k + m + …] in PyWavelets' order. */
function bankOf(low: readonly number[], before: readonly number[]): Wavelet {
  const high = low.map((_, m) => (m % 2 === 0 ? 1 : -1) * low.at(-1 - m)!);
  const [recLo, recHi] = [
    [...before, ...low],
    [...before, ...high],
  ];
  return {
    name: "dual tree",
    ...{ decLo: recLo.toReversed(), decHi: recHi.toReversed(), recLo, recHi },
  };
}
