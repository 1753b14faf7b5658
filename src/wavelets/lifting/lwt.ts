import { checkLevels } from "../arguments/levels.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { checkLiftingMode, type LiftingMode, liftingExtensions } from "./extension.ts";
import {
  asKindOf,
  emptyWork,
  type LiftingArray,
  liftLines,
  type WorkArray,
  workOf,
} from "./liftingArray.ts";
import { type LiftingLike, type LiftingScheme, schemeOf } from "./liftingScheme.ts";

/** Options of a transform by lifting. */
export interface LwtOptions {
  /** How the signal goes on beyond its ends; `reflect` by default, as in JPEG 2000. */
  readonly mode?: LiftingMode;
  /** Number of levels; 1 by default. */
  readonly levels?: number;
}

/** A signal's transform by lifting, with all that reconstruction needs. */
export interface Lwt<A extends LiftingArray = FloatArray> {
  /** `[cA_n, cD_n, …, cD_1]`, coarsest first, as `wavedec` orders them. */
  readonly coefficients: readonly A[];
  /** Samples of the signal. */
  readonly length: number;
  readonly mode: LiftingMode;
  readonly scheme: LiftingScheme;
}

/**
 * Multi-level transform of a signal of N ≥ 1 samples by lifting: ⌈N/2⌉ low and ⌊N/2⌋ high coefficients a level (⌈N/2⌉ in
 * mode periodization). An Int32Array is mapped to whole numbers, of which {@link ilwt} makes exactly the same signal again.
 *
 * Throws RangeError for an empty signal, for levels that are no whole number ≥ 0, and where a whole coefficient would need
 * more than 32 bits (see `integerRange`).
 */
export function lwt<A extends LiftingArray>(
  data: A,
  scheme: LiftingLike,
  options: LwtOptions = {},
): Lwt<A> {
  return analysis(data, scheme, options, "forward");
}

/** The signal that {@link lwt} came from, with exactly its length. Throws RangeError for bands of other lengths. */
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
  { mode: name = "reflect", levels = 1 }: LwtOptions,
  direction: "forward" | "inverseAdjoint",
): Lwt<A> {
  if (data.length === 0) throw new RangeError("cannot transform an empty signal");
  checkLevels(levels);
  const [scheme, mode] = [schemeOf(like), checkLiftingMode(name)];
  let low = workOf(data);
  const details: A[] = [];
  for (let level = 0; level < levels; level++) {
    const { length } = low;
    const line = workOf(low, liftingExtensions[mode].places(length));
    // What the inverse cuts off comes from nowhere in its adjoint.
    if (direction === "forward" && line.length > length) line[length] = line[length - 1]!; // length ≥ 1
    liftLines(direction, scheme, mode, line.length)(line, 1, oneLine);
    low = everySecond(line, 0);
    details.unshift(asKindOf(data, everySecond(line, 1)));
  }
  return { coefficients: [asKindOf(data, low), ...details], length: data.length, mode, scheme };
}

function synthesis<A extends LiftingArray>(
  { coefficients, length, mode, scheme }: Lwt<A>,
  direction: "inverse" | "forwardAdjoint",
): A {
  const [coarsest, ...details] = coefficients;
  if (coarsest === undefined) throw new RangeError("a transform holds at least one band");
  const lengths = levelLengths(length, details.length);
  let low = workOf(coarsest);
  for (const [i, detail] of details.entries()) {
    const count = lengths[details.length - 1 - i]!; // a length a level and one more
    const line = emptyWork(coarsest, liftingExtensions[mode].places(count));
    expectLength("approximation", low, Math.ceil(line.length / 2));
    expectLength("detail", detail, line.length >> 1);
    for (let k = 0; k < low.length; k++) line[2 * k] = low[k]!; // k < length
    for (let k = 0; k < detail.length; k++) line[2 * k + 1] = detail[k]!; // k < length
    liftLines(direction, scheme, mode, line.length)(line, 1, oneLine);
    low = line.slice(0, count);
    // The sample that was repeated counted twice.
    if (direction === "forwardAdjoint" && count < line.length)
      low[count - 1] = low[count - 1]! + line[count]!; // count ≥ 1
  }
  expectLength("approximation", low, length);
  return asKindOf(coarsest, low);
}

/** Lengths of a signal and of its low band after 1, 2, … levels. */
export function levelLengths(length: number, levels: number): number[] {
  return Array.from({ length: levels + 1 }, (_, level) => Math.ceil(length / 2 ** level));
}

function everySecond(line: WorkArray, from: 0 | 1): WorkArray {
  const part = emptyWork(line, (line.length + 1 - from) >> 1);
  for (let k = 0; k < part.length; k++) part[k] = line[2 * k + from]!; // as many
  return part;
}

function expectLength(band: string, array: LiftingArray, count: number): void {
  if (array.length !== count)
    throw new RangeError(`${band} holds ${array.length} coefficients where ${count} belong`);
}
