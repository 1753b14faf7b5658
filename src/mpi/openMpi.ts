import { hostname } from "node:os";
import { UserError } from "../errors/userError.ts";
import { alone, type Communicator } from "./communicator.ts";
import { type Launch, launchOf } from "./launcher.ts";
import { libraryVariable, loadMpi, type MpiLibrary } from "./library.ts";
import { LostRankError } from "./lostRank.ts";
import { watchRanks } from "./watch.ts";

export interface MpiOptions {
  /** Seconds that a rank waits for the others before it ends the job; 1800 by default. */
  readonly timeLimit?: number;
  /** How this process was started; what its environment says by default. */
  readonly launch?: Launch | undefined;
}

/** Only the thread that called `MPI_Init_thread` calls MPI (MPI_THREAD_FUNNELED). */
const funneled = 1;

/**
 * The job that this process is a rank of: started by `mpiexec`, `mpirun` or `srun`, it joins the others through MPI; started
 * alone, it is a job of one. All calls are made on the calling thread, which must be the main one. Throws UserError
 * (`missing-dependency`) where the launcher's MPI library, or the package `koffi`, cannot be loaded.
 *
 * @example
 * ```ts
 * await using ranks = await openMpi();
 * const { scope } = await train(model, { steps: 500 }, { ranks });
 * if (ranks.rank === 0) console.log("done");
 * ```
 */
export async function openMpi(options: MpiOptions = {}): Promise<Communicator> {
  const { timeLimit = 1800, launch = launchOf(process.env) } = options;
  if (!launch || launch.size === 1) return alone;
  const library = await loadMpi(launch.kind);
  const { calls, address, world } = library;
  const numbers = new Int32Array(new ArrayBuffer(4));
  const number = (call: (place: bigint) => number, what: string): number => {
    check(call(address(numbers)), what);
    return numbers[0]!; // one element
  };
  number((place) => calls.MPI_Init_thread(null, null, funneled, place), "MPI_Init_thread");
  const rank = number((place) => calls.MPI_Comm_rank(world, place), "MPI_Comm_rank");
  const size = number((place) => calls.MPI_Comm_size(world, place), "MPI_Comm_size");
  if (launch.size !== undefined && launch.size !== size) {
    throw new UserError(
      `the MPI library ${library.path} does not belong to the launcher that started this process: it knows ${size} ` +
        `${size === 1 ? "rank" : "ranks"} of ${launch.size}; name the launcher's own library in ${libraryVariable}`,
      "missing-dependency",
    );
  }
  const communicator = communicatorOf(library, { rank, size }, timeLimit);
  const watching = await watchRanks(communicator, hostname());
  return {
    ...communicator,
    localSize: watching.count,
    abort(code) {
      watching.end();
      return communicator.abort(code);
    },
    async [Symbol.asyncDispose]() {
      watching.end();
      await communicator[Symbol.asyncDispose]();
    },
  };
}

/** Throws where an MPI function did not return MPI_SUCCESS. */
function check(code: number, what: string): void {
  if (code !== 0) throw new Error(`${what} failed with code ${code}`);
}

/** The first tag of messages between ranks that wait; MPI promises tags up to 32,767. */
const waitingTag = 20_000;

function communicatorOf(
  { calls, address, yieldCore, world, types, sum, inPlace, statusIgnore, requestBytes }: MpiLibrary,
  { rank, size }: { readonly rank: number; readonly size: number },
  timeLimit: number,
): Omit<Communicator, "localSize"> {
  const spent = { waiting: 0, moving: 0, bytes: 0 };
  const flag = new Int32Array(new ArrayBuffer(4));
  const flagAt = address(flag);
  let started = 0; // collective calls so far
  const ranks = Array.from({ length: size }, (_, other) => other);

  /** Starts a call that does not block, and tells whether it is done. An array among the arguments stands for its memory. */
  const start = (name: keyof typeof calls, ...args: readonly unknown[]) => {
    const request = new Uint8Array(new ArrayBuffer(requestBytes));
    const kept = [...args, request]; // so that no memory is freed before the call is done
    check(calls[name](...kept.map((arg) => (ArrayBuffer.isView(arg) ? address(arg) : arg))), name);
    return (): boolean => {
      check(calls.MPI_Test(address(request), flagAt, statusIgnore), "MPI_Test");
      if (flag[0] === 0) return false;
      kept.length = 0;
      return true;
    };
  };

  /** Tells the others that this rank waits; the result tells which of them have not said so. */
  const askAround = () => {
    const others = ranks.filter((other) => other !== rank);
    // By the number of the call, so that what was said of an earlier one does not count.
    const tag = waitingTag + (started % 10_000);
    const message = (name: "MPI_Isend" | "MPI_Irecv", other: number) =>
      start(name, new Uint8Array(new ArrayBuffer(1)), 1, types.byte, other, tag, world);
    const sent = others.map((other) => message("MPI_Isend", other));
    const received = others.map((other) => ({ other, isDone: message("MPI_Irecv", other) }));
    return (): readonly number[] => {
      for (const isDone of sent) isDone();
      return received.filter(({ isDone }) => !isDone()).map(({ other }) => other);
    };
  };

  /**
   * Until a call is done. A rank that waits for slower ones sleeps; data that all ranks are there for are moved without.
   * Past half of the time limit the ranks tell each other that they wait, so that at its end each knows who does not.
   */
  const finish = async (isDone: () => boolean, kind: "waiting" | "moving"): Promise<void> => {
    started++;
    const begun = performance.now();
    let silent: (() => readonly number[]) | undefined;
    for (let polls = 0; !isDone(); polls++) {
      const seconds = (performance.now() - begun) / 1000;
      if (seconds > timeLimit / 2) silent ??= askAround();
      if (seconds > timeLimit) throw new LostRankError(silent?.() ?? [], seconds);
      if (kind === "moving" && seconds < 1) {
        if (polls > 100) yieldCore();
      } else if (seconds < 0.0005) yieldCore();
      else if (seconds < 1) sleep(Math.min(1, 100 * seconds) * 0.5);
      else await new Promise((resolve) => setTimeout(resolve, 5)); // signals come through the event loop
    }
    spent[kind] += (performance.now() - begun) / 1000;
  };

  const exchange = async (values: Float64Array): Promise<Float64Array> => {
    const own = values.slice();
    const all = new Float64Array(size * own.length);
    await finish(
      start(
        "MPI_Iallgather",
        own,
        own.length,
        types.float64,
        all,
        own.length,
        types.float64,
        world,
      ),
      "waiting",
    );
    return all;
  };
  /** All ranks are there: what follows moves data, and waits for nobody. */
  const meet = () => exchange(Float64Array.of(0));

  const countsOf = (starts: readonly number[]) => ({
    counts: Int32Array.from({ length: size }, (_, other) => starts[other + 1]! - starts[other]!), // size + 1 starts
    offsets: Int32Array.from(starts.slice(0, size)),
  });

  return {
    ...{ rank, size, exchange },
    spent: () => ({ ...spent }),
    async gather(bytes) {
      const lengths = await exchange(Float64Array.of(bytes.length));
      const starts = [0];
      for (const length of lengths) starts.push(starts.at(-1)! + length); // not empty
      const { counts, offsets } = countsOf(starts);
      const own = Uint8Array.from(bytes);
      const all = new Uint8Array(Math.max(1, starts[size]!));
      const call = start(
        ...["MPI_Iallgatherv" as const, own.length > 0 ? own : all, own.length, types.byte],
        ...[all, counts, offsets, types.byte, world],
      );
      await finish(call, "moving");
      return ranks.map((other) => all.slice(starts[other], starts[other + 1]));
    },
    async broadcast(values) {
      spent.bytes += values.byteLength;
      await meet();
      await finish(start("MPI_Ibcast", values, values.length, types.float32, 0, world), "moving");
    },
    async sum(values) {
      spent.bytes += values.byteLength;
      const call = start(
        ...["MPI_Iallreduce" as const, inPlace, values, values.length, types.float32, sum, world],
      );
      await finish(call, "moving");
    },
    async sumParts(values, starts) {
      spent.bytes += values.byteLength;
      const { counts } = countsOf(starts);
      const part = new Float32Array(Math.max(1, counts[rank]!)); // one count a rank
      const call = start(
        ...["MPI_Ireduce_scatter" as const, values, part, counts, types.float32, sum, world],
      );
      await finish(call, "moving");
      values.set(part.subarray(0, counts[rank]), starts[rank]);
    },
    async shareParts(values, starts) {
      spent.bytes += values.byteLength;
      const { counts, offsets } = countsOf(starts);
      const call = start(
        ...["MPI_Iallgatherv" as const, inPlace, 0, types.float32, values],
        ...[counts, offsets, types.float32, world],
      );
      await finish(call, "moving");
    },
    abort(code) {
      calls.MPI_Abort(world, code);
      return process.exit(code);
    },
    async [Symbol.asyncDispose]() {
      await meet(); // a rank that ends while others compute must not be taken for lost
      check(calls.MPI_Finalize(), "MPI_Finalize");
    },
  };
}

const nobody = new Int32Array(new SharedArrayBuffer(4));
/** Sleeps for milliseconds. */
const sleep = (milliseconds: number): void => {
  Atomics.wait(nobody, 0, 0, milliseconds);
};
