import { instantiate } from "../../../wasm/instantiate.ts";
import type { FloatArray } from "../../arrays/floatArray.ts";
import { allPages, growTo, type NumberKind, page, slack } from "../../filterBank/simd/memory.ts";
import type { ShiftKernel, TapPairs, Taps } from "./kernel.ts";
import { filter, filterBoth, tapBytes, weightAt } from "./passes.ts";
import { plainShifts } from "./plain.ts";

/**
 * A kernel with 128-bit vectors in WebAssembly. Lines shorter than a vector, filters with more taps than a page holds and heaps
 * for which `mostPages` (4 GiB) or the machine's memory are not enough use the plain kernel. Sums have the type of the heap: in
 * float64 they equal the plain kernel's bit for bit, in float32 they are rounded after every step, as in PyWavelets. Undefined
 * if the platform has no WebAssembly SIMD.
 */
export function simdShiftKernel<A extends FloatArray>(
  kind: NumberKind<A>,
  mostPages = allPages,
): ShiftKernel | undefined {
  const { lanes } = kind;
  const started = instantiate({ filter: filter(lanes), filterBoth: filterBoth(lanes) }, 2);
  if (!started) return undefined;
  const { memory, functions } = started;
  const width = lanes.bytes;
  const perVector = 16 / width;
  const mostTaps = Math.floor(page / tapBytes);
  let heap = kind.view(memory.buffer, page, 0);
  let isInMemory = true;
  // The taps are in the first page; the heap follows.
  let shiftsOf = new Int32Array(memory.buffer, 0, page / 4);
  let weightsOf = kind.view(memory.buffer, 0, page / width);
  const plain = plainShifts(() => heap);
  const isPlain = (count: number, taps: number) =>
    !isInMemory || count < perVector || taps > mostTaps;
  const at = (element: number) => page + width * element;
  // Whose taps are in memory: a transform repeats them for each block.
  let written: Taps | TapPairs | undefined;
  const write = (taps: Taps | TapPairs): number => {
    const { shifts } = taps;
    if (taps !== written) {
      const weights = "weights" in taps ? [taps.weights] : [taps.low, taps.high];
      for (let j = 0; j < shifts.length; j++) {
        shiftsOf[(j * tapBytes) / 4] = width * shifts[j]!;
        const first = (j * tapBytes + weightAt) / width;
        for (let k = 0; k < weights.length; k++) weightsOf[first + k] = weights[k]![j]!;
      }
      written = taps;
    }
    return shifts.length * tapBytes;
  };
  return {
    heap(elements) {
      if (isInMemory && elements <= heap.length) return heap; // nothing else resizes the memory
      isInMemory = growTo(memory, page + width * elements + slack, mostPages);
      if (!isInMemory) {
        heap = kind.make(elements);
      } else if (heap.buffer !== memory.buffer || heap.length < elements) {
        heap = kind.view(memory.buffer, page, elements);
        shiftsOf = new Int32Array(memory.buffer, 0, page / 4);
        weightsOf = kind.view(memory.buffer, 0, page / width);
      }
      return heap;
    },
    filter(taps, pass, target) {
      const { source, count, lines, sourceHop, targetHop } = pass;
      if (isPlain(count, taps.shifts.length)) return plain.filter(taps, pass, target);
      functions.filter(
        at(source),
        width * sourceHop,
        lines,
        width * count,
        0,
        write(taps),
        at(target),
        0,
        width * targetHop,
      );
    },
    filterBoth(taps, pass, low, high) {
      const { source, count, lines, sourceHop, targetHop } = pass;
      if (isPlain(count, taps.shifts.length)) return plain.filterBoth(taps, pass, low, high);
      functions.filterBoth(
        at(source),
        width * sourceHop,
        lines,
        width * count,
        0,
        write(taps),
        at(low),
        at(high),
        width * targetHop,
      );
    },
  };
}
