import type { Communicator } from "../../mpi/communicator.ts";
import type { Values } from "../trainable.ts";
import type { Taken } from "./steps.ts";

/** What a rank adds to the numbers of a round: its loss and metrics, each times its examples, and its examples. */
export interface RankNumbers {
  readonly examples: number;
  /** Sums of metric times examples. */
  readonly sums: Values;
  /** Seconds that it computed. */
  readonly seconds: number;
}

/** Sums of metrics times examples. */
export interface Sums {
  /** Adds the mean metrics of so many examples. */
  add(metrics: Values, examples: number): void;
  /** What was added, and the seconds that it took. */
  numbers(seconds: number): RankNumbers;
}

/** Sums of nothing yet. */
export function createSums(): Sums {
  let examples = 0;
  const sums: Record<string, number> = {};
  return {
    add(metrics, weight) {
      examples += weight;
      for (const [key, value] of Object.entries(metrics))
        sums[key] = (sums[key] ?? 0) + value * weight;
    },
    numbers: (seconds) => ({ examples, sums, seconds }),
  };
}

/** Means over the examples of all ranks. */
export async function gatherMeans(ranks: Communicator, own: RankNumbers): Promise<Taken> {
  const given = await gatherNumbers(ranks, own);
  const examples = given.reduce((sum, rank) => sum + rank.examples, 0);
  const metrics: Record<string, number> = {};
  for (const { sums } of given) {
    for (const [key, value] of Object.entries(sums))
      metrics[key] = (metrics[key] ?? 0) + value / examples;
  }
  return {
    ...{ metrics, examples },
    losses: given.map(({ sums, examples: count }) => (count > 0 ? sums.loss! / count : 0)), // every objective has one
    seconds: given.map(({ seconds }) => seconds),
  };
}

/** The numbers of every rank. */
async function gatherNumbers(
  ranks: Communicator,
  own: RankNumbers,
): Promise<readonly RankNumbers[]> {
  if (ranks.size === 1) return [own];
  const bytes = new TextEncoder().encode(JSON.stringify(own, numberAsText));
  const given = await ranks.gather(bytes);
  return given.map((each) => JSON.parse(new TextDecoder().decode(each), textAsNumber));
}

// NaN and infinite numbers have no JSON.
const numberAsText = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
const textAsNumber = (_: string, value: unknown) =>
  typeof value === "string" ? Number(value) : value;
