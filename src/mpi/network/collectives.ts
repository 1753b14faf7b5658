/**
 * What a message costs between two ranks: a time that does not depend on its length, and one that is proportional to it
 * (Hockney's α-β model).
 */
export interface Link {
  /** α: seconds that the shortest message takes. */
  readonly latency: number;
  /** β: bytes per second of a long one. */
  readonly bandwidth: number;
}

/** A time as so many messages one after another, and so many bytes that each rank sends: `steps · α + bytes / β`. */
export interface Cost {
  readonly steps: number;
  readonly bytes: number;
}

/** Calls of several ranks that have a price. */
export type Collective = keyof typeof collectives;

/**
 * Ways to do each call with `p` ranks and `n` bytes, as Thakur, Rabenseifner and Gropp give them (Optimization of Collective
 * Communication Operations in MPICH, IJHPCA 19, 2005). Their third term, the arithmetic of sums, is a part of 1/β here, and
 * numbers of ranks that are no power of two take no more than the rounds of the next. For all-gather and reduce-scatter, `n` are
 * the bytes of all parts together.
 */
const collectives = {
  allReduce: (p: number, n: number): readonly Cost[] => [
    // Recursive doubling: everything goes to a partner, at twice the distance each time.
    { steps: rounds(p), bytes: rounds(p) * n },
    // Rabenseifner: reduce-scatter by halves, all-gather by doubling.
    { steps: 2 * rounds(p), bytes: 2 * others(p) * n },
    // Ring: reduce-scatter and all-gather, each in p - 1 messages to the next rank.
    { steps: 2 * (p - 1), bytes: 2 * others(p) * n },
  ],
  reduceScatter: (p: number, n: number): readonly Cost[] => [
    { steps: rounds(p), bytes: others(p) * n },
  ],
  allGather: (p: number, n: number): readonly Cost[] => [
    { steps: rounds(p), bytes: others(p) * n },
  ],
} as const;

/** Rounds in which each rank's number of known parts doubles until it has all: ⌈log2 p⌉. */
const rounds = (p: number): number => Math.ceil(Math.log2(p));

/** The share of the whole that belongs to others: (p - 1) / p. */
const others = (p: number): number => (p - 1) / p;

/** The cheapest way for a call with so many ranks and bytes: MPI chooses by length too. One rank alone pays nothing. */
export function costOf(call: Collective, ranks: number, bytes: number, link: Link): Cost {
  return collectives[call](ranks, bytes).reduce((best, cost) =>
    secondsOf(cost, link) < secondsOf(best, link) ? cost : best,
  );
}

/** `steps · α + bytes / β`, in seconds. */
export const secondsOf = ({ steps, bytes }: Cost, { latency, bandwidth }: Link): number =>
  steps * latency + bytes / bandwidth;

/**
 * Seconds that a call takes with so many ranks and bytes.
 *
 * @example
 * ```ts
 * const link = { latency: 20e-6, bandwidth: 25e9 / 8 };
 * collectiveSeconds("allReduce", 8, 80e6, link); // 0.045
 * ```
 */
export const collectiveSeconds = (
  call: Collective,
  ranks: number,
  bytes: number,
  link: Link,
): number => secondsOf(costOf(call, ranks, bytes, link), link);
