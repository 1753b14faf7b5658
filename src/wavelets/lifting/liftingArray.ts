import type { FloatArray } from "../arrays/floatArray.ts";
import type { LiftingMode } from "./extension.ts";
import { integerLineLifting } from "./integerLifting.ts";
import type { LiftingScheme } from "./liftingScheme.ts";
import { lineLifting } from "./lineLifting.ts";

/** What can be lifted: real numbers, or whole ones by the integer-to-integer transform. */
export type LiftingArray = FloatArray | Int32Array;

/** Where lifting happens: float64, or whole numbers. */
export type WorkArray = Float64Array | Int32Array;

/** The four maps of a level of lifting, which may stand for one another. */
export type Direction = "forward" | "inverse" | "forwardAdjoint" | "inverseAdjoint";

/** A copy of `data` to work on, with room for `length` elements. */
export function workOf(data: LiftingArray, length = data.length): WorkArray {
  const work = emptyWork(data, length);
  work.set(data);
  return work;
}

/** Zeros to work on, of the kind that `like` needs. */
export function emptyWork(like: LiftingArray, length: number): WorkArray {
  return like instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
}

/** `work` as an array of the kind of `like`. */
export function asKindOf<A extends LiftingArray>(like: A, work: WorkArray): A {
  return (like instanceof Float32Array ? new Float32Array(work) : work) as A; // the kinds that workOf makes
}

/** Lifts lines of `count` places in place: real numbers linearly, whole ones with every step rounded. */
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
      throw new RangeError("rounded lifting of whole numbers is not linear: it has no adjoint");
  };
}
