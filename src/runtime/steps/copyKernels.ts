import {
  add,
  atLeastUnsigned,
  type Code,
  constant,
  get,
  lessThan,
  loadInteger,
  loadVector,
  multiply,
  select,
  set,
  storeInteger,
  storeVector,
  trap,
  when,
  zeroVector,
} from "../../wasm/assembler.ts";
import { increase, type Kernel, numberBytes, until, vectorBytes } from "./kernel.ts";

/** Copies from an address until another one ends; both locals move. Vectors may copy more than was asked for. */
const copyUntil = (to: number, from: number, end: number, vectors: boolean): Code =>
  until(
    to,
    end,
    vectors
      ? storeVector(get(to), loadVector(get(from)))
      : storeInteger(get(to), loadInteger(get(from))),
    increase(to, vectors ? vectorBytes : numberBytes),
    increase(from, vectors ? vectorBytes : numberBytes),
  );

/**
 * `(result, x, table, end of the table, bytes of a run)`: runs of numbers, each from one place to another. The table has two
 * offsets in bytes for each: where it goes, and where it comes from. `vectors`: all runs are whole vectors.
 */
export function copyRuns(vectors: boolean): Kernel {
  const [result, x, table, tableEnd, bytes, to, from, end] = [0, 1, 2, 3, 4, 5, 6, 7];
  return {
    parameters: 5,
    integers: 3,
    vectors: 0,
    body: until(
      table,
      tableEnd,
      set(to, add(get(result), loadInteger(get(table)))),
      set(from, add(get(x), loadInteger(get(table), numberBytes))),
      set(end, add(get(to), get(bytes))),
      copyUntil(to, from, end, vectors),
      increase(table, 2 * numberBytes),
    ),
  };
}

/** `(result, end of the result)`: zeros. */
export function fillZeros(): Kernel {
  const [to, end] = [0, 1];
  return {
    parameters: 2,
    integers: 0,
    vectors: 0,
    body: until(to, end, storeVector(get(to), zeroVector), increase(to, vectorBytes)),
  };
}

/**
 * `(result, table, indices, end of the indices, bytes of a row, rows)`: rows of a table. Negative indices count from the end;
 * those outside the table end the program.
 */
export function gatherRows(): Kernel {
  const [result, table, indices, indicesEnd, bytes, rows, index, end, from, to] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  return {
    parameters: 6,
    integers: 4,
    vectors: 0,
    body: until(
      indices,
      indicesEnd,
      set(index, loadInteger(get(indices))),
      set(index, select(add(get(index), get(rows)), get(index), lessThan(get(index), constant(0)))),
      when(atLeastUnsigned(get(index), get(rows)), trap),
      set(from, add(get(table), multiply(get(index), get(bytes)))),
      set(to, get(result)),
      set(end, add(get(result), get(bytes))),
      copyUntil(to, from, end, true), // rows rise, so what is copied too much is written over
      set(result, get(end)),
      increase(indices, numberBytes),
    ),
  };
}
