import { doubles, type Lanes, singles } from "../../../wasm/assembler.ts";
import type { WasmMemory } from "../../../wasm/webAssembly.ts";
import type { FloatArray } from "../../arrays/floatArray.ts";

/** Bytes of a page of memory. */
export const page = 65_536;
/** The number of pages that 32-bit addresses reach. */
export const allPages = 65_536;
/** Vectors can be read up to this many bytes beyond the data. */
export const slack = 256;

/** How numbers of one type are stored in memory. */
export interface NumberKind<A extends FloatArray> {
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

/** Whether a memory has this many bytes or could grow to them. */
export function growTo(memory: WasmMemory, bytes: number, mostPages: number): boolean {
  const held = memory.buffer.byteLength / page;
  const needed = Math.ceil(bytes / page);
  if (needed <= held) return true;
  if (needed > mostPages) return false;
  try {
    memory.grow(needed - held);
    return true;
  } catch {
    return false; // out of memory
  }
}
