import { instantiate } from "../../../wasm/instantiate.ts";
import type { UpPasses } from "../kernel.ts";
import { plainUp } from "../plainKernel.ts";
import { upPairs } from "./pairs.ts";
import { upAcross, upAlong } from "./passes.ts";
import type { SimdMemory } from "./simdMemory.ts";

/** Passes up with 128-bit vectors in WebAssembly, with the rules of `simdDown`. */
export function simdUp(shared: SimdMemory): UpPasses | undefined {
  const { memory, lanes, at, tapsAt, writeBoth } = shared;
  const functions = {
    ...{ upAcross: upAcross(lanes), upAlong: upAlong(lanes), upPairs: upPairs(lanes) },
  };
  const passes = instantiate(functions, memory)?.functions;
  if (!passes) return undefined;
  const plain = plainUp(shared.current);
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
    upAlong(pass, along) {
      const { phases, lo, hi, target, length } = pass;
      const { lines, sourceHop, targetHop } = along;
      const pairs = (length + 1) >> 1;
      const [even, odd] = phases;
      const half = even.lo.length;
      if (shared.isPlain(pairs, 2 * half)) return plain.upAlong(pass, along);
      writeBoth(phases);
      if (half === 1 && even.base === odd.base) {
        const sizes = [width * sourceHop, lines, pairs, tapsAt] as const;
        const [low, high] = [at(lo + even.base), at(hi + even.base)];
        passes.upPairs(low, high, ...sizes, at(target), width * targetHop);
        return;
      }
      passes.upAlong(
        at(lo),
        at(hi),
        width * sourceHop,
        lines,
        pairs,
        tapsAt,
        half,
        even.base,
        odd.base,
        at(target),
        width * targetHop,
      );
    },
  };
}
