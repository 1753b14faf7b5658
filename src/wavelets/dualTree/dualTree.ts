import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { ComplexParts } from "../arrays/complex.ts";
import { checkSameType, checkSignal, type FloatArray } from "../arrays/floatArray.ts";
import {
  analysis,
  analysisAdjoint,
  type LevelMap,
  type Pyramid,
  synthesis,
  synthesisAdjoint,
} from "../discrete/pyramid.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import { type DualTreeFilters, standardFilters, type Tree } from "./filters.ts";
import { decomposeBy, recomposeBy } from "./separable.ts";

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
  return down(data, options, analysis);
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
  return up(transform, synthesis);
}

/** The adjoint of {@link dualTree}: ⟨dualTree x, y⟩ = ⟨x, dualTreeAdjoint y⟩, all planes taken as real numbers. */
export function dualTreeAdjoint<A extends FloatArray>(transform: DualTree<A>): A {
  return up(transform, analysisAdjoint);
}

/** The adjoint of {@link idualTree}: ⟨idualTree x, y⟩ = ⟨x, idualTreeAdjoint y⟩. */
export function idualTreeAdjoint<A extends FloatArray>(
  data: A,
  options: DualTreeOptions = {},
): DualTree<A> {
  return down(data, options, synthesisAdjoint);
}

function down<A extends FloatArray>(
  data: A,
  options: DualTreeOptions,
  map: LevelMap<DownStep>,
): DualTree<A> {
  checkSignal(data);
  checkOptions(options, dualTreeOptionNames);
  const { levels = 3, filters = standardFilters() } = options;
  checkLevels(levels);
  const { length } = data;
  const scaled = data.map((x) => x * Math.SQRT1_2) as A;
  const [a, b] = trees.map((tree) =>
    decomposeBy([{ axis: 0, tree }], filters, map, scaled, [length], levels),
  ) as [Pyramid<A>, Pyramid<A>];
  // Without levels both are one array.
  const im = levels === 0 ? (scaled.slice() as A) : b.approximation;
  return {
    approximation: { re: a.approximation, im },
    details: a.levels.map(({ bands }, i) => ({ re: bands[0]!, im: b.levels[i]!.bands[0]! })),
    ...{ length, filters },
  };
}

function up<A extends FloatArray>(transform: DualTree<A>, map: LevelMap<UpStep>): A {
  checkResult(transform, "approximation", "dualTree");
  const { approximation, details, length, filters } = transform;
  const countAt = (level: number) => Math.ceil(length / 2 ** level);
  const checkAt = (level: number, { re, im }: ComplexParts<A>) => {
    for (const plane of [re, im]) {
      checkSameType(plane, approximation.re);
      checkBandLength(plane, countAt(level));
    }
  };
  checkAt(details.length, approximation);
  for (const [i, detail] of details.entries()) checkAt(details.length - i, detail);
  const ofTree = (tree: Tree, part: "re" | "im"): A => {
    const levels = details.map((detail, i) => {
      return { shape: [countAt(details.length - i)], bands: [detail[part]] };
    });
    const pyramid = { approximation: approximation[part], levels };
    return recomposeBy([{ axis: 0, tree }], filters, map, pyramid, [length]);
  };
  const [a, b] = [ofTree("a", "re"), ofTree("b", "im")];
  return a.map((x, i) => (x + b[i]!) * Math.SQRT1_2) as A;
}

const trees: readonly Tree[] = ["a", "b"];

function checkBandLength(band: FloatArray, count: number): void {
  if (band.length !== count)
    throw new RangeError(`a band has ${band.length} coefficients instead of ${count}`);
}
