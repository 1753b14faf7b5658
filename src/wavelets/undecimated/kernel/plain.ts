import type { FloatArray } from "../../arrays/floatArray.ts";
import type { LinePass, ShiftKernel, TapPairs, Taps } from "./kernel.ts";

/** A kernel in plain TypeScript. Sums are float64, whatever the type of the heap. */
export function plainShiftKernel<A extends FloatArray>(make: (length: number) => A): ShiftKernel {
  let heap = make(0);
  return {
    heap(elements) {
      if (heap.length < elements) heap = make(elements);
      return heap;
    },
    ...plainShifts(() => heap),
  };
}

/** The passes of a kernel on a heap. */
export function plainShifts(heapOf: () => FloatArray): Omit<ShiftKernel, "heap"> {
  const filter = ({ shifts, weights }: Taps, pass: LinePass, target: number) => {
    const heap = heapOf();
    const { source, count, lines, sourceHop, targetHop } = pass;
    for (let line = 0; line < lines; line++) {
      const from = source + line * sourceHop;
      const to = target + line * targetHop;
      for (let n = 0; n < count; n++) {
        let sum = 0;
        for (let j = 0; j < shifts.length; j++) sum += weights[j]! * heap[from + n + shifts[j]!]!;
        heap[to + n] = sum;
      }
    }
  };
  return {
    filter,
    filterBoth({ shifts, low, high }: TapPairs, pass, lo, hi) {
      filter({ shifts, weights: low }, pass, lo);
      filter({ shifts, weights: high }, pass, hi);
    },
  };
}
