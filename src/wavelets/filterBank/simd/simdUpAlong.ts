import { instantiate } from "../../../wasm/instantiate.ts";
import type { UpPasses } from "../kernel.ts";
import { plainUpAlong } from "../plainKernel.ts";
import { upPairs } from "./pairs.ts";
import { upAlong, upTogether } from "./passes.ts";
import type { SimdMemory } from "./simdMemory.ts";

/** The pass up along lines with 128-bit vectors in WebAssembly, with the rules of `simdDownAlong`. */
export function simdUpAlong(shared: SimdMemory): Pick<UpPasses, "upAlong"> | undefined {
  const { memory, lanes, at, tapsAt, writeBoth } = shared;
  const functions = {
    upAlong: upAlong(lanes),
    upPairs: upPairs(lanes),
    upTogether: upTogether(lanes),
  };
  const passes = instantiate(functions, memory)?.functions;
  if (!passes) return undefined;
  const plain = plainUpAlong(shared.current);
  const width = lanes.bytes;
  return {
    upAlong(pass, along) {
      const { phases, lo, hi, target, length } = pass;
      const { lines, sourceHop, targetHop } = along;
      const pairs = (length + 1) >> 1;
      const [even, odd] = phases;
      const half = even.lo.length;
      if (shared.isPlain(pairs, 2 * half)) return plain.upAlong(pass, along);
      writeBoth(phases);
      if (even.base === odd.base) {
        const [low, high] = [at(lo + even.base), at(hi + even.base)];
        const [hop, to, toHop] = [width * sourceHop, at(target), width * targetHop];
        // No spread arguments: they take longer than a short pass.
        if (half === 1) passes.upPairs(low, high, hop, lines, pairs, tapsAt, to, toHop);
        else passes.upTogether(low, high, hop, lines, pairs, tapsAt, half, to, toHop);
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
