import { instantiate } from "../../../wasm/instantiate.ts";
import type { DownPasses } from "../kernel.ts";
import { plainDownAlong } from "../plainKernel.ts";
import { downPairs } from "./pairs.ts";
import { downAlong } from "./passes.ts";
import type { SimdMemory } from "./simdMemory.ts";

/**
 * The pass down along lines with 128-bit vectors in WebAssembly. Lines shorter than a vector use the plain pass on the same heap, and
 * so do passes that do not fit: filters with more taps than a page holds, and arrays that are not in WebAssembly's memory. Sums
 * have the type of the heap: in float64 they equal the plain ones bit for bit, in float32 they are rounded after every step, as in
 * PyWavelets. Undefined if the platform has no WebAssembly SIMD.
 */
export function simdDownAlong(shared: SimdMemory): Pick<DownPasses, "downAlong"> | undefined {
  const { memory, lanes, at, tapsAt, evenAt, oddAt, write } = shared;
  const functions = { downAlong: downAlong(lanes), downPairs: downPairs(lanes) };
  const passes = instantiate(functions, memory)?.functions;
  if (!passes) return undefined;
  const plain = plainDownAlong(shared.current);
  const width = lanes.bytes;
  return {
    downAlong(pass, along) {
      const { filters, source, lo, hi, count } = pass;
      const { lines, sourceHop, targetHop } = along;
      if (shared.isPlain(count, filters.lo.length)) return plain.downAlong(pass, along);
      write(filters);
      if (filters.lo.length === 2) {
        const [hop, toHop] = [width * sourceHop, width * targetHop];
        passes.downPairs(at(source), hop, lines, count, tapsAt, at(lo), at(hi), toHop);
        return;
      }
      passes.downAlong(
        at(source),
        width * sourceHop,
        lines,
        count,
        tapsAt,
        filters.lo.length / 2,
        at(lo),
        at(hi),
        width * targetHop,
        evenAt,
        oddAt(),
      );
    },
  };
}
