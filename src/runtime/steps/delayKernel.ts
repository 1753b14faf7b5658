import {
  add,
  type Code,
  constant,
  get,
  lessThan,
  loadInteger,
  loadVector,
  multiply,
  remainder,
  select,
  set,
  storeInteger,
  storeVector,
  subtract,
} from "../../wasm/assembler.ts";
import { increase, type Kernel, numberBytes, until, vectorBytes } from "./kernel.ts";

/** Bytes of the memory of a delay: one row more than it looks back, so that a place before the start is never written. */
export const ringBytes = (width: number, longest: number): number =>
  (longest + 1) * width * numberBytes;

/** Neighboring features that come from the same number of positions ago. */
export interface LagRun {
  readonly lag: number;
  readonly start: number;
  readonly width: number;
}

/** The lags of `width` features, which repeat `lags`, as runs of equal ones. */
export function lagRuns(lags: readonly number[], width: number): readonly LagRun[] {
  const runs: LagRun[] = [];
  for (let i = 0; i < width; i++) {
    const lag = lags[i % lags.length]!; // rows of as many features as lags
    const last = runs.at(-1);
    if (last?.lag === lag) runs[runs.length - 1] = { ...last, width: last.width + 1 };
    else runs.push({ lag, start: i, width: 1 });
  }
  return runs;
}

/** Whether whole vectors can be copied: rows and runs begin and end at the borders of vectors. */
export const areVectors = (runs: readonly LagRun[], width: number): boolean =>
  [width, ...runs.flatMap((run) => [run.start, run.width])].every((count) => count % 4 === 0);

/**
 * `(result, x, ring, position, table, end of the table)`: puts `x` into a ring of the last `longest + 1` rows and takes from it
 * each run of features as it was some positions ago. The table has three numbers for a run: its lag, where it starts in a row,
 * and its length, both in bytes. `vectors`: what {@link areVectors} says.
 */
export function delayRow(width: number, longest: number, vectors: boolean): Kernel {
  const [result, x, ring, position, table, tableEnd, slot, to, from, end] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  const rowBytes = width * numberBytes;
  const column = (i: number) => loadInteger(get(table), i * numberBytes);
  const bytes = vectors ? vectorBytes : numberBytes;
  const copy = (): Code =>
    until(
      to,
      end,
      vectors
        ? storeVector(get(to), loadVector(get(from)))
        : storeInteger(get(to), loadInteger(get(from))),
      increase(to, bytes),
      increase(from, bytes),
    );
  return {
    parameters: 6,
    integers: 4,
    vectors: 0,
    body: [
      ...set(slot, remainder(get(position), constant(longest + 1))),
      ...set(to, add(get(ring), multiply(get(slot), constant(rowBytes)))),
      ...set(end, add(get(to), constant(rowBytes))),
      ...set(from, get(x)),
      ...copy(),
      ...until(
        table,
        tableEnd,
        set(from, subtract(get(slot), column(0))),
        set(
          from,
          add(
            get(from),
            select(constant(longest + 1), constant(0), lessThan(get(from), constant(0))),
          ),
        ),
        set(from, add(add(get(ring), multiply(get(from), constant(rowBytes))), column(1))),
        set(to, add(get(result), column(1))),
        set(end, add(get(to), column(2))),
        copy(),
        increase(table, 3 * numberBytes),
      ),
    ],
  };
}
