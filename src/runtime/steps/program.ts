import {
  add,
  type Code,
  call,
  constant,
  get,
  lessThan,
  loop,
  multiply,
  remainder,
  set,
} from "../../wasm/assembler.ts";
import { instantiate, type WasmFunctions } from "../../wasm/instantiate.ts";
import { increase, type Kernel, numberBytes, vectorBytes } from "./kernel.ts";

/** Beginning of a region whose memory grows with the positions, by the bytes that a block of them needs in earlier regions. */
export interface GrowingPlace {
  readonly bytesBefore: number;
}

/** A row of a ring, in which positions have their places one after another: that of `lag` positions ago, which is less than `rows`. */
export interface RingRow {
  readonly ring: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly lag: number;
}

/** An address in bytes, a count, the number of the position, or for how many blocks of positions growing regions have room. */
export type Argument = number | GrowingPlace | RingRow | "position" | "capacity";

/** One call of a kernel, which is made when its name is new; it is told how far apart the frames of positions are. */
export interface KernelCall {
  readonly name: string;
  readonly kernel: (frameBytes: number) => Kernel;
  readonly values: readonly Argument[];
}

/** What is called for each of the positions that are fed together, or once for all of them. */
export interface FeedCalls {
  readonly each?: readonly KernelCall[];
  readonly once?: readonly KernelCall[];
}

/** What is computed at one place of a program. */
interface Entry {
  /** For one position. */
  readonly step: readonly KernelCall[];
  /** For positions whose output nobody needs. */
  readonly feed: FeedCalls;
}

/** Numbers of the frame that a value has for itself, and views of it with it. */
export interface Room {
  readonly address: number;
  readonly numbers: number;
}

/**
 * Code and memory of a program in the making. There are two kinds of memory: a frame, which each of a few positions that are fed
 * together has for itself, and what all positions share.
 */
export interface Program {
  /** Room in the frame for so many numbers, and for a vector that begins at the last. */
  reserve(numbers: number): Room;
  /** The same where nothing was before: for what is fed before all that is computed. */
  reserveNew(numbers: number): Room;
  /** Gives room back: what is written from now on may use it. */
  release(room: Room): void;
  /** Shared room that holds these numbers from the start on. */
  hold(values: Float32Array | Int32Array): number;
  /** Shared room of `bytes` that a restart makes zero again. */
  remember(bytes: number): number;
  /** Calls a kernel for each position. */
  call(name: string, kernel: KernelCall["kernel"], ...values: readonly Argument[]): void;
  /** Calls kernels for a position that is computed, and others for those that are fed. */
  callApart(step: readonly KernelCall[], feed: FeedCalls): void;
  /** Calls a kernel for each position, whether or not later positions need what is written now. */
  callAlways(call: KernelCall): void;
  /** Whether later positions need what is written from now on. */
  begin(lasting: boolean): void;
}

/** What {@link createProgram} makes. */
export interface WrittenProgram extends Program {
  /** Entries so far. */
  count(): number;
  /** The entries in an interval that use shared room, by number. */
  uses(address: number, bytes: number, from: number, to: number): readonly number[];
  /** Whether an entry in an interval is computed once for all fed positions. */
  hasOnce(from: number, to: number): boolean;
  /** Assembles everything; undefined where the platform cannot run it. */
  finish(): RunnableProgram | undefined;
}

/**
 * A program that can be run: `step` is given a position and the capacity of growing regions, `feed` a position, how many are fed
 * from it on, and the capacity. Growing regions begin at `end`.
 */
export interface RunnableProgram extends WasmFunctions<"step" | "feed"> {
  /** The first byte beyond all that was reserved. */
  readonly end: number;
  /** Where an address of the first frame is, and how far the next frame is. */
  readonly place: (address: number) => number;
  readonly frameBytes: number;
  /** Makes all zero that was to be remembered. */
  forget(): void;
}

/** Positions that can be fed together. */
export const mostFed = 8;

const pageBytes = 65_536;
/** Of the processor's cache. */
const lineBytes = 64;
/** Until all is laid out, addresses of shared memory and of the frame begin here, where no count comes. */
const sharedStart = 2 ** 29;
const frameStart = 2 ** 30;

/** Room for numbers, and for a vector that begins at the last of them. */
const roomBytes = (bytes: number): number =>
  Math.ceil((bytes - numberBytes) / vectorBytes + 1) * vectorBytes;

/** Starts a program with room for the frames of so many positions. */
export function createProgram(frames: number): WrittenProgram {
  const entries: Entry[] = [];
  const held: { readonly address: number; readonly values: Float32Array | Int32Array }[] = [];
  const remembered: { readonly address: number; readonly bytes: number }[] = [];
  let [shared, frame] = [vectorBytes, 0];
  let lasting = true;
  /** An odd number of cache lines, so that the same place of several frames does not crowd one part of the cache. */
  const frameBytes = () => lineBytes * (2 * Math.ceil(frame / lineBytes / 2) + 1);
  const firstFrame = () => Math.ceil((shared + vectorBytes) / lineBytes) * lineBytes;
  const end = () => firstFrame() + frames * frameBytes() + lineBytes;
  const place = (address: number) => {
    if (address >= frameStart) return address - frameStart + firstFrame();
    return address >= sharedStart ? address - sharedStart : address;
  };

  const share = (bytes: number): number => {
    const address = sharedStart + shared;
    shared += roomBytes(bytes);
    return address;
  };
  /** Rooms that were given back, by their numbers. */
  const free = new Map<number, Room[]>();
  const reserveNew = (numbers: number): Room => {
    const address = frameStart + frame;
    frame += roomBytes(numbers * numberBytes);
    return { address, numbers };
  };
  return {
    reserve: (numbers) => free.get(numbers)?.pop() ?? reserveNew(numbers),
    reserveNew,
    release(room) {
      free.set(room.numbers, [...(free.get(room.numbers) ?? []), room]);
    },
    hold(values) {
      const address = share(values.byteLength);
      held.push({ address, values });
      return address;
    },
    remember(bytes) {
      const address = share(bytes);
      remembered.push({ address, bytes });
      return address;
    },
    call(name, kernel, ...values) {
      const step = [{ name, kernel, values }];
      entries.push({ step, feed: lasting ? { each: step } : {} });
    },
    callApart(step, feed) {
      entries.push({ step, feed: lasting ? feed : {} });
    },
    callAlways(call) {
      entries.push({ step: [call], feed: { each: [call] } });
    },
    begin(now) {
      lasting = now;
    },
    count: () => entries.length,
    uses: (address, bytes, from, to) =>
      entries.flatMap(({ step }, i) => {
        const used = step.some(({ values }) =>
          values.some((x) => typeof x === "number" && x >= address && x < address + bytes),
        );
        return used && i >= from && i < to ? [i] : [];
      }),
    hasOnce: (from, to) => entries.slice(from, to).some(({ feed }) => feed.once),
    finish() {
      if (shared > frameStart - sharedStart) return undefined; // addresses of both kinds would be the same numbers
      const kernels = new Map<string, { readonly index: number; readonly kernel: Kernel }>();
      const indexOf = ({ name, kernel }: KernelCall): number => {
        const known = kernels.get(name) ?? { index: kernels.size, kernel: kernel(frameBytes()) };
        kernels.set(name, known);
        return known.index;
      };
      const rowAt = ({ ring, rows, rowBytes, lag }: RingRow, position: Code): Code => {
        const row = remainder(add(position, constant(rows - lag)), constant(rows));
        return add(constant(place(ring)), multiply(row, constant(rowBytes)));
      };
      /** Calls for the frame that lies some bytes behind the first. */
      const callAll: CallAll = (calls, { position, capacity, frameOffset }) =>
        calls.flatMap((one) => {
          const values = one.values.map((value) => {
            if (value === "position") return position;
            if (value === "capacity") return capacity;
            if (typeof value !== "number") {
              if ("ring" in value) return rowAt(value, position);
              return add(constant(end()), multiply(capacity, constant(value.bytesBefore)));
            }
            const known = constant(place(value));
            return value >= frameStart && frameOffset ? add(known, frameOffset) : known;
          });
          return call(indexOf(one), ...values);
        });
      const step = entries.flatMap((entry) =>
        callAll(entry.step, { position: get(0), capacity: get(1) }),
      );
      const feed = writeFeed(entries, frameBytes(), callAll);
      const functions = {
        ...Object.fromEntries([...kernels].map(([name, { kernel }]) => [name, kernel])),
        step: { parameters: 2, integers: 0, vectors: 0, body: step },
        feed,
      };
      const run = instantiate(functions, Math.ceil(end() / pageBytes));
      if (!run) return undefined;
      for (const { address, values } of held) {
        const target = new Uint8Array(run.memory.buffer, place(address), values.byteLength);
        target.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
      const forget = () => {
        for (const { address, bytes } of remembered)
          new Uint8Array(run.memory.buffer, place(address), bytes).fill(0);
      };
      return { ...run, end: end(), place, frameBytes: frameBytes(), forget };
    },
  };
}

/** Writes calls, given what changes from position to position. */
type CallAll = (
  calls: readonly KernelCall[],
  at: { readonly position: Code; readonly capacity: Code; readonly frameOffset?: Code },
) => Code;

/** `(position, count, capacity)`: what lasts of some positions; entries between two that take all positions at once run position by position. */
function writeFeed(entries: readonly Entry[], frameBytes: number, callAll: CallAll): Kernel {
  const [position, count, blocks, offset, end, now] = [0, 1, 2, 3, 4, 5];
  const capacity = get(blocks);
  const body: Code[] = [set(end, multiply(get(count), constant(frameBytes)))];
  let each: Code[] = [];
  const finishEach = () => {
    if (each.length > 0) {
      body.push(
        set(offset, constant(0)),
        set(now, get(position)),
        loop(
          lessThan(get(offset), get(end)),
          ...each,
          increase(offset, frameBytes),
          increase(now, 1),
        ),
      );
    }
    each = [];
  };
  for (const { feed } of entries) {
    if (feed.each)
      each.push(callAll(feed.each, { position: get(now), capacity, frameOffset: get(offset) }));
    if (feed.once) {
      finishEach();
      body.push(callAll(feed.once, { position: get(position), capacity }));
    }
  }
  finishEach();
  return { parameters: 3, integers: 3, vectors: 0, body: body.flat() };
}
