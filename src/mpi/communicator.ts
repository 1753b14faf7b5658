/**
 * The processes of one job, which work on the same thing: rank 0 … size − 1. Every method but `abort` is collective: all
 * ranks call the same methods in the same order. A rank that does not come within the time limit ends the job with a
 * sentence that names it.
 */
export interface Communicator extends AsyncDisposable {
  /** The number of this process, from 0. */
  readonly rank: number;
  /** The number of processes. */
  readonly size: number;
  /** The number of processes on this machine. */
  readonly localSize: number;
  /** What every rank gives, `[size][values.length]` row-major. Waits without using the processor. */
  exchange(values: Float64Array): Promise<Float64Array>;
  /** The bytes that every rank gives, by rank; lengths may differ. */
  gather(bytes: Uint8Array): Promise<readonly Uint8Array<ArrayBuffer>[]>;
  /** Rank 0's numbers, written into those of all ranks; the lengths are equal. */
  broadcast(values: Float32Array<ArrayBuffer>): Promise<void>;
  /**
   * The sum over ranks, element by element, in place; the same bits on every rank. It and the two below keep the processor busy
   * for up to a second, so ranks should `exchange` something first where some may be late.
   */
  sum(values: Float32Array<ArrayBuffer>): Promise<void>;
  /**
   * The sum over ranks, of which each rank gets its own part: `values` from `starts[rank]` to `starts[rank + 1]`. What it
   * holds elsewhere afterwards is undefined.
   */
  sumParts(values: Float32Array<ArrayBuffer>, starts: readonly number[]): Promise<void>;
  /** The counterpart of `sumParts`: every rank gives its own part of `values`, and gets the others. */
  shareParts(values: Float32Array<ArrayBuffer>, starts: readonly number[]): Promise<void>;
  /** Seconds spent in this communicator so far: waiting for slower ranks, and moving data; and bytes of the arrays moved. */
  readonly spent: () => {
    readonly waiting: number;
    readonly moving: number;
    readonly bytes: number;
  };
  /** Ends the processes of all ranks with an exit code. */
  abort(code: number): never;
}

/** A job of one process, which has nobody to talk to. */
export const alone: Communicator = {
  rank: 0,
  size: 1,
  localSize: 1,
  exchange: async (values) => values.slice(),
  gather: async (bytes) => [bytes.slice()],
  broadcast: async () => {},
  sum: async () => {},
  sumParts: async () => {},
  shareParts: async () => {},
  spent: () => ({ waiting: 0, moving: 0, bytes: 0 }),
  abort: (code) => {
    throw new Error(`a job of one process was aborted with code ${code}`);
  },
  [Symbol.asyncDispose]: async () => {},
};
