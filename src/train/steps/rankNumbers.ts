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

/** Means over the examples of all ranks, of round after round. */
export function createGathering(ranks: Communicator): (own: RankNumbers) => Promise<Taken> {
  let names: readonly string[] | undefined;

  /** The numbers of every rank: one small call, but in the first round, in which ranks without examples learn the names. */
  const gather = async (own: RankNumbers): Promise<readonly RankNumbers[]> => {
    if (ranks.size === 1) return [own];
    names ??= await namesOf(ranks, Object.keys(own.sums));
    const numbers = [own.examples, own.seconds, ...names.map((name) => own.sums[name] ?? 0)];
    const all = await ranks.exchange(Float64Array.from(numbers));
    const known = names;
    return Array.from({ length: ranks.size }, (_, rank) => {
      const at = rank * numbers.length;
      const [examples = 0, seconds = 0, ...sums] = all.subarray(at, at + numbers.length);
      const pairs = known.map((name, i) => [name, sums[i] ?? 0] as const);
      return { examples, seconds, sums: Object.fromEntries(pairs) };
    });
  };

  return async (own) => {
    const given = await gather(own);
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
  };
}

/** The names of the first rank that has some. */
async function namesOf(ranks: Communicator, own: readonly string[]): Promise<readonly string[]> {
  const given = await ranks.gather(new TextEncoder().encode(JSON.stringify(own)));
  const lists = given.map((bytes): string[] => JSON.parse(new TextDecoder().decode(bytes)));
  return lists.find(({ length }) => length > 0) ?? [];
}
