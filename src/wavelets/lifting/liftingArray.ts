import { type FloatArray, isFloatArray, notFloats } from "../arrays/floatArray.ts";
import type { LiftingMode } from "./extension.ts";
import { integerLineLifting } from "./integerLifting.ts";
import type { LiftingScheme } from "./liftingScheme.ts";
import { lineLifting } from "./lineLifting.ts";

/** What can be lifted: real numbers, or integers by the integer-to-integer transform. */
export type LiftingArray = FloatArray | Int32Array;

/** Arrays that lifting works on: float64 or int32. */
export type WorkArray = Float64Array | Int32Array;

/** The four linear maps of a level of lifting. */
export type Direction = "forward" | "inverse" | "forwardAdjoint" | "inverseAdjoint";

/** Throws TypeError unless `data` is a {@link LiftingArray}. */
export function checkLiftingArray(data: LiftingArray, name = "data"): void {
  if (!(isFloatArray(data) || data instanceof Int32Array))
    throw notFloats(data, name, "a Float64Array, Float32Array or Int32Array");
}

/** A copy of `data` to work on, with `length` elements. */
export function workOf(data: LiftingArray, length = data.length): WorkArray {
  const work = emptyWork(data, length);
  work.set(data);
  return work;
}

/** Zeros to work on, of the type that `like` needs. */
export function emptyWork(like: LiftingArray, length: number): WorkArray {
  return like instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
}

/** `work` as an array of the type of `like`. */
export function asKindOf<A extends LiftingArray>(like: A, work: WorkArray): A {
  return (like instanceof Float32Array ? new Float32Array(work) : work) as A;
}

/** Lifts lines of `count` elements in place: real numbers linearly, integers with every step rounded. */
export function liftLines(
  direction: Direction,
  scheme: LiftingScheme,
  mode: LiftingMode,
  count: number,
): (x: WorkArray, stride: number, starts: Int32Array) => void {
  let real: ReturnType<typeof lineLifting> | undefined;
  let whole: ReturnType<typeof integerLineLifting> | undefined;
  return (x, stride, starts) => {
    if (x instanceof Float64Array) {
      real ??= lineLifting(scheme, mode, count);
      real[direction](x, stride, starts);
    } else if (direction === "forward" || direction === "inverse") {
      whole ??= integerLineLifting(scheme, mode, count);
      whole[direction](x, stride, starts);
    } else
      throw new RangeError("lifting of integers rounds, so it is not linear and has no adjoint");
  };
}
