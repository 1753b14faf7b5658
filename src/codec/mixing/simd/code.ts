import {
  add,
  and,
  type Code,
  constant,
  get,
  greatestIntegers,
  integers,
  leastIntegers,
  lessThan,
  loadInteger,
  loadUnsignedShort,
  select,
  set,
  shiftLeft,
  storeInteger,
} from "../../../wasm/assembler.ts";
import { setCount } from "../mixing.ts";
import { at, lanes, touchedLimit } from "./layout.ts";

/* Pieces of code that `predict` and `update` share. */

export const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i);

export const increase = (local: number, by: Code): Code => set(local, add(get(local), by));

/** The integer at a fixed address. */
export const load = (address: number): Code => loadInteger(constant(0), address);
export const store = (address: number, value: Code): Code =>
  storeInteger(constant(0), value, address);

/** Brings a local within limits. */
export const clamp = (local: number, least: number, most: number): Code => [
  ...set(local, select(constant(least), get(local), lessThan(get(local), constant(least)))),
  ...set(local, select(constant(most), get(local), lessThan(constant(most), get(local)))),
];
export const clampIntegers = (value: Code, least: number, most: number): Code =>
  leastIntegers(greatestIntegers(value, four(least)), four(most));

/** A vector of one integer that is known beforehand. */
export const four = (n: number): Code => integers(n, n, n, n);

/** The probability of a stretched value. */
export const squash = (value: Code): Code =>
  loadUnsignedShort(shiftLeft(add(value, constant(2048)), 1), at.squash);

/** The group's sets of weights, up to four. */
export const setsOf = (group: number): readonly number[] =>
  range(lanes)
    .map((lane) => lanes * group + lane)
    .filter((s) => s < setCount);

/** Lists an address if its word was 0; `end`, a local, is where the list ends. It goes on to its limit. */
export const remember = (end: number, address: Code, wasZero: Code): Code => [
  ...storeInteger(get(end), address),
  ...increase(
    end,
    shiftLeft(and(wasZero, lessThan(get(end), constant(at.touched + 4 * touchedLimit))), 2),
  ),
];
