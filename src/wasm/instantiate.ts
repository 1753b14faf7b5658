import { type AssembledFunction, assemble } from "./assembler.ts";
import { type WasmMemory, webAssembly } from "./webAssembly.ts";

/** Functions of WebAssembly, by name, and the memory that they share. */
export interface WasmFunctions<Name extends string> {
  readonly memory: WasmMemory;
  /** Each gives its result if it returns one. */
  readonly functions: Readonly<Record<Name, (...integers: number[]) => number | undefined>>;
}

/** A memory of so many pages of 64 KiB; undefined where the platform has none. */
export function wasmMemory(pages: number): WasmMemory | undefined {
  try {
    return webAssembly && new webAssembly.Memory({ initial: pages });
  } catch {
    return undefined; // memory can be exhausted
  }
}

/**
 * Assembles functions, by name, that share a memory: one that exists, or a new one of so many pages of 64 KiB. Undefined where
 * the platform has no WebAssembly with
 * vectors, where a page forbids to compile it, or where there is no memory.
 */
export function instantiate<Name extends string>(
  functions: Readonly<Record<Name, Omit<AssembledFunction, "name">>>,
  pages: number | WasmMemory,
): WasmFunctions<Name> | undefined {
  const named = Object.entries<Omit<AssembledFunction, "name">>(functions);
  const bytes = assemble(named.map(([name, code]) => ({ ...code, name })));
  if (!webAssembly?.validate(bytes)) return undefined;
  const { Instance, Module } = webAssembly;
  const memory = typeof pages === "number" ? wasmMemory(pages) : pages;
  if (!memory) return undefined;
  try {
    const { exports } = new Instance(new Module(bytes), { host: { memory } });
    return { memory, functions: exports as WasmFunctions<Name>["functions"] }; // the names of the assembled functions
  } catch {
    return undefined; // a Content-Security-Policy can forbid compiling
  }
}
