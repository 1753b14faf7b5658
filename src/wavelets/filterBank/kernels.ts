import type { FloatArray } from "../floatArray.ts";
import type { Kernel } from "./kernel.ts";
import { plainKernel } from "./plainKernel.ts";

// Memory to work in, kept from one transform to the next; a transform leaves nothing there that another one reads.
const kept: { single?: Kernel; double?: Kernel } = {};

/** The kernel for numbers of one kind. */
export function kernelFor(data: FloatArray): Kernel {
  if (data instanceof Float32Array) {
    kept.single ??= plainKernel((length) => new Float32Array(length));
    return kept.single;
  }
  kept.double ??= plainKernel((length) => new Float64Array(length));
  return kept.double;
}
