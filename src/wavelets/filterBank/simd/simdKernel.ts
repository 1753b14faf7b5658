import type { FloatArray } from "../../arrays/floatArray.ts";
import type { FilterPair } from "../axisStep.ts";
import type { Kernel, UpPass } from "../kernel.ts";
import { plainPasses, spares } from "../plainKernel.ts";
import { assemble, doubles, type Lanes, singles } from "./assembler.ts";
import { downAcross, downAlong, upAcross, upAlong } from "./passes.ts";
import { type WasmMemory, webAssembly } from "./webAssembly.ts";

/** Bytes of a page of memory. */
const page = 65_536;
/** Pages that addresses of 32 bits reach. */
const allPages = 65_536;
/** Where taps stand: the first page. */
const tapsAt = 0;
/** Vectors may be read this many bytes beyond what they are needed for. */
const slack = 256;

type Pass = (...integers: number[]) => void;
interface Passes {
  readonly downAcross: Pass;
  readonly downAlong: Pass;
  readonly upAcross: Pass;
  readonly upAlong: Pass;
}

/** How numbers of one kind stand in a memory. */
interface NumberKind<A extends FloatArray> {
  readonly lanes: Lanes;
  view(buffer: ArrayBuffer, byte: number, length: number): A;
  make(length: number): A;
}

export const singleKind: NumberKind<Float32Array> = {
  lanes: singles,
  view: (buffer, byte, length) => new Float32Array(buffer, byte, length),
  make: (length) => new Float32Array(length),
};

export const doubleKind: NumberKind<Float64Array> = {
  lanes: doubles,
  view: (buffer, byte, length) => new Float64Array(buffer, byte, length),
  make: (length) => new Float64Array(length),
};

/**
 * A kernel of 128-bit vectors in WebAssembly. What is narrower than a vector is left to the plain kernel, on the same heap, and so
 * is what finds no room: filters of more taps than a page holds, and arrays for which a memory of `mostPages` (4 GiB) or the
 * machine has not enough. Sums are of the numbers of the heap: those of float64 are the plain kernel's bit for bit, those of
 * float32 are rounded after every step, as PyWavelets' are. Undefined where the machine has no such vectors.
 */
export function simdKernel<A extends FloatArray>(
  kind: NumberKind<A>,
  mostPages = allPages,
): Kernel | undefined {
  const { lanes } = kind;
  const started = start(lanes);
  if (!started) return undefined;
  const { memory, passes } = started;
  const width = lanes.bytes;
  const perVector = 16 / width;
  const mostTaps = page / width / 2;
  // Line buffers for even and odd samples stand behind the taps, the heap behind them.
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
  const write = (filters: FilterPair, from: number) => {
    filters.lo.forEach((tap, j) => {
      taps[from + 2 * j] = tap;
      taps[from + 2 * j + 1] = filters.hi[j]!; // as long
    });
  };
  const writeBoth = ([even, odd]: UpPass["phases"]) => {
    write(even, 0);
    write(odd, 2 * even.lo.length);
  };
  return {
    heap(elements, longest) {
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
      write(filters, 0);
      passes.downAcross(
        ...[at(source), width * sourceStep, width * inner, count, tapsAt, filters.lo.length],
        ...[at(lo), at(hi), width * targetStep],
      );
    },
    downAlong(pass, along) {
      const { filters, source, lo, hi, count } = pass;
      const { lines, sourceHop, targetHop } = along;
      if (isPlain(count, filters.lo.length)) return plain.downAlong(pass, along);
      write(filters, 0);
      passes.downAlong(
        ...[at(source), width * sourceHop, lines, count, tapsAt, filters.lo.length / 2],
        ...[at(lo), at(hi), width * targetHop, page, page + lineBytes()],
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
        ...[at(lo), at(hi), width * sourceStep, width * inner, length, tapsAt, half],
        ...[even.base, odd.base, at(target), width * targetStep],
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
        ...[at(lo), at(hi), width * sourceHop, lines, pairs, tapsAt, half],
        ...[even.base, odd.base, at(target), width * targetHop],
      );
    },
  };
}

/** The passes, and the memory that they work in. */
function start(lanes: Lanes): { readonly memory: WasmMemory; readonly passes: Passes } | undefined {
  const bytes = assemble([downAcross, downAlong, upAcross, upAlong].map((pass) => pass(lanes)));
  if (!webAssembly?.validate(bytes)) return undefined;
  const { Instance, Memory, Module } = webAssembly;
  try {
    const memory = new Memory({ initial: 2 });
    const { exports } = new Instance(new Module(bytes), { host: { memory } });
    return { memory, passes: exports as Passes }; // the names of what was assembled
  } catch {
    return undefined; // a page may forbid compiling (its Content-Security-Policy), or have no memory left
  }
}

/** Whether a memory has, or could be given, so many bytes. */
function growTo(memory: WasmMemory, bytes: number, mostPages: number): boolean {
  const held = memory.buffer.byteLength / page;
  const needed = Math.ceil(bytes / page);
  if (needed <= held) return true;
  if (needed > mostPages) return false;
  try {
    memory.grow(needed - held);
    return true;
  } catch {
    return false; // the machine has no more
  }
}
