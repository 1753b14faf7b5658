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
  // Memory can be exhausted.
  return orUndefined(() => webAssembly && new webAssembly.Memory({ initial: pages }));
}

/**
 * Assembles functions, by name, that share a memory: one that exists, or a new one of so many pages of 64 KiB. Undefined where
 * the platform has no WebAssembly with
 * vectors, where a page forbids to compile it, or where there is no memory.
 */
export const instantiate = <Name extends string>(
  functions: Readonly<Record<Name, Omit<AssembledFunction, "name">>>,
  pages: number | WasmMemory,
): WasmFunctions<Name> | undefined => compileFunctions(functions)?.(pages);

/** The same, compiled once for memories one after another. */
export function compileFunctions<Name extends string>(
  functions: Readonly<Record<Name, Omit<AssembledFunction, "name">>>,
): ((pages: number | WasmMemory) => WasmFunctions<Name> | undefined) | undefined {
  const named = Object.entries<Omit<AssembledFunction, "name">>(functions);
  const bytes = assemble(named.map(([name, code]) => ({ ...code, name })));
  if (!webAssembly?.validate(bytes)) return undefined;
  const { Instance, Module } = webAssembly;
  // A Content-Security-Policy can forbid compiling.
  const module = orUndefined(() => new Module(bytes));
  if (!module) return undefined;
  return (pages) => {
    const memory = typeof pages === "number" ? wasmMemory(pages) : pages;
    const instance = memory && orUndefined(() => new Instance(module, { host: { memory } }));
    if (!instance) return undefined;
    return { memory, functions: instance.exports as WasmFunctions<Name>["functions"] }; // the names of the assembled functions
  };
}

function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
