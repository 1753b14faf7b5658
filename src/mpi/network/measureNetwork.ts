import type { Communicator } from "../communicator.ts";
import type { Collective } from "./collectives.ts";
import { type FittedLink, fitLink, type NetworkPoint } from "./fitLink.ts";

/** What the ranks of a job measured of what lies between them. */
export interface NetworkMeasurement extends FittedLink {
  readonly ranks: number;
  readonly points: readonly NetworkPoint[];
}

export interface MeasureOptions {
  /** Bytes of the longest calls; 64 MB by default. */
  readonly largest?: number;
  /** Calls of each length whose median is taken, for the shortest; long ones have fewer. 100 by default. */
  readonly repeats?: number;
  /** Called before each length, with the share that is done. */
  readonly report?: (done: number, bytes: number) => void;
}

/** How each call is made. */
const calls: {
  readonly [Call in Collective]: (
    ranks: Communicator,
    values: Float32Array<ArrayBuffer>,
  ) => Promise<void>;
} = {
  allReduce: (ranks, values) => ranks.sum(values),
  reduceScatter: (ranks, values) => ranks.sumParts(values, evenStarts(values.length, ranks.size)),
  allGather: (ranks, values) => ranks.shareParts(values, evenStarts(values.length, ranks.size)),
};

/** Bytes that the repeats of one length move together, at most. */
const enough = 2 ** 27;

/**
 * Measures the calls of a training at lengths from 8 B to `largest`, each eight times the one before, and fits latency and
 * bandwidth to them. The time of a length is the median over repeats on the slowest rank. All ranks call it; all get the
 * same result. A job of one process has no network: it throws RangeError.
 */
export async function measureNetwork(
  ranks: Communicator,
  { largest = 64e6, repeats = 100, report }: MeasureOptions = {},
): Promise<NetworkMeasurement> {
  if (ranks.size < 2) throw new RangeError("a network is measured between two ranks or more");
  const lengths = lengthsTo(largest);
  const points: NetworkPoint[] = [];
  for (const [i, bytes] of lengths.entries()) {
    report?.(i / lengths.length, bytes);
    const values = new Float32Array(bytes / 4);
    const count = Math.max(3, Math.min(repeats, Math.floor(enough / bytes)));
    for (const call of Object.keys(calls) as Collective[]) {
      const seconds = await slowest(ranks, await medianOf(ranks, call, values, count));
      points.push({ call, bytes, seconds });
    }
  }
  // A small exchange waits for all, as the training's own do: an all-gather of one number a rank.
  const exchanged = Float64Array.of(0);
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const begun = performance.now();
    await ranks.exchange(exchanged);
    times.push((performance.now() - begun) / 1000);
  }
  const bytes = 8 * ranks.size;
  points.push({ call: "allGather", bytes, seconds: await slowest(ranks, median(times)) });
  return { ranks: ranks.size, points, ...fitLink(points, ranks.size) };
}

/** 8 B, 64 B, 512 B … and the longest. */
function lengthsTo(largest: number): readonly number[] {
  const lengths: number[] = [];
  for (let bytes = 8; bytes < largest; bytes *= 8) lengths.push(bytes);
  return [...lengths, Math.max(8, 4 * Math.floor(largest / 4))];
}

/** Seconds that a call moves data, without the wait before it until all ranks are there. */
async function medianOf(
  ranks: Communicator,
  call: Collective,
  values: Float32Array<ArrayBuffer>,
  count: number,
): Promise<number> {
  await calls[call](ranks, values); // the first call finds the way
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    await ranks.exchange(new Float64Array(1)); // so that no rank is late
    const before = ranks.spent().moving;
    await calls[call](ranks, values);
    times.push(ranks.spent().moving - before);
  }
  return median(times);
}

/** The largest of what the ranks give. */
const slowest = async (ranks: Communicator, own: number): Promise<number> =>
  Math.max(...(await ranks.exchange(Float64Array.of(own))));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!; // not empty

/** Where the parts of an array begin that is shared evenly. */
const evenStarts = (length: number, ranks: number): readonly number[] =>
  Array.from({ length: ranks + 1 }, (_, rank) => Math.floor((rank * length) / ranks));
