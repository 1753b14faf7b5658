import type { Lanes } from "../../../wasm/assembler.ts";
import { wasmMemory } from "../../../wasm/instantiate.ts";
import type { WasmMemory } from "../../../wasm/webAssembly.ts";
import type { FloatArray } from "../../arrays/floatArray.ts";
import type { FilterPair } from "../axisStep.ts";
import type { UpPass, WorkingMemory } from "../kernel.ts";
import { spares } from "../plainKernel.ts";
import { allPages, growTo, type NumberKind, page, slack } from "./memory.ts";

/**
 * Working memory that WebAssembly reads: taps in the first page, then the line buffers for even and odd samples, then the
 * heap. Arrays for which `mostPages` (4 GiB) or the machine's memory are not enough have their heap outside it.
 */
export interface SimdMemory extends WorkingMemory {
  readonly memory: WasmMemory;
  readonly lanes: Lanes;
  /** The heap of the last call of `heap`. */
  readonly current: () => FloatArray;
  /** Whether a pass of so many numbers beside one another, with so many taps, is one for the plain passes. */
  isPlain(numbers: number, taps: number): boolean;
  /** The address of an element of the heap. */
  at(element: number): number;
  /** The addresses of the taps, and of the buffers of a line's even and odd samples. */
  readonly tapsAt: number;
  readonly evenAt: number;
  oddAt(): number;
  /** Writes the taps of a pair of filters, as low, high, low, high, … */
  write(filters: FilterPair): void;
  /** Writes the taps of the two phases of a synthesis, one after the other. */
  writeBoth(phases: UpPass["phases"]): void;
}

/** Memory for a type of numbers; undefined if the platform has none for WebAssembly. */
export function simdMemory<A extends FloatArray>(
  kind: NumberKind<A>,
  mostPages = allPages,
): SimdMemory | undefined {
  const memory = wasmMemory(2);
  if (!memory) return undefined;
  const { lanes } = kind;
  const width = lanes.bytes;
  const perVector = 16 / width;
  const mostTaps = page / width / 2;
  const tapsAt = 0;
  let line = 0;
  let base = page;
  let heap = kind.view(memory.buffer, base, 0);
  let isInMemory = true;
  let taps = kind.view(memory.buffer, tapsAt, page / width);
  const lineBytes = () => slack + width * line;
  // Whose taps are in memory: programs repeat the same step.
  let written: FilterPair | UpPass["phases"] | undefined;
  const writeAt = ({ lo, hi }: FilterPair, from: number) => {
    for (let j = 0; j < lo.length; j++) {
      taps[from + 2 * j] = lo[j]!;
      taps[from + 2 * j + 1] = hi[j]!;
    }
  };
  return {
    ...{ memory, lanes, tapsAt },
    evenAt: page,
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
    current: () => heap,
    isPlain: (numbers, taps) => !isInMemory || numbers < perVector || taps > mostTaps,
    at: (element) => base + width * element,
    oddAt: () => page + lineBytes(),
    write(filters) {
      if (filters === written) return;
      writeAt(filters, 0);
      written = filters;
    },
    writeBoth(phases) {
      if (phases === written) return;
      const [even, odd] = phases;
      writeAt(even, 0);
      writeAt(odd, 2 * even.lo.length);
      written = phases;
    },
  };
}
