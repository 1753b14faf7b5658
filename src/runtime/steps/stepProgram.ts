import { describe, type TensorType } from "../../graph/index.ts";
import type { Arrays } from "../compile.ts";
import { arrayName, fits } from "../values.ts";
import { positionsOfBlock } from "./attentionKernel.ts";
import { range } from "./kernel.ts";
import type { RunnableProgram } from "./program.ts";

/** A compiled graph of one position, with what it keeps for later positions. */
export interface StepProgram {
  /**
   * Computes the next position, which the caller counts from 0. The arrays that it returns, of 32-bit floats or integers, are
   * valid until the next one. Throws a TypeError where an input is missing or has the wrong type or length, and a RangeError
   * where an index lies outside its table.
   */
  run(position: number, feeds: Arrays): Readonly<Record<string, Float32Array | Int32Array>>;
  /**
   * Takes in some positions, one after another, whose outputs nobody needs: cheaper than to compute them. Throws as `run`.
   */
  feed(position: number, feeds: readonly Arrays[]): void;
  /** Forgets all positions; the next one is 0. */
  restart(): void;
}

/** Where a number of a program's boundary lies. */
export interface Boundary {
  readonly name: string;
  readonly type: TensorType;
  readonly address: number;
  readonly size: number;
}

const pageBytes = 65_536;

/** Fewer positions are computed one by one: together they cost as much as all that fit. */
const fewestTogether = 3;

/** Blocks of positions for which there is room at first; then always twice as many. */
const firstBlocks = 8;

export interface StepBoundaries {
  readonly inputs: readonly Boundary[];
  readonly outputs: readonly Boundary[];
  /** Positions that can be fed at a time, if they can be fed together. */
  readonly frames: number;
  /** Bytes that a block of positions needs in each of the regions whose memory grows with the positions. */
  readonly regions: readonly number[];
  /** Whether several positions can be fed together. */
  readonly together: boolean;
}

/** Makes a program ready to run. */
export function startProgram(
  program: RunnableProgram,
  { inputs, outputs, frames, regions, together }: StepBoundaries,
): StepProgram {
  const { memory, functions, end, place, frameBytes } = program;
  const arrayOf = ({ type, address, size }: Boundary, frame = 0) => {
    const start = place(address) + frame * frameBytes;
    return type.dtype === "float32"
      ? new Float32Array(memory.buffer, start, size)
      : new Int32Array(memory.buffer, start, size);
  };
  const open = () => ({
    fed: range(frames).map((frame) =>
      inputs.map((input) => ({ ...input, array: arrayOf(input, frame) })),
    ),
    results: Object.fromEntries(outputs.map((output) => [output.name, arrayOf(output)])),
  });
  let views = open();
  const blockBytes = regions.reduce((a, b) => a + b, 0);
  /** Blocks of positions for which growing regions have room. */
  let capacity = 0;
  const makeRoom = (position: number) => {
    if (position < capacity * positionsOfBlock || regions.length === 0) return;
    const before = capacity;
    let wanted = capacity;
    while (position >= wanted * positionsOfBlock) wanted = 2 * wanted || firstBlocks;
    const bytes = end + wanted * blockBytes;
    memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / pageBytes)));
    capacity = wanted;
    views = open();
    spread(new Uint8Array(memory.buffer, end), regions, before, capacity);
  };
  const put = (frame: number, feeds: Arrays) => {
    // One of as many frames.
    for (const { name, type, array } of views.fed[frame]!) {
      const values = feeds[name];
      if (!values || !fits(values, type.dtype, type.shape)) {
        throw new TypeError(
          `run: "${name}", ${describe(type)}, needs a ${arrayName(type.dtype)} of as many numbers`,
        );
      }
      array.set(values as Float32Array | Int32Array); // it fits
    }
  };
  const compute = (run: () => void) => {
    try {
      run();
    } catch (error) {
      throw new RangeError(
        "run: an index lies outside the rows of its table, or an integer is divided by 0",
        {
          cause: error,
        },
      );
    }
  };
  const run: StepProgram["run"] = (position, feeds) => {
    makeRoom(position);
    put(0, feeds);
    compute(() => functions.step(position, capacity));
    return views.results;
  };
  return {
    run,
    feed(position, feeds) {
      for (let start = 0; start < feeds.length; start += frames) {
        const some = feeds.slice(start, start + frames);
        if (!together || some.length < fewestTogether) {
          for (const [i, one] of some.entries()) run(position + start + i, one);
          continue;
        }
        makeRoom(position + start + some.length - 1);
        for (const [frame, one] of some.entries()) put(frame, one);
        compute(() => functions.feed(position + start, some.length, capacity));
      }
    },
    restart() {
      program.forget();
      // What is not a number would spread from positions that do not count to those that do.
      new Uint8Array(memory.buffer).fill(0, end);
    },
  };
}

/** Moves regions that have room for `before` blocks each to where they have room for `after`, and clears the new room. */
function spread(
  bytes: Uint8Array,
  regions: readonly number[],
  before: number,
  after: number,
): void {
  let start = regions.reduce((a, b) => a + b, 0);
  for (const size of regions.toReversed()) {
    start -= size;
    bytes.copyWithin(start * after, start * before, (start + size) * before);
    bytes.fill(0, start * after + size * before, (start + size) * after);
  }
}
