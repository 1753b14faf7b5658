import { type Source, sameShape, sizeOf, type Tensor } from "../../graph/index.ts";
import { attend, regionsOf, remember, scoreBytes } from "./attentionKernel.ts";
import { delayRow, lagRuns, ringBytes, ringRows, unitOfRuns } from "./delayKernel.ts";
import { type Held, laneOf, lastingRoomFor, roomFor } from "./held.ts";
import { numberBytes } from "./kernel.ts";
import type { GrowingPlace, KernelCall, Program, WrittenProgram } from "./program.ts";
import { copyElements, placesOf, stepsOf } from "./rearrange.ts";
import type { Cell } from "./stepGraph.ts";

type CellOf<K extends Cell["kind"]> = Extract<Cell, { readonly kind: K }>;

/** The cells of a program in the making. */
export interface LaidCells {
  /** What the graph is fed by its cells from the beginning of a step on. */
  readonly fed: ReadonlyMap<Tensor, Held>;
  /** What it is fed once a cell has been written. */
  readonly later: ReadonlySet<Tensor>;
  /** Writes a cell whose roots have been computed. What the graph is fed from now on; undefined where it cannot be written. */
  write(cell: Cell): readonly (readonly [Tensor, Held])[] | undefined;
  /** The value, copied where the end of the step changes it. */
  settled(value: Held): Held;
  /**
   * Writes the end of a step. Whether positions can be fed together: undefined where what is carried went on too early, since
   * something after it needs what was before.
   */
  finish(outputs: readonly Held[]): { readonly together: boolean } | undefined;
  /** Bytes that a block of positions needs in each of the regions whose memory grows with the positions. */
  readonly regions: readonly number[];
}

/**
 * Gives cells their places. What is carried is updated as soon as its new value is computed, or with `deferred` at the end of the step.
 * Undefined where one has a type that cannot be held.
 */
export function layCells(
  cells: readonly Cell[],
  program: WrittenProgram,
  heldOf: (x: Tensor) => Held | undefined,
  { deferred, lasting }: { readonly deferred: boolean; readonly lasting: ReadonlySet<Source> },
): LaidCells | undefined {
  const fed = new Map<Tensor, Held>();
  const caches = new Map<Cell, GrowingPlace>();
  /** Memories of delays, which those of one value share. */
  const rings = new Map<Tensor, number>();
  const carried: CellOf<"carried">[] = [];
  const regions: number[] = [];
  const later = new Set<Tensor>();
  for (const cell of cells) {
    const tensor = cell.kind === "attention" ? cell.result : cell.before;
    const lane = laneOf(tensor.dtype);
    if (!lane) return undefined;
    if (cell.kind === "carried") {
      const address = program.remember(sizeOf(tensor.shape) * numberBytes);
      fed.set(tensor, { shape: tensor.shape, lane, address: () => address });
      carried.push(cell);
    } else if (cell.kind === "delay") later.add(tensor);
    else fed.set(tensor, lastingRoomFor(program, tensor.shape, lane));
    if (cell.kind === "attention") {
      const [batch, heads, length, depth] = tensor.shape as readonly [
        number,
        number,
        number,
        number,
      ];
      const alike = [cell.q, cell.k, cell.v].every((x) => sameShape(x.shape, tensor.shape));
      if (lane !== "float" || length !== 1 || !alike) return undefined;
      if (regions.length === 0) regions.push(scoreBytes);
      caches.set(cell, { bytesBefore: regions.reduce((a, b) => a + b) });
      regions.push(...regionsOf(batch * heads, depth));
    }
  }

  const states = carried.map(({ before }) => ({
    address: fed.get(before)!.address(), // laid above
    bytes: sizeOf(before.shape) * numberBytes,
  }));
  const isState = (value: Held) =>
    states.some(
      ({ address, bytes }) => value.address() >= address && value.address() < address + bytes,
    );
  const settled = (value: Held): Held => {
    if (!deferred || !isState(value)) return value;
    const copy = roomFor(program, value.shape, value.lane);
    copyAll(program, copy, value);
    return copy;
  };
  /** The entry that carries on, by the place of the cell among those that carry. */
  const wentOn: number[] = [];
  const goOn = (cell: CellOf<"carried">, value: Held) => {
    value.address(); // what has none yet is copied before
    wentOn[carried.indexOf(cell)] = program.count();
    copyAll(program, fed.get(cell.before)!, value); // laid above
  };

  const writeAttention = (cell: CellOf<"attention">): boolean => {
    const [q, k, v] = [heldOf(cell.q), heldOf(cell.k), heldOf(cell.v)];
    if (!q || !k || !v) return false;
    const result = fed.get(cell.result)!; // laid above
    const depth = cell.result.shape.at(-1) ?? 1;
    const values = [
      ...[result, q, k, v].map((value) => value.address()),
      ...([{ bytesBefore: 0 }, caches.get(cell)!, "capacity", "position"] as const), // laid above
      result.address() + sizeOf(result.shape) * numberBytes,
    ];
    const step = { name: `attend.${depth}`, kernel: () => attend(depth), values };
    // In the last layer nobody needs the result of a position that is fed, but its key and value.
    const keep = { name: `remember.${depth}`, kernel: () => remember(depth), values };
    program.callApart([step], { each: [lasting.has(cell.result.source) ? step : keep] });
    return true;
  };
  const writeDelay = ({ before, x, lags }: CellOf<"delay">): Held | undefined => {
    const value = heldOf(x);
    if (!value) return undefined;
    const width = sizeOf(x.shape);
    const readers = cells.filter((cell) => cell.kind === "delay" && cell.x === x);
    const longest = Math.max(...readers.flatMap((cell) => (cell as CellOf<"delay">).lags));
    const known = rings.get(x);
    const ring = known ?? program.remember(ringBytes(width, longest));
    rings.set(x, ring);
    const runs = lagRuns(lags, width);
    const table = program.hold(
      Int32Array.from(
        runs.flatMap((run) => [run.lag, run.start * numberBytes, run.width * numberBytes]),
      ),
    );
    const delay = { width, longest, unit: unitOfRuns(runs), writes: known === undefined };
    const callOf = (
      result: number,
      { writes }: { writes: boolean },
      count: number,
    ): KernelCall => ({
      name: `delay.${Object.values({ ...delay, writes }).join(".")}`,
      kernel: () => delayRow({ ...delay, writes }),
      values: [
        ...[result, value.address(), ring],
        ...(["position", table, table + 3 * numberBytes * count] as const),
      ],
    });
    if (runs.length > 1) {
      // What is delayed is needed until its last use, as any result.
      const result = roomFor(program, before.shape, value.lane);
      program.callAlways(callOf(result.address(), delay, runs.length));
      return result;
    }
    // A whole row is read from where it is, and copied only for those that need it elsewhere.
    if (delay.writes) program.callAlways(callOf(0, delay, 0));
    let copy: number | undefined;
    return {
      ...{ shape: before.shape, lane: value.lane },
      row: { ring, rows: ringRows(longest), rowBytes: width * numberBytes, lag: runs[0]?.lag ?? 0 },
      address() {
        if (copy === undefined) {
          copy = lastingRoomFor(program, before.shape, value.lane).address();
          program.callAlways(callOf(copy, { writes: false }, runs.length));
        }
        return copy;
      },
    };
  };
  return {
    ...{ fed, later, settled, regions },
    write(cell) {
      if (cell.kind === "attention") return writeAttention(cell) ? [] : undefined;
      if (cell.kind === "delay") {
        const result = writeDelay(cell);
        return result && [[cell.before, result]];
      }
      const value = heldOf(cell.now);
      if (value && !deferred) goOn(cell, value);
      return value && [];
    },
    finish(outputs) {
      if (deferred) {
        const values = carried.map(({ now }) => settled(heldOf(now)!)); // written before
        for (const [i, cell] of carried.entries()) goOn(cell, values[i]!); // one each
        return { together: false };
      }
      if (outputs.some(isState)) return undefined;
      let together = true;
      for (const [i, { address, bytes }] of states.entries()) {
        const at = wentOn[i]!; // all were written
        if (program.uses(address, bytes, at + 1, program.count()).length > 0) return undefined;
        const [first = at] = program.uses(address, bytes, 0, at);
        if (program.hasOnce(first, at)) together = false;
      }
      return { together };
    },
  };
}

function copyAll(program: Program, to: Held, from: Held): void {
  const places = placesOf(to.shape, stepsOf(to.shape));
  copyElements(program, to, from, places, places);
}
