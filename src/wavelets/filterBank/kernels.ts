import type { FloatArray } from "../arrays/floatArray.ts";
import type { Kernel } from "./kernel.ts";
import { plainKernel } from "./plainKernel.ts";
import { doubleKind, singleKind } from "./simd/memory.ts";
import { simdKernel } from "./simd/simdKernel.ts";

// Working memory, kept between transforms. No transform reads what another one left there.
const kept: { single?: Kernel; double?: Kernel } = {};

/** The kernel for arrays of the type of `data`. */
export function kernelFor(data: FloatArray): Kernel {
  if (data instanceof Float32Array) {
    kept.single ??= simdKernel(singleKind) ?? plainKernel(singleKind.make);
    return kept.single;
  }
  kept.double ??= simdKernel(doubleKind) ?? plainKernel(doubleKind.make);
  return kept.double;
}
