import type { FloatArray } from "../arrays/floatArray.ts";
import type { Kernel } from "./kernel.ts";
import { plainKernel } from "./plainKernel.ts";
import { doubleKind, simdKernel, singleKind } from "./simd/simdKernel.ts";

// Memory to work in, kept from one transform to the next; a transform leaves nothing there that another one reads.
const kept: { single?: Kernel; double?: Kernel } = {};

/** The kernel for numbers of one kind. */
export function kernelFor(data: FloatArray): Kernel {
  if (data instanceof Float32Array) {
    kept.single ??= simdKernel(singleKind) ?? plainKernel(singleKind.make);
    return kept.single;
  }
  kept.double ??= simdKernel(doubleKind) ?? plainKernel(doubleKind.make);
  return kept.double;
}
