import { type AssembledFunction, assemble } from "./assembler.ts";
import { type WasmMemory, webAssembly } from "./webAssembly.ts";

/** Functions of WebAssembly, by name, and the memory that they share. */
export interface WasmFunctions<Name extends string> {
  readonly memory: WasmMemory;
  /** Each gives its result if it returns one. */
  readonly functions: Readonly<Record<Name, (...integers: number[]) => number | undefined>>;
}

/**
 * Assembles functions, by name, that share a new memory of so many pages of 64 KiB. Undefined where the platform has no WebAssembly with
 * vectors, where a page forbids to compile it, or where there is no memory.
 */
export function instantiate<Name extends string>(
  functions: Readonly<Record<Name, Omit<AssembledFunction, "name">>>,
  pages: number,
): WasmFunctions<Name> | undefined {
  const named = Object.entries<Omit<AssembledFunction, "name">>(functions);
  const bytes = assemble(named.map(([name, code]) => ({ ...code, name })));
  if (!webAssembly?.validate(bytes)) return undefined;
  const { Instance, Memory, Module } = webAssembly;
  try {
    const memory = new Memory({ initial: pages });
    const { exports } = new Instance(new Module(bytes), { host: { memory } });
    return { memory, functions: exports as WasmFunctions<Name>["functions"] }; // the names of the assembled functions
  } catch {
    return undefined; // a Content-Security-Policy can forbid compiling, and memory can be exhausted
  }
}
