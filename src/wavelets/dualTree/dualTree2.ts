import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { ComplexParts } from "../arrays/complex.ts";
import { checkFloats, type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { checkExtent, checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import { type Behind, merge, split } from "./channels.ts";
import { type DualTreeOptions, dualTreeOptionNames } from "./dualTree.ts";
import { channelsOf, type DualTreeFilters, standardFilters, type Tree } from "./filters.ts";

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

/** The tree that filters along axis 0, then the tree that filters along axis 1. */
export type TreePair = "aa" | "ab" | "ba" | "bb";

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
  return analysis(matrix, options, "last");
}

/** The inverse of {@link dualTree2}: the matrix, with exactly its size. Throws RangeError if a band has the wrong size. */
export function idualTree2<A extends FloatArray>(transform: DualTree2<A>): Matrix<A> {
  return synthesis(transform, "nothing");
}

/** The adjoint of {@link dualTree2}: ⟨dualTree2 x, y⟩ = ⟨x, dualTree2Adjoint y⟩, all planes taken as real numbers. */
export function dualTree2Adjoint<A extends FloatArray>(transform: DualTree2<A>): Matrix<A> {
  return synthesis(transform, "last");
}

/** The adjoint of {@link idualTree2}: ⟨idualTree2 x, y⟩ = ⟨x, idualTree2Adjoint y⟩. */
export function idualTree2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  options: DualTreeOptions = {},
): DualTree2<A> {
  return analysis(matrix, options, "nothing");
}

const treePairs: readonly TreePair[] = ["aa", "ab", "ba", "bb"];

/** A band of the separable transforms, with the orientations of the two complex bands that are made of it. */
interface Band {
  readonly name: "hl" | "lh" | "hh";
  /** Frequencies of the same sign along both axes, or of opposite signs. */
  readonly same: Orientation;
  readonly opposite: Orientation;
}

const bands: readonly Band[] = [
  { name: "lh", same: -15, opposite: 15 },
  { name: "hh", same: -45, opposite: 45 },
  { name: "hl", same: -75, opposite: 75 },
];

/** One level of one separable transform, as in `Dwt2`: hl is high-pass along axis 0. */
type Level = Readonly<Record<Band["name"], Float64Array>>;

/** One of the four separable transforms; levels finest first. */
interface Separable {
  readonly low: Float64Array;
  readonly levels: readonly Level[];
}

const sizeAt = (height: number, width: number, level: number) => ({
  height: Math.ceil(height / 2 ** level),
  width: Math.ceil(width / 2 ** level),
});

function analysis<A extends FloatArray>(
  matrix: Matrix<A>,
  options: DualTreeOptions,
  behind: Behind,
): DualTree2<A> {
  checkMatrix(matrix);
  checkOptions(options, dualTreeOptionNames);
  const { levels = 3, filters = standardFilters() } = options;
  checkLevels(levels);
  const { height, width, data } = matrix;
  const all = recordOf((pair) => separable(matrix, pair, { levels, filters }, behind));
  const coarsest = sizeAt(height, width, levels);
  const approximations = recordOf((pair) => ({
    ...coarsest,
    data: ofKind(data, all[pair].low),
  }));
  const details = Array.from({ length: levels }, (_, i) => {
    const level = levels - 1 - i;
    const size = sizeAt(height, width, level + 1);
    const entries = bands.flatMap(({ name, same, opposite }) => {
      const [aa, ab, ba, bb] = treePairs.map((pair) => all[pair].levels[level]![name]);
      const mixed = (one: Float64Array, other: Float64Array, sign: 1 | -1) =>
        ofKind(
          data,
          one.map((x, k) => (x + sign * other[k]!) * Math.SQRT1_2),
        );
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

function synthesis<A extends FloatArray>(transform: DualTree2<A>, behind: Behind): Matrix<A> {
  checkResult(transform, "approximations", "dualTree2");
  const { approximations, details, height, width, filters } = transform;
  checkExtent(height, width);
  const levels = details.map((detail, i): Record<TreePair, Level> => {
    const { height: rows, width: columns } = sizeAt(height, width, details.length - i);
    const parts = bands.map(({ name, same, opposite }) => {
      const [s, o] = [detail[same], detail[opposite]];
      for (const { re, im, ...size } of [s, o])
        for (const data of [re, im]) {
          checkSize({ ...size, data }, rows, columns);
          checkFloats(data, "a band");
        }
      const mixed = (one: FloatArray, other: FloatArray, sign: 1 | -1) =>
        Float64Array.from(one, (x, k) => (x + sign * other[k]!) * Math.SQRT1_2);
      const ofPair: Record<TreePair, Float64Array> = {
        aa: mixed(o.re, s.re, 1),
        bb: mixed(o.re, s.re, -1),
        ab: mixed(s.im, o.im, -1),
        ba: mixed(s.im, o.im, 1),
      };
      return [name, ofPair] as const;
    });
    return recordOf(
      (pair) => Object.fromEntries(parts.map(([name, ofPair]) => [name, ofPair[pair]])) as Level,
    );
  });
  const sum = new Float64Array(height * width);
  for (const pair of treePairs) {
    const band = approximations[pair];
    const { height: rows, width: columns } = sizeAt(height, width, details.length);
    checkSize(band, rows, columns);
    checkFloats(band.data, "a band");
    const separable = {
      low: Float64Array.from(band.data),
      levels: levels.map((level) => level[pair]).reverse(),
    };
    const part = inverseSeparable(separable, pair, { height, width, filters }, behind);
    for (let i = 0; i < sum.length; i++) sum[i]! += part[i]! / 2;
  }
  return { height, width, data: ofKind(approximations.aa.data, sum) };
}

function separable(
  matrix: Matrix,
  pair: TreePair,
  { levels, filters }: Required<DualTreeOptions>,
  behind: Behind,
): Separable {
  const [down, along] = [...pair] as [Tree, Tree];
  let low: Float64Array = Float64Array.from(matrix.data, (x) => x / 2);
  const found: Level[] = [];
  for (let level = 0; level < levels; level++) {
    const { height, width } = sizeAt(matrix.height, matrix.width, level);
    const rows = { outer: 1, length: height, inner: width };
    const columns = { outer: Math.ceil(height / 2), length: width, inner: 1 };
    const halves = split(low, rows, channelsOf(filters, down, level), behind);
    const channels = channelsOf(filters, along, level);
    const top = split(halves.low, columns, channels, behind);
    const bottom = split(halves.high, columns, channels, behind);
    found.push({ hl: bottom.low, lh: top.high, hh: bottom.high });
    low = top.low;
  }
  return { low, levels: found };
}

function inverseSeparable(
  transform: Separable,
  pair: TreePair,
  size: { height: number; width: number; filters: DualTreeFilters },
  behind: Behind,
): Float64Array {
  const [down, along] = [...pair] as [Tree, Tree];
  let low = transform.low;
  for (const [i, bands] of transform.levels.toReversed().entries()) {
    const level = transform.levels.length - 1 - i;
    const { height, width } = sizeAt(size.height, size.width, level);
    const rows = { outer: 1, length: height, inner: width };
    const columns = { outer: Math.ceil(height / 2), length: width, inner: 1 };
    const channels = channelsOf(size.filters, along, level);
    const top = merge(low, bands.lh, columns, channels, behind);
    const bottom = merge(bands.hl, bands.hh, columns, channels, behind);
    low = merge(top, bottom, rows, channelsOf(size.filters, down, level), behind);
  }
  return low;
}

const recordOf = <T>(of: (pair: TreePair) => T): Record<TreePair, T> => ({
  aa: of("aa"),
  ab: of("ab"),
  ba: of("ba"),
  bb: of("bb"),
});
