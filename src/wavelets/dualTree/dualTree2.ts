import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { ComplexParts } from "../arrays/complex.ts";
import { checkSameType, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkExtent, checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import {
  analysis,
  analysisAdjoint,
  type LevelMap,
  type PyramidLevel,
  synthesis,
  synthesisAdjoint,
} from "../discrete/pyramid.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import { type DualTreeOptions, dualTreeOptionNames } from "./dualTree.ts";
import { type DualTreeFilters, standardFilters, type Tree } from "./filters.ts";
import { decomposeBy, recomposeBy, type TreeAxis } from "./separable.ts";

/** The tree that filters along axis 0, then the tree that filters along axis 1. */
export type TreePair = "aa" | "ab" | "ba" | "bb";

/**
 * Six directions of the waves of a wavelet, in degrees from axis 1 (to the right), counter-clockwise in a picture whose
 * axis 0 runs down: 15 responds to edges that are nearly vertical.
 */
export type Orientation = -75 | -45 | -15 | 15 | 45 | 75;

/** The complex coefficients of one orientation and level. */
export interface ComplexMatrix<A extends FloatArray = FloatArray> extends ComplexParts<A> {
  readonly height: number;
  readonly width: number;
}

/** A matrix's dual-tree transform, with everything that reconstruction needs. */
export interface DualTree2<A extends FloatArray = FloatArray> {
  /** Real low-pass bands, one of each of the four transforms. */
  readonly approximations: Readonly<Record<TreePair, Matrix<A>>>;
  /** Six complex bands per level, coarsest level first. */
  readonly details: readonly Readonly<Record<Orientation, ComplexMatrix<A>>>[];
  /** Size of the matrix that was transformed. */
  readonly height: number;
  readonly width: number;
  readonly filters: DualTreeFilters;
}

/**
 * The dual-tree complex wavelet transform of a matrix: the four products of both trees along both axes. Sums and differences
 * of their bands are complex wavelets in six directions. The result has about 4 real numbers per element, and the energy of
 * the matrix if both sides are divisible by 2^levels. The wavelets of the first level are one sample apart and not a Hilbert
 * pair, so their orientations are less pure. Boundaries and errors are those of `dualTree`.
 *
 * @example
 * ```ts
 * const image = { height: 32, width: 32, data: new Float64Array(1024).map((_, i) => (i % 32 < 15 ? 0 : 1)) };
 * const [coarsest] = dualTree2(image).details; // a vertical edge
 * const energy = ({ re, im }) => re.reduce((sum, x, i) => sum + x ** 2 + im[i] ** 2, 0);
 * console.log([15, 45, 75].map((angle) => energy(coarsest[angle]) > 0.1));
 * // → [ true, false, false ]
 * ```
 */
export function dualTree2<A extends FloatArray>(
  matrix: Matrix<A>,
  options: DualTreeOptions = {},
): DualTree2<A> {
  return down(matrix, options, analysis);
}

/** The inverse of {@link dualTree2}: the matrix, with exactly its size. Throws RangeError if a band has the wrong size. */
export function idualTree2<A extends FloatArray>(transform: DualTree2<A>): Matrix<A> {
  return up(transform, synthesis);
}

/** The adjoint of {@link dualTree2}: ⟨dualTree2 x, y⟩ = ⟨x, dualTree2Adjoint y⟩, all planes taken as real numbers. */
export function dualTree2Adjoint<A extends FloatArray>(transform: DualTree2<A>): Matrix<A> {
  return up(transform, analysisAdjoint);
}

/** The adjoint of {@link idualTree2}: ⟨idualTree2 x, y⟩ = ⟨x, idualTree2Adjoint y⟩. */
export function idualTree2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  options: DualTreeOptions = {},
): DualTree2<A> {
  return down(matrix, options, synthesisAdjoint);
}

const treePairs: readonly TreePair[] = ["aa", "ab", "ba", "bb"];

const treesOf = (pair: TreePair): TreeAxis[] =>
  Array.from(pair, (tree, axis) => ({ axis, tree: tree as Tree }));

/** The orientations of the two complex bands that are made of a band of the separable transforms. */
interface Band {
  /** Frequencies of the same sign along both axes, or of opposite signs. */
  readonly same: Orientation;
  readonly opposite: Orientation;
}

/** Those of the bands lh, hl and hh, the order of the separable transforms; hl is high-pass along axis 0. */
const bands: readonly Band[] = [
  { same: -15, opposite: 15 },
  { same: -75, opposite: 75 },
  { same: -45, opposite: 45 },
];

const sizeAt = (height: number, width: number, level: number) => ({
  height: Math.ceil(height / 2 ** level),
  width: Math.ceil(width / 2 ** level),
});

function down<A extends FloatArray>(
  matrix: Matrix<A>,
  options: DualTreeOptions,
  map: LevelMap<DownStep>,
): DualTree2<A> {
  checkMatrix(matrix);
  checkOptions(options, dualTreeOptionNames);
  const { levels = 3, filters = standardFilters() } = options;
  checkLevels(levels);
  const { height, width } = matrix;
  const data = scaled(matrix.data, 0.5);
  const all = recordOf((pair) =>
    decomposeBy(treesOf(pair), filters, map, data, [height, width], levels),
  );
  const coarsest = sizeAt(height, width, levels);
  const approximations = recordOf((pair) => {
    const { approximation } = all[pair]; // without levels all of them are one array
    return { ...coarsest, data: levels === 0 ? (approximation.slice() as A) : approximation };
  });
  const details = Array.from({ length: levels }, (_, i) => {
    const size = sizeAt(height, width, levels - i);
    const entries = bands.flatMap(({ same, opposite }, k) => {
      const [aa, ab, ba, bb] = treePairs.map((pair) => all[pair].levels[i]!.bands[k]);
      // (h + jg)(h + jg) = hh − gg + j (hg + gh), and with the conjugate along axis 1 hh + gg + j (gh − hg).
      return [
        [same, { ...size, re: mixed(aa!, bb!, -1), im: mixed(ab!, ba!, 1) }],
        [opposite, { ...size, re: mixed(aa!, bb!, 1), im: mixed(ba!, ab!, -1) }],
      ] as const;
    });
    return Object.fromEntries(entries) as Record<Orientation, ComplexMatrix<A>>;
  });
  return { approximations, details, height, width, filters };
}

function up<A extends FloatArray>(transform: DualTree2<A>, map: LevelMap<UpStep>): Matrix<A> {
  checkResult(transform, "approximations", "dualTree2");
  const { approximations, details, height, width, filters } = transform;
  checkExtent(height, width);
  const levels = details.map((detail, i): Record<TreePair, PyramidLevel<A>> => {
    const { height: rows, width: columns } = sizeAt(height, width, details.length - i);
    const parts = bands.map(({ same, opposite }): Record<TreePair, A> => {
      const [s, o] = [detail[same], detail[opposite]];
      for (const { re, im, ...size } of [s, o])
        for (const data of [re, im]) {
          checkSize({ ...size, data }, rows, columns);
          checkSameType(data, approximations.aa.data);
        }
      return {
        aa: mixed(o.re, s.re, 1),
        bb: mixed(o.re, s.re, -1),
        ab: mixed(s.im, o.im, -1),
        ba: mixed(s.im, o.im, 1),
      };
    });
    return recordOf((pair) => {
      return { shape: [rows, columns], bands: parts.map((ofPair) => ofPair[pair]) };
    });
  });
  const sum = zerosLike(approximations.aa.data, height * width);
  for (const pair of treePairs) {
    const band = approximations[pair];
    const { height: rows, width: columns } = sizeAt(height, width, details.length);
    checkSize(band, rows, columns);
    checkSameType(band.data, approximations.aa.data);
    const pyramid = { approximation: band.data, levels: levels.map((level) => level[pair]) };
    const part = recomposeBy(treesOf(pair), filters, map, pyramid, [height, width]);
    for (let i = 0; i < sum.length; i++) sum[i]! += part[i]! / 2;
  }
  return { height, width, data: sum };
}

function scaled<A extends FloatArray>(data: A, factor: number): A {
  const result = zerosLike(data, data.length);
  for (let i = 0; i < data.length; i++) result[i] = factor * data[i]!;
  return result;
}

/** (one ± other) / √2. */
function mixed<A extends FloatArray>(one: A, other: A, sign: 1 | -1): A {
  const result = zerosLike(one, one.length);
  const second = sign * Math.SQRT1_2;
  for (let i = 0; i < one.length; i++) result[i] = Math.SQRT1_2 * one[i]! + second * other[i]!;
  return result;
}

const recordOf = <T>(of: (pair: TreePair) => T): Record<TreePair, T> => ({
  aa: of("aa"),
  ab: of("ab"),
  ba: of("ba"),
  bb: of("bb"),
});
