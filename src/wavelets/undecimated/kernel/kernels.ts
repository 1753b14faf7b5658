import type { FloatArray } from "../../arrays/floatArray.ts";
import { doubleKind, singleKind } from "../../filterBank/simd/memory.ts";
import type { ShiftKernel } from "./kernel.ts";
import { plainShiftKernel } from "./plain.ts";
import { simdShiftKernel } from "./simd.ts";

// Working memory, kept between transforms. No transform reads what another one left there.
const kept: { single?: ShiftKernel; double?: ShiftKernel } = {};

/** The kernel for arrays of the type of `data`. */
export function shiftKernelFor(data: FloatArray): ShiftKernel {
  if (data instanceof Float32Array) {
    kept.single ??= simdShiftKernel(singleKind) ?? plainShiftKernel(singleKind.make);
    return kept.single;
  }
  kept.double ??= simdShiftKernel(doubleKind) ?? plainShiftKernel(doubleKind.make);
  return kept.double;
}
