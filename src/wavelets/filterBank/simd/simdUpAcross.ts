import { instantiate } from "../../../wasm/instantiate.ts";
import type { UpPasses } from "../kernel.ts";
import { plainUpAcross } from "../plainKernel.ts";
import { upAcross } from "./passes.ts";
import type { SimdMemory } from "./simdMemory.ts";

/** The pass up across rows with 128-bit vectors in WebAssembly, with the rules of `simdDownAlong`. */
export function simdUpAcross(shared: SimdMemory): Pick<UpPasses, "upAcross"> | undefined {
  const { memory, lanes, at, tapsAt, writeBoth } = shared;
  const functions = { upAcross: upAcross(lanes) };
  const passes = instantiate(functions, memory)?.functions;
  if (!passes) return undefined;
  const plain = plainUpAcross(shared.current);
  const width = lanes.bytes;
  return {
    upAcross(pass, across) {
      const { phases, lo, hi, target, length } = pass;
      const { inner, sourceStep, targetStep } = across;
      const [even, odd] = phases;
      const half = even.lo.length;
      if (shared.isPlain(inner, 2 * half)) return plain.upAcross(pass, across);
      writeBoth(phases);
      passes.upAcross(
        at(lo),
        at(hi),
        width * sourceStep,
        width * inner,
        length,
        tapsAt,
        half,
        even.base,
        odd.base,
        at(target),
        width * targetStep,
      );
    },
  };
}
