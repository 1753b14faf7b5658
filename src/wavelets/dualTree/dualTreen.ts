import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { type AxesOption, bandKeys, checkArrayIs, resolveAxes } from "../arrays/axes.ts";
import type { ComplexParts } from "../arrays/complex.ts";
import { checkSameType, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor } from "../arrays/ndArray.ts";
import {
  analysis,
  analysisAdjoint,
  type LevelMap,
  type Pyramid,
  synthesis,
  synthesisAdjoint,
} from "../discrete/pyramid.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import { type DualTreeOptions, dualTreeOptionNames } from "./dualTree.ts";
import { type DualTreeFilters, standardFilters, type Tree } from "./filters.ts";
import { decomposeBy, recomposeBy, type TreeAxis } from "./separable.ts";

/** Options of a dual-tree transform along some axes. */
export interface DualTreenOptions extends DualTreeOptions, AxesOption {}

/** The complex coefficients of one band and direction. */
export interface ComplexArray<A extends FloatArray = FloatArray> extends ComplexParts<A> {
  readonly shape: readonly number[];
}

/** An array's dual-tree transform, with everything that reconstruction needs. */
export interface DualTreen<A extends FloatArray = FloatArray> {
  /** Real low-pass bands, one of each separable transform: `aba` is by tree b along the second axis. */
  readonly approximations: Readonly<Record<string, NdArray<A>>>;
  /**
   * The complex bands of each level, coarsest level first. A key is that of the band in `wavedecn`, then a sign for each axis but
   * the first: `add+-` is high-pass along the second and third axis, for waves whose frequency along the second axis has the sign
   * of that along the first, and along the third the opposite one.
   */
  readonly details: readonly Readonly<Record<string, ComplexArray<A>>>[];
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  /** The transformed axes in ascending order. */
  readonly axes: readonly number[];
  readonly filters: DualTreeFilters;
}

const optionsOfDualTreen = new Set([...dualTreeOptionNames, "axes"]);

/**
 * The dual-tree complex wavelet transform of an array along n of its axes, all by default; the others are a batch. It is made of
 * the 2ⁿ products of both trees along all axes, whose sums and differences are complex wavelets in 2ⁿ⁻¹ directions for each
 * band: in a volume 28 bands a level. The result has about 2ⁿ real numbers per element, and the energy of the array if its sizes
 * are divisible by 2^levels. Along one axis it is `dualTree` of every line, along two `dualTree2`; boundaries are theirs.
 *
 * Throws RangeError for an array without elements, for axes that do not exist or occur twice, and for `levels` that are not an
 * integer from 0 to 53, TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const volume = { shape: [8, 8, 8], data: new Float64Array(512).map((_, i) => (i % 8 < 3 ? 0 : 1)) }; // an edge along axis 2
 * const { details } = dualTreen(volume, { levels: 1 });
 * const energy = ({ re, im }) => re.reduce((sum, x, i) => sum + x ** 2 + im[i] ** 2, 0);
 * console.log(Object.keys(details[0]).length, Object.keys(details[0]).filter((key) => energy(details[0][key]) > 0.1).join(" "));
 * // → 28 aad++ aad+- aad-+ aad--
 * ```
 */
export function dualTreen<A extends FloatArray>(
  array: NdArray<A>,
  options: DualTreenOptions = {},
): DualTreen<A> {
  return down(array, options, analysis);
}

/** The inverse of {@link dualTreen}: the array, with exactly its shape. Throws RangeError if a band has the wrong shape. */
export function idualTreen<A extends FloatArray>(transform: DualTreen<A>): NdArray<A> {
  return up(transform, synthesis);
}

/** The adjoint of {@link dualTreen}: ⟨dualTreen x, y⟩ = ⟨x, dualTreenAdjoint y⟩, all planes taken as real numbers. */
export function dualTreenAdjoint<A extends FloatArray>(transform: DualTreen<A>): NdArray<A> {
  return up(transform, analysisAdjoint);
}

/** The adjoint of {@link idualTreen}: ⟨idualTreen x, y⟩ = ⟨x, idualTreenAdjoint y⟩. */
export function idualTreenAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  options: DualTreenOptions = {},
): DualTreen<A> {
  return down(array, options, synthesisAdjoint);
}

function down<A extends FloatArray>(
  array: NdArray<A>,
  options: DualTreenOptions,
  map: LevelMap<DownStep>,
): DualTreen<A> {
  const data = rowMajor(array);
  checkOptions(options, optionsOfDualTreen);
  const { levels = 3, filters = standardFilters() } = options;
  checkLevels(levels);
  const { shape } = array;
  const axes = resolveAxes(shape, options.axes).toSorted((a, b) => a - b);
  const factor = 2 ** (-axes.length / 2);
  const scaled = data.map((x) => x * factor) as A;
  const [, ...keys] = bandKeys(axes.length);
  const products = treeProducts(axes.length);
  const pyramids = products.map((trees) =>
    decomposeBy(along(trees, axes), filters, map, scaled, shape, levels),
  );
  const coarsest = pyramids[0]!.levels[0]?.shape ?? shape;
  return {
    approximations: Object.fromEntries(
      products.map((trees, t) => [
        trees,
        // without levels all of them are one array
        {
          shape: coarsest,
          data: levels === 0 ? (scaled.slice() as A) : pyramids[t]!.approximation,
        },
      ]),
    ),
    details: Array.from({ length: levels }, (_, i) =>
      Object.fromEntries(
        keys.flatMap((key, k) => {
          const parts = pyramids.map((pyramid) => pyramid.levels[i]!.bands[k]!);
          const own = pyramids[0]!.levels[i]!.shape;
          return directions(axes.length).map((direction) => [
            key + direction.name,
            { shape: own, ...combined(parts, direction) },
          ]);
        }),
      ),
    ),
    ...{ shape, axes, filters },
  };
}

function up<A extends FloatArray>(transform: DualTreen<A>, map: LevelMap<UpStep>): NdArray<A> {
  checkResult(transform, "approximations", "dualTreen");
  const { approximations, details, axes, filters } = transform;
  const shape = [...transform.shape];
  const { length: count } = resolveAxes(shape, axes);
  const [, ...keys] = bandKeys(count);
  const [first] = Object.values(approximations);
  if (!first) throw new RangeError("a transform needs at least one approximation");
  const shapeAt = (level: number) =>
    shape.map((size, axis) => (axes.includes(axis) ? Math.ceil(size / 2 ** level) : size));
  const valuesOf = (band: NdArray<A> | undefined, name: string, level: number): A => {
    if (!band) throw new RangeError(`the band ${name} is missing`);
    checkArrayIs(band, shapeAt(level), `the band ${name}`);
    const values = rowMajor(band);
    checkSameType(values, first.data, `the band ${name}`);
    return values;
  };
  const levels = details.map((detail, i) => {
    const level = details.length - i;
    return keys.map((key) =>
      separated(
        directions(count).map((direction) => {
          const name = key + direction.name;
          const band = detail[name];
          const plane = (part: "re" | "im") =>
            valuesOf(band && { shape: band.shape, data: band[part] }, name, level);
          return { direction, re: plane("re"), im: plane("im") };
        }),
      ),
    );
  });
  const factor = 2 ** (-count / 2);
  const parts = treeProducts(count).map((trees, t) => {
    const pyramid: Pyramid<A> = {
      approximation: valuesOf(approximations[trees], trees, details.length),
      levels: levels.map((bands, i) => {
        return { shape: shapeAt(details.length - i), bands: bands.map((band) => band[t]!) };
      }),
    };
    return recomposeBy(along(trees, axes), filters, map, pyramid, shape);
  });
  const sum = zerosLike(parts[0]!, parts[0]!.length);
  for (const part of parts) addTo(sum, part, factor);
  return { shape, data: sum };
}

/** All products of the two trees along so many axes: aa, ab, ba, bb. */
const treeProducts = (axes: number): string[] =>
  bandKeys(axes).map((key) => key.replaceAll("d", "b"));

const along = (trees: string, axes: readonly number[]): TreeAxis[] =>
  axes.map((axis, i) => ({ axis, tree: trees[i] as Tree }));

/**
 * A complex wavelet Π (hᵢ + j sᵢ gᵢ), where the sign of the first axis is +: the other choice is its conjugate. `real` and
 * `imaginary` are what each product of trees contributes.
 */
interface Direction {
  /** The signs of all axes but the first. */
  readonly name: string;
  readonly real: readonly number[];
  readonly imaginary: readonly number[];
}

/** The 2ⁿ⁻¹ directions of n axes. Their coefficients, taken together, are an orthonormal matrix of 2ⁿ rows. */
function directions(axes: number): readonly Direction[] {
  const factor = 2 ** (-(axes - 1) / 2);
  const names = bandKeys(axes)
    .slice(0, 2 ** (axes - 1)) // those with + along the first axis
    .map((key) => key.slice(1).replaceAll("a", "+").replaceAll("d", "-"));
  return names.map((name) => {
    // j to the number of trees b, times their signs
    const units = treeProducts(axes).map((trees) => {
      const places = Array.from(trees, (tree, i) => (tree === "b" ? i : -1)).filter((i) => i >= 0);
      const minus = places.filter((i) => name[i - 1] === "-").length;
      return { turns: places.length % 4, sign: minus % 2 === 0 ? factor : -factor };
    });
    const weights = (plus: number, minus: number) =>
      units.map(({ turns, sign }) => (turns === plus ? sign : turns === minus ? -sign : 0));
    return { name, real: weights(0, 2), imaginary: weights(1, 3) };
  });
}

/** The complex band of one direction from the bands of all products of trees. */
function combined<A extends FloatArray>(
  parts: readonly A[],
  { real, imaginary }: Direction,
): ComplexParts<A> {
  const zeros = () => zerosLike(parts[0]!, parts[0]!.length);
  const [re, im] = [zeros(), zeros()];
  parts.forEach((part, t) => {
    addTo(re, part, real[t]!);
    addTo(im, part, imaginary[t]!);
  });
  return { re, im };
}

/** The bands of all products of trees from the complex bands of all directions: the inverse of {@link combined}. */
function separated<A extends FloatArray>(
  bands: readonly (ComplexParts<A> & { readonly direction: Direction })[],
): A[] {
  const { re: like, direction: some } = bands[0]!;
  return some.real.map((_, t) => {
    const part = zerosLike(like, like.length);
    for (const { direction, re, im } of bands) {
      addTo(part, re, direction.real[t]!);
      addTo(part, im, direction.imaginary[t]!);
    }
    return part;
  });
}

function addTo(sum: FloatArray, part: FloatArray, factor: number): void {
  if (factor === 0) return;
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * part[i]!;
}
