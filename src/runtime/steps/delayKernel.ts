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
import { increase, type Kernel, numberBytes, range, until, vectorBytes } from "./kernel.ts";
import { mostFed } from "./program.ts";

/**
 * Rows of the memory of a delay. It holds the positions that are fed together beside those it looks back to, so that all of them may be
 * written before one is read, and a place before the start is never written.
 */
export const ringRows = (longest: number): number => longest + mostFed;

export const ringBytes = (width: number, longest: number): number =>
  ringRows(longest) * width * numberBytes;

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

/** Numbers that are copied at a time into a row of so many: no more than there are, since another row follows. */
const unitOfRow = (width: number): number => [16, 4].find((unit) => width % unit === 0) ?? 1;

/**
 * The same out of rows. Vectors may copy more than a run has: runs come in their order, so that the next one is written over it, and
 * behind the last of a result there is room for a vector.
 */
export const unitOfRuns = (runs: readonly LagRun[]): number =>
  runs.every((run) => run.start % 16 === 0 && run.width % 16 === 0) ? 16 : 4;

export interface Delay {
  /** Features of a row. */
  readonly width: number;
  /** The greatest lag of all that read the ring. */
  readonly longest: number;
  /** What {@link unitOfRuns} says. */
  readonly unit: number;
  /** Whether `x` must be put into the ring, or another delay has done so. */
  readonly writes: boolean;
}

/**
 * `(result, x, ring, position, table, end of the table)`: puts `x` into a ring of the last rows and takes from it
 * each run of features as it was some positions ago. The table has three numbers for a run: its lag, where it starts in a row,
 * and its length, both in bytes.
 */
export function delayRow({ width, longest, unit, writes }: Delay): Kernel {
  const [result, x, ring, position, table, tableEnd, slot, to, from, end] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  const rowBytes = width * numberBytes;
  const column = (i: number) => loadInteger(get(table), i * numberBytes);
  const rows = ringRows(longest);
  const copy = (unit: number): Code =>
    until(
      to,
      end,
      ...(unit === 1
        ? [storeInteger(get(to), loadInteger(get(from)))]
        : range(unit / 4).map((i) =>
            storeVector(get(to), loadVector(get(from), vectorBytes * i), vectorBytes * i),
          )),
      increase(to, unit * numberBytes),
      increase(from, unit * numberBytes),
    );
  const write: Code = [
    ...set(to, add(get(ring), multiply(get(slot), constant(rowBytes)))),
    ...set(end, add(get(to), constant(rowBytes))),
    ...set(from, get(x)),
    ...copy(unitOfRow(width)),
  ];
  return {
    parameters: 6,
    integers: 4,
    vectors: 0,
    body: [
      ...set(slot, remainder(get(position), constant(rows))),
      ...(writes ? write : []),
      ...until(
        table,
        tableEnd,
        set(from, subtract(get(slot), column(0))),
        set(
          from,
          add(get(from), select(constant(rows), constant(0), lessThan(get(from), constant(0)))),
        ),
        set(from, add(add(get(ring), multiply(get(from), constant(rowBytes))), column(1))),
        set(to, add(get(result), column(1))),
        set(end, add(get(to), column(2))),
        copy(unit),
        increase(table, 3 * numberBytes),
      ),
    ],
  };
}
