import type { FloatArray } from "../arrays/floatArray.ts";
import type {
  Across,
  Along,
  DownPass,
  DownPasses,
  UpPass,
  UpPasses,
  WorkingMemory,
} from "./kernel.ts";

/** Working memory in plain TypeScript. Its kernels compute sums in float64, also of a float32 heap. */
export interface PlainMemory extends WorkingMemory {
  /** The heap of the last call of `heap`. */
  readonly current: () => FloatArray;
}

/** An empty working memory of arrays that `make` makes. */
export function plainMemory<A extends FloatArray>(make: (length: number) => A): PlainMemory {
  let heap = make(0);
  return {
    heap(elements) {
      if (heap.length < elements) heap = make(elements);
      return heap;
    },
    spare: spares(make),
    current: () => heap,
  };
}

/** Numbered arrays that are kept and grow. */
export function spares<A extends FloatArray>(make: (length: number) => A) {
  const arrays: A[] = [];
  return (which: number, elements: number): A => {
    const known = arrays[which] ?? make(0);
    const array = known.length < elements ? make(elements) : known;
    arrays[which] = array;
    return array.subarray(0, elements) as A;
  };
}

/** The pass down across rows of a heap. */
export function plainDownAcross(heapOf: () => FloatArray): Pick<DownPasses, "downAcross"> {
  return {
    downAcross(
      { filters, source, lo, hi, count }: DownPass,
      { inner, sourceStep, targetStep }: Across,
    ) {
      const heap = heapOf();
      const { lo: low, hi: high } = filters;
      const f = low.length;
      for (let k = 0; k < count; k++) {
        const last = source + (2 * k + f - 1) * sourceStep;
        const to = k * targetStep;
        for (let i = 0; i < inner; i++) {
          let l = 0;
          let h = 0;
          for (let j = 0, at = last + i; j < f; j++, at -= sourceStep) {
            const sample = heap[at]!;
            l += low[j]! * sample;
            h += high[j]! * sample;
          }
          heap[lo + to + i] = l;
          heap[hi + to + i] = h;
        }
      }
    },
  };
}

/** The pass down along lines of a heap. */
export function plainDownAlong(heapOf: () => FloatArray): Pick<DownPasses, "downAlong"> {
  return {
    downAlong({ filters, source, lo, hi, count }: DownPass, along: Along) {
      const heap = heapOf();
      const { lo: low, hi: high } = filters;
      const f = low.length;
      for (let line = 0; line < along.lines; line++) {
        const last = source + line * along.sourceHop + f - 1;
        const to = line * along.targetHop;
        for (let k = 0; k < count; k++) {
          let l = 0;
          let h = 0;
          for (let j = 0, at = last + 2 * k; j < f; j++, at--) {
            const sample = heap[at]!;
            l += low[j]! * sample;
            h += high[j]! * sample;
          }
          heap[lo + to + k] = l;
          heap[hi + to + k] = h;
        }
      }
    },
  };
}

/** The pass up across rows of a heap. */
export function plainUpAcross(heapOf: () => FloatArray): Pick<UpPasses, "upAcross"> {
  return {
    upAcross({ phases, lo, hi, target, length }: UpPass, across: Across) {
      const heap = heapOf();
      const { inner, sourceStep, targetStep } = across;
      for (let n = 0; n < length; n++) {
        const { lo: low, hi: high, base } = phases[n & 1]!;
        const from = ((n >> 1) + base) * sourceStep;
        for (let i = 0; i < inner; i++) {
          let l = 0;
          let h = 0;
          for (let m = 0, at = from + i; m < low.length; m++, at -= sourceStep) {
            l += low[m]! * heap[lo + at]!;
            h += high[m]! * heap[hi + at]!;
          }
          heap[target + n * targetStep + i] = l + h;
        }
      }
    },
  };
}

/** The pass up along lines of a heap. */
export function plainUpAlong(heapOf: () => FloatArray): Pick<UpPasses, "upAlong"> {
  return {
    upAlong({ phases, lo, hi, target, length }: UpPass, along: Along) {
      const heap = heapOf();
      for (let line = 0; line < along.lines; line++) {
        const from = line * along.sourceHop;
        const to = target + line * along.targetHop;
        for (let n = 0; n < length; n++) {
          const { lo: low, hi: high, base } = phases[n & 1]!;
          let l = 0;
          let h = 0;
          for (let m = 0, at = from + (n >> 1) + base; m < low.length; m++, at--) {
            l += low[m]! * heap[lo + at]!;
            h += high[m]! * heap[hi + at]!;
          }
          heap[to + n] = l + h;
        }
      }
    },
  };
}
