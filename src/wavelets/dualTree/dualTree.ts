import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { ComplexParts } from "../arrays/complex.ts";
import { checkSameType, checkSignal, type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { type Behind, merge, split } from "./channels.ts";
import { channelsOf, type DualTreeFilters, standardFilters, type Tree } from "./filters.ts";

/** Options of a dual-tree transform. */
export interface DualTreeOptions {
  /** Number of levels; 3 by default. */
  readonly levels?: number;
  /** The filters; `dualTreeFilters()` by default. */
  readonly filters?: DualTreeFilters;
}

/** A signal's dual-tree transform, with everything that reconstruction needs. */
export interface DualTree<A extends FloatArray = FloatArray> {
  readonly approximation: ComplexParts<A>;
  /** Coarsest level first. */
  readonly details: readonly ComplexParts<A>[];
  /** Number of samples of the signal. */
  readonly length: number;
  readonly filters: DualTreeFilters;
}

/** Names of the options of a dual-tree transform. */
export const dualTreeOptionNames = optionNames<DualTreeOptions>({ levels: true, filters: true });

/**
 * The dual-tree complex wavelet transform of a signal of N ≥ 1 samples (Kingsbury, Complex wavelets for shift invariant
 * analysis and filtering of signals, 2001): two orthonormal filter banks whose wavelets are approximately Hilbert
 * transforms of each other, so that |coefficient| hardly depends on the position of a feature between two samples. The
 * signal is extended periodically; at a level with an odd number of samples the last one is repeated. The result has about
 * 2 N real numbers, and the energy of the signal if N is divisible by 2^levels.
 *
 * Throws RangeError for an empty signal and for `levels` that are not an integer from 0 to 53, TypeError for arguments of
 * the wrong type.
 *
 * @example
 * ```ts
 * const step = (at) => Float64Array.from({ length: 64 }, (_, i) => (i < at ? 0 : 1));
 * const energy = ({ re, im }) => re.reduce((sum, x, i) => sum + x ** 2 + im[i] ** 2, 0);
 * const energies = [31, 32, 33].map((at) => energy(dualTree(step(at)).details[0]));
 * console.log(Math.max(...energies) / Math.min(...energies) < 1.05); // hardly depends on the position
 * // → true
 * ```
 */
export function dualTree<A extends FloatArray>(
  data: A,
  options: DualTreeOptions = {},
): DualTree<A> {
  return analysis(data, options, "last");
}

/**
 * The inverse of {@link dualTree}: the signal, with exactly its length, as the mean of both trees. Throws RangeError if a
 * band has the wrong length.
 *
 * @example
 * ```ts
 * console.log(idualTree(dualTree(Float64Array.of(1, 2, 3, 4, 5))).map((x) => Math.round(x)));
 * // → Float64Array(5) [ 1, 2, 3, 4, 5 ]
 * ```
 */
export function idualTree<A extends FloatArray>(transform: DualTree<A>): A {
  return synthesis(transform, "nothing");
}

/** The adjoint of {@link dualTree}: ⟨dualTree x, y⟩ = ⟨x, dualTreeAdjoint y⟩, all planes taken as real numbers. */
export function dualTreeAdjoint<A extends FloatArray>(transform: DualTree<A>): A {
  return synthesis(transform, "last");
}

/** The adjoint of {@link idualTree}: ⟨idualTree x, y⟩ = ⟨x, idualTreeAdjoint y⟩. */
export function idualTreeAdjoint<A extends FloatArray>(
  data: A,
  options: DualTreeOptions = {},
): DualTree<A> {
  return analysis(data, options, "nothing");
}

function analysis<A extends FloatArray>(
  data: A,
  options: DualTreeOptions,
  behind: Behind,
): DualTree<A> {
  checkSignal(data);
  checkOptions(options, dualTreeOptionNames);
  const { levels = 3, filters = standardFilters() } = options;
  checkLevels(levels);
  const ofTree = (tree: Tree): A[] => {
    let low: Float64Array = new Float64Array(data).map((x) => x * Math.SQRT1_2);
    const bands: A[] = [];
    for (let level = 0; level < levels; level++) {
      const layout = { outer: 1, length: low.length, inner: 1 };
      const parts = split(low, layout, channelsOf(filters, tree, level), behind);
      bands.unshift(ofKind(data, parts.high));
      low = parts.low;
    }
    return [ofKind(data, low), ...bands];
  };
  const [a, b] = [ofTree("a"), ofTree("b")];
  const [approximation, ...details] = a.map((re, i) => ({ re, im: b[i]! }));
  return { approximation: approximation!, details, length: data.length, filters };
}

function synthesis<A extends FloatArray>(transform: DualTree<A>, behind: Behind): A {
  checkResult(transform, "approximation", "dualTree");
  const { approximation, details, length, filters } = transform;
  for (const band of [approximation, ...details])
    for (const plane of [band.re, band.im]) checkSameType(plane, approximation.re);
  const ofTree = (tree: Tree, part: "re" | "im"): Float64Array => {
    let low: Float64Array = Float64Array.from(approximation[part]);
    for (const [i, detail] of details.entries()) {
      const level = details.length - 1 - i;
      const layout = { outer: 1, length: Math.ceil(length / 2 ** level), inner: 1 };
      const high = Float64Array.from(detail[part]);
      for (const band of [low, high]) checkBandLength(band, Math.ceil(layout.length / 2));
      low = merge(low, high, layout, channelsOf(filters, tree, level), behind);
    }
    checkBandLength(low, length);
    return low;
  };
  const [a, b] = [ofTree("a", "re"), ofTree("b", "im")];
  return ofKind(
    approximation.re,
    a.map((x, i) => (x + b[i]!) * Math.SQRT1_2),
  );
}

function checkBandLength(band: FloatArray, count: number): void {
  if (band.length !== count)
    throw new RangeError(`a band has ${band.length} coefficients instead of ${count}`);
}
