import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import type { Matrix } from "../arrays/matrix.ts";
import {
  decompose,
  type LevelMap,
  type Pyramid,
  type PyramidAxis,
  recompose,
} from "../discrete/pyramid.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { DualTreeFilters, Tree } from "./filters.ts";

/** The tree that filters along axis 0, then the tree that filters along axis 1. */
export type TreePair = "aa" | "ab" | "ba" | "bb";

/** One level of a separable transform, as in `Dwt2`: hl is high-pass along axis 0. */
export interface Level<A extends FloatArray> {
  readonly hl: A;
  readonly lh: A;
  readonly hh: A;
}

/** The separable transform by one pair of trees; levels coarsest first. */
export interface Separable<A extends FloatArray> {
  readonly low: A;
  readonly levels: readonly Level<A>[];
}

interface Size {
  readonly height: number;
  readonly width: number;
}

/**
 * The separable transform of a matrix by a pair of trees. A tree is a `wavedec2` of mode periodization with its own filters
 * on the first level, so that it runs in the same kernels.
 */
export function decomposeBy<A extends FloatArray>(
  pair: TreePair,
  filters: DualTreeFilters,
  map: LevelMap<DownStep>,
  { height, width, data }: Matrix<A>,
  levels: number,
): Separable<A> {
  if (levels === 0) return { low: data, levels: [] };
  const { first, rest } = axesOf(pair, filters);
  const finest = decompose(map, data, [height, width], first, 1);
  const half = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const coarser = decompose(map, finest.approximation, half, rest, levels - 1);
  return {
    low: coarser.approximation,
    levels: [...coarser.levels, ...finest.levels].map(({ bands }) => {
      const [lh, hl, hh] = bands as [A, A, A]; // two axes
      return { hl, lh, hh };
    }),
  };
}

/** The inverse or the adjoint of {@link decomposeBy}. */
export function recomposeBy<A extends FloatArray>(
  pair: TreePair,
  filters: DualTreeFilters,
  map: LevelMap<UpStep>,
  { low, levels }: Separable<A>,
  { height, width }: Size,
): A {
  if (levels.length === 0) return low;
  const { first, rest } = axesOf(pair, filters);
  const shapeAt = (level: number) => [
    Math.ceil(height / 2 ** level),
    Math.ceil(width / 2 ** level),
  ];
  const pyramidOf = (some: readonly Level<A>[], lowest: A, above: number): Pyramid<A> => ({
    approximation: lowest,
    levels: some.map(({ hl, lh, hh }, i) => ({
      shape: shapeAt(above + some.length - i),
      bands: [lh, hl, hh],
    })),
  });
  const [rows, columns] = shapeAt(1);
  const half = zerosLike(low, rows! * columns!); // two axes
  recompose(map, pyramidOf(levels.slice(0, -1), low, 1), shapeAt(1), rest, half);
  const result = zerosLike(low, height * width);
  recompose(map, pyramidOf(levels.slice(-1), half, 0), [height, width], first, result);
  return result;
}

/** Both axes of the first level, and of all others. */
function axesOf(pair: TreePair, { first, h, g }: DualTreeFilters) {
  const trees = [...pair] as Tree[];
  const along = (bank: (tree: Tree) => Wavelet): PyramidAxis[] =>
    trees.map((tree, axis) => ({ axis, wavelet: bank(tree), mode: "periodization" }));
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
