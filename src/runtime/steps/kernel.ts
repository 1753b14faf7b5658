import {
  type AssembledFunction,
  add,
  type Code,
  constant,
  get,
  lessThan,
  loop,
  set,
} from "../../wasm/assembler.ts";
import { floats } from "../../wasm/floats.ts";

/** A function of the program: it takes addresses and counts, and returns nothing. */
export type Kernel = Omit<AssembledFunction, "name" | "returns">;

/** Vectors of one float that is known beforehand. */
export type Constants = (value: number) => Code;

/**
 * A kernel whose constants are made once and kept in locals, since V8 puts a vector together from its bytes wherever it stands.
 * `write` is given them and returns the kernel without them.
 */
export function withConstants(write: (constants: Constants) => Kernel): Kernel {
  const values: number[] = [];
  const collect = (first: number) =>
    write((value) => {
      if (!values.some((known) => Object.is(known, value))) values.push(value);
      return get(first + values.findIndex((known) => Object.is(known, value)));
    });
  // Locals of constants come after all others, whose number is known only when the kernel has been written once.
  const { parameters, integers, vectors } = collect(0);
  const first = parameters + integers + vectors;
  const { body } = collect(first);
  return {
    ...{ parameters, integers, vectors: vectors + values.length },
    body: [...values.flatMap((value, i) => set(first + i, floats(value))), ...body],
  };
}

/** Bytes of a number, and of a vector of four. */
export const numberBytes = 4;
export const vectorBytes = 16;

export const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i);

/** Moves a local on. */
export const increase = (local: number, by: number | Code): Code =>
  set(local, add(get(local), typeof by === "number" ? constant(by) : by));

/** Runs the body while a local has not come to the value of another one. */
export const until = (local: number, end: number, ...body: readonly Code[]): Code =>
  loop(lessThan(get(local), get(end)), ...body);
