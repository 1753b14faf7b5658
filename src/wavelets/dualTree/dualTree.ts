import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { type Behind, merge, split } from "./channels.ts";
import { channelsOf, type DualTreeFilters, standardFilters, type Tree } from "./filters.ts";

/** Options of a dual-tree transform. */
export interface DualTreeOptions {
  /** Number of levels; 3 by default. */
  readonly levels?: number;
  /** Those of `dualTreeFilters()` by default. */
  readonly filters?: DualTreeFilters;
}

/** Complex coefficients as two planes: tree a is the real part, tree b the imaginary one. */
export interface ComplexBand<A extends FloatArray = FloatArray> {
  readonly re: A;
  readonly im: A;
}

/** A signal's dual-tree transform, with all that reconstruction needs. */
export interface DualTree<A extends FloatArray = FloatArray> {
  readonly approximation: ComplexBand<A>;
  /** Coarsest level first. */
  readonly details: readonly ComplexBand<A>[];
  /** Samples of the signal. */
  readonly length: number;
  readonly filters: DualTreeFilters;
}

/**
 * The dual-tree complex wavelet transform (Kingsbury, Complex wavelets for shift invariant analysis and filtering of signals, 2001)
 * of a signal of N ≥ 1 samples: two orthonormal filter banks whose wavelets are nearly each other's Hilbert transforms, so
 * that |coefficient| hardly depends on where a feature lies between two samples of its level. The signal goes on
 * periodically; at a level with an odd number of samples the last is repeated once. About 2 N real numbers, and where N
 * is divisible by 2^levels their energy is the signal's.
 *
 * Throws RangeError for an empty signal, and for levels that are no whole number ≥ 0.
 */
export function dualTree<A extends FloatArray>(
  data: A,
  options: DualTreeOptions = {},
): DualTree<A> {
  return analysis(data, options, "last");
}

/** The signal that {@link dualTree} came from, with exactly its length: the mean of what both trees say. */
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
  { levels = 3, filters = standardFilters() }: DualTreeOptions,
  behind: Behind,
): DualTree<A> {
  if (data.length === 0) throw new RangeError("cannot transform an empty signal");
  checkLevels(levels);
  const ofTree = (tree: Tree): A[] => {
    let low: Float64Array = Float64Array.from(data, (x) => x * Math.SQRT1_2);
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
  const [approximation, ...details] = a.map((re, i) => ({ re, im: b[i]! })); // as many
  return { approximation: approximation!, details, length: data.length, filters }; // never empty
}

function synthesis<A extends FloatArray>(
  { approximation, details, length, filters }: DualTree<A>,
  behind: Behind,
): A {
  const ofTree = (tree: Tree, part: keyof ComplexBand): Float64Array => {
    let low: Float64Array = Float64Array.from(approximation[part]);
    for (const [i, detail] of details.entries()) {
      const level = details.length - 1 - i;
      const layout = { outer: 1, length: Math.ceil(length / 2 ** level), inner: 1 };
      const high = Float64Array.from(detail[part]);
      for (const band of [low, high]) expectLength(band, Math.ceil(layout.length / 2));
      low = merge(low, high, layout, channelsOf(filters, tree, level), behind);
    }
    expectLength(low, length);
    return low;
  };
  const [a, b] = [ofTree("a", "re"), ofTree("b", "im")];
  return ofKind(
    approximation.re,
    a.map((x, i) => (x + b[i]!) * Math.SQRT1_2), // as many
  );
}

function expectLength(band: FloatArray, count: number): void {
  if (band.length !== count)
    throw new RangeError(`a band holds ${band.length} coefficients where ${count} belong`);
}
