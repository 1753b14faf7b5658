import { instantiate } from "../../../wasm/instantiate.ts";
import type { FloatArray } from "../../arrays/floatArray.ts";
import type { FilterPair } from "../axisStep.ts";
import type { Kernel, UpPass } from "../kernel.ts";
import { plainPasses, spares } from "../plainKernel.ts";
import { allPages, growTo, type NumberKind, page, slack } from "./memory.ts";
import { downAcross, downAlong, upAcross, upAlong } from "./passes.ts";

/** Taps are in the first page. */
const tapsAt = 0;

/**
 * A kernel with 128-bit vectors in WebAssembly. Passes narrower than a vector use the plain kernel on the same heap, and so do
 * passes that do not fit: filters with more taps than a page holds, and arrays for which `mostPages` (4 GiB) or the machine's
 * memory are not enough. Sums have the type of the heap: in float64 they equal the plain kernel's bit for bit, in float32 they
 * are rounded after every step, as in PyWavelets. Undefined if the platform has no WebAssembly SIMD.
 */
export function simdKernel<A extends FloatArray>(
  kind: NumberKind<A>,
  mostPages = allPages,
): Kernel | undefined {
  const { lanes } = kind;
  const started = instantiate(
    {
      downAcross: downAcross(lanes),
      downAlong: downAlong(lanes),
      upAcross: upAcross(lanes),
      upAlong: upAlong(lanes),
    },
    2,
  );
  if (!started) return undefined;
  const { memory, functions: passes } = started;
  const width = lanes.bytes;
  const perVector = 16 / width;
  const mostTaps = page / width / 2;
  // The line buffers for even and odd samples follow the taps; the heap follows them.
  let line = 0;
  let base = page;
  let heap = kind.view(memory.buffer, base, 0);
  let isInMemory = true;
  let taps = kind.view(memory.buffer, tapsAt, page / width);
  const plain = plainPasses(() => heap);
  const lineBytes = () => slack + width * line;
  const isPlain = (numbers: number, taps: number) =>
    !isInMemory || numbers < perVector || taps > mostTaps;
  const at = (element: number) => base + width * element;
  // Whose taps are in memory: programs repeat the same step.
  let written: FilterPair | UpPass["phases"] | undefined;
  const writeAt = ({ lo, hi }: FilterPair, from: number) => {
    for (let j = 0; j < lo.length; j++) {
      taps[from + 2 * j] = lo[j]!;
      taps[from + 2 * j + 1] = hi[j]!;
    }
  };
  const write = (filters: FilterPair) => {
    if (filters === written) return;
    writeAt(filters, 0);
    written = filters;
  };
  const writeBoth = (phases: UpPass["phases"]) => {
    if (phases === written) return;
    const [even, odd] = phases;
    writeAt(even, 0);
    writeAt(odd, 2 * even.lo.length);
    written = phases;
  };
  return {
    heap(elements, longest) {
      // Nothing else resizes the memory.
      if (isInMemory && longest <= line && elements <= heap.length) return heap;
      line = Math.max(line, longest);
      base = page + 16 * Math.ceil((2 * lineBytes()) / 16);
      isInMemory = growTo(memory, base + width * elements + slack, mostPages);
      if (!isInMemory) {
        line = 0;
        heap = kind.make(elements);
        return heap;
      }
      if (heap.buffer !== memory.buffer || heap.byteOffset !== base || heap.length < elements) {
        heap = kind.view(memory.buffer, base, elements);
        taps = kind.view(memory.buffer, tapsAt, page / width);
      }
      return heap;
    },
    spare: spares(kind.make),
    downAcross(pass, across) {
      const { filters, source, lo, hi, count } = pass;
      const { inner, sourceStep, targetStep } = across;
      if (isPlain(inner, filters.lo.length)) return plain.downAcross(pass, across);
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
    downAlong(pass, along) {
      const { filters, source, lo, hi, count } = pass;
      const { lines, sourceHop, targetHop } = along;
      if (isPlain(count, filters.lo.length)) return plain.downAlong(pass, along);
      write(filters);
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
        page,
        page + lineBytes(),
      );
    },
    upAcross(pass, across) {
      const { phases, lo, hi, target, length } = pass;
      const { inner, sourceStep, targetStep } = across;
      const [even, odd] = phases;
      const half = even.lo.length;
      if (isPlain(inner, 2 * half)) return plain.upAcross(pass, across);
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
      if (isPlain(pairs, 2 * half)) return plain.upAlong(pass, along);
      writeBoth(phases);
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
