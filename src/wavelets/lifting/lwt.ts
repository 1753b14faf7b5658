import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { checkLiftingMode, type LiftingMode, liftingExtensions } from "./extension.ts";
import {
  asKindOf,
  checkLiftingArray,
  emptyWork,
  type LiftingArray,
  liftLines,
  workOf,
} from "./liftingArray.ts";
import { type LiftingLike, type LiftingScheme, schemeOf } from "./liftingScheme.ts";

/** Options of a transform by lifting. */
export interface LwtOptions {
  /** How the signal is extended beyond its ends; `reflect` by default, as in JPEG 2000. */
  readonly mode?: LiftingMode;
  /** Number of levels; 1 by default. */
  readonly levels?: number;
}

/** A signal's transform by lifting, with everything that reconstruction needs. */
export interface Lwt<A extends LiftingArray = FloatArray> {
  /** `[cA_n, cD_n, …, cD_1]`, coarsest first, as `wavedec` orders them. */
  readonly coefficients: readonly A[];
  /** Number of samples of the signal. */
  readonly length: number;
  readonly mode: LiftingMode;
  readonly scheme: LiftingScheme;
}

/** Names of the options of a transform by lifting. */
export const lwtOptionNames = optionNames<LwtOptions>({ mode: true, levels: true });

/**
 * Multi-level transform of a signal of N ≥ 1 samples by lifting. A level makes ⌈N/2⌉ low-pass and ⌊N/2⌋ high-pass
 * coefficients (⌈N/2⌉ in mode periodization). An Int32Array is transformed to integers, from which {@link ilwt} restores
 * exactly the same signal.
 *
 * Throws RangeError for an empty signal, for `levels` that are not an integer from 0 to 53, and if an integer coefficient
 * would need more than 32 bits (see `integerRange`); TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const { coefficients } = lwt(Int32Array.of(10, 12, 14, 13, 9), "cdf5/3");
 * console.log(coefficients); // cA1, cD1
 * // → [ Int32Array(3) [ 10, 15, 10 ], Int32Array(2) [ 0, 2 ] ]
 * ```
 */
export function lwt<A extends LiftingArray>(
  data: A,
  scheme: LiftingLike,
  options: LwtOptions = {},
): Lwt<A> {
  return analysis(data, scheme, options, "forward");
}

/**
 * The inverse of {@link lwt}: the signal, with exactly its length. Throws RangeError if a band has the wrong length.
 *
 * @example
 * ```ts
 * console.log(ilwt(lwt(Int32Array.of(10, 12, 14, 13, 9), "cdf5/3", { levels: 2 })));
 * // → Int32Array(5) [ 10, 12, 14, 13, 9 ]
 * ```
 */
export function ilwt<A extends LiftingArray>(transform: Lwt<A>): A {
  return synthesis(transform, "inverse");
}

/** The adjoint of {@link lwt}: ⟨lwt x, y⟩ = ⟨x, lwtAdjoint y⟩ for every x and y. */
export function lwtAdjoint<A extends FloatArray>(transform: Lwt<A>): A {
  return synthesis(transform, "forwardAdjoint");
}

/** The adjoint of {@link ilwt}: ⟨ilwt x, y⟩ = ⟨x, ilwtAdjoint y⟩ for every x and y. */
export function ilwtAdjoint<A extends FloatArray>(
  data: A,
  scheme: LiftingLike,
  options: LwtOptions = {},
): Lwt<A> {
  return analysis(data, scheme, options, "inverseAdjoint");
}

const oneLine = Int32Array.of(0);

function analysis<A extends LiftingArray>(
  data: A,
  like: LiftingLike,
  options: LwtOptions,
  direction: "forward" | "inverseAdjoint",
): Lwt<A> {
  checkLiftingArray(data);
  if (data.length === 0) throw new RangeError("data is empty; it needs at least one sample");
  checkOptions(options, lwtOptionNames);
  const { mode: name = "reflect", levels = 1 } = options;
  checkLevels(levels);
  const [scheme, mode] = [schemeOf(like), checkLiftingMode(name)];
  const { places } = liftingExtensions[mode];
  const work = workOf(data, places(data.length));
  const details: A[] = [];
  let { length } = data;
  for (let level = 0; level < levels; level++) {
    const line = work.subarray(0, places(length));
    // The adjoint of the inverse has 0 where the inverse cuts off a sample.
    if (line.length > length) line[length] = direction === "forward" ? line[length - 1]! : 0;
    liftLines(direction, scheme, mode, line.length)(line, 1, oneLine);
    const detail = emptyWork(data, line.length >> 1);
    for (let k = 0; k < detail.length; k++) detail[k] = line[2 * k + 1]!;
    details.unshift(asKindOf(data, detail));
    length = (line.length + 1) >> 1;
    for (let k = 0; k < length; k++) line[k] = line[2 * k]!;
  }
  const low = asKindOf(data, work.slice(0, length));
  return { coefficients: [low, ...details], length: data.length, mode, scheme };
}

function synthesis<A extends LiftingArray>(
  transform: Lwt<A>,
  direction: "inverse" | "forwardAdjoint",
): A {
  checkResult(transform, "coefficients", "lwt");
  const { coefficients, length, mode, scheme } = transform;
  const [coarsest, ...details] = coefficients;
  if (coarsest === undefined) throw new RangeError("a transform needs at least one band");
  for (const band of coefficients) checkLiftingArray(band, "a band");
  if (!Number.isInteger(length)) throw new RangeError(`length must be an integer, not ${length}`);
  const { places } = liftingExtensions[mode];
  const [finest, ...coarser] = levelLengths(length, details.length);
  const counts = [finest!, ...coarser.slice(0, -1)].reverse(); // what each level makes
  checkBandLength("approximation", coarsest, coarser.at(-1) ?? length);
  for (const [i, detail] of details.entries())
    checkBandLength("detail", detail, places(counts[i]!) >> 1);
  const work = workOf(coarsest, places(length));
  for (const [i, detail] of details.entries()) {
    const count = counts[i]!;
    const line = work.subarray(0, places(count));
    // From behind, so that no coefficient is overwritten before it has moved.
    for (let k = (line.length - 1) >> 1; k >= 0; k--) {
      line[2 * k] = line[k]!;
      if (k < detail.length) line[2 * k + 1] = detail[k]!;
    }
    liftLines(direction, scheme, mode, line.length)(line, 1, oneLine);
    // The repeated sample counted twice.
    if (direction === "forwardAdjoint" && count < line.length)
      line[count - 1] = line[count - 1]! + line[count]!;
  }
  return asKindOf(coarsest, work.slice(0, length));
}

/** Lengths of a signal and of its low-pass band after 1, 2, … levels. */
export function levelLengths(length: number, levels: number): number[] {
  return Array.from({ length: levels + 1 }, (_, level) => Math.ceil(length / 2 ** level));
}

function checkBandLength(band: string, array: LiftingArray, count: number): void {
  if (array.length !== count)
    throw new RangeError(`${band} has ${array.length} coefficients instead of ${count}`);
}
