import { instantiate } from "../../../wasm/instantiate.ts";
import type { DownPasses } from "../kernel.ts";
import { plainDownAcross } from "../plainKernel.ts";
import { downAcross } from "./passes.ts";
import type { SimdMemory } from "./simdMemory.ts";

/** The pass down across rows with 128-bit vectors in WebAssembly, with the rules of `simdDownAlong`. */
export function simdDownAcross(shared: SimdMemory): Pick<DownPasses, "downAcross"> | undefined {
  const { memory, lanes, at, tapsAt, write } = shared;
  const passes = instantiate({ downAcross: downAcross(lanes) }, memory)?.functions;
  if (!passes) return undefined;
  const plain = plainDownAcross(shared.current);
  const width = lanes.bytes;
  return {
    downAcross(pass, across) {
      const { filters, source, lo, hi, count } = pass;
      const { inner, sourceStep, targetStep } = across;
      if (shared.isPlain(inner, filters.lo.length)) return plain.downAcross(pass, across);
      write(filters);
      passes.downAcross(
        at(source),
        width * sourceStep,
        width * inner,
        count,
        tapsAt,
        filters.lo.length,
        at(lo),
        at(hi),
        width * targetStep,
      );
    },
  };
}
