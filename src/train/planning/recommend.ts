import type { Scheme } from "./memory.ts";
import type { StepPrediction } from "./predictStep.ts";

/** The predictions of all schemes for one number of ranks. */
export type Predictions = { readonly [S in Scheme]: StepPrediction };

/** Why a scheme is taken. */
export type Reason =
  /** It is the simplest, and efficient enough. */
  | "efficient"
  /** The simpler ones do not fit into memory. */
  | "memory"
  /** The others wait too long for the network. */
  | "network"
  /** None is efficient enough; it is the best of them. */
  | "least-bad"
  /** None fits into memory; it needs least. */
  | "too-large";

export interface Recommendation {
  readonly ranks: number;
  readonly scheme: Scheme;
  readonly reason: Reason;
}

export interface Wishes {
  /** The least efficiency that is good enough; 0.9 by default. */
  readonly efficiency?: number;
  /** Bytes that a rank has; as many as it likes by default. */
  readonly memory?: number | undefined;
}

/** The simplest first: sums change nothing in the result, shards cost a second call, local steps are other steps. */
const simplestFirst: readonly Scheme[] = ["summed", "sharded", "local"];

/** Which scheme to take with so many ranks: the simplest that fits into memory and is efficient enough, or else the best. */
export function recommend(
  predictions: Predictions,
  { efficiency = 0.9, memory = Number.POSITIVE_INFINITY }: Wishes = {},
): Recommendation {
  const all = simplestFirst.map((scheme) => predictions[scheme]);
  const { ranks } = predictions.summed;
  const fitting = all.filter((prediction) => prediction.memory <= memory);
  if (fitting.length === 0) {
    const { scheme } = least(all, (prediction) => prediction.memory);
    return { ranks, scheme, reason: "too-large" };
  }
  const good = fitting.find((prediction) => prediction.efficiency >= efficiency);
  if (!good) {
    const { scheme } = least(fitting, (prediction) => -prediction.efficiency);
    return { ranks, scheme, reason: "least-bad" };
  }
  const { scheme } = good;
  if (scheme === "summed") return { ranks, scheme, reason: "efficient" };
  return { ranks, scheme, reason: fitting.includes(predictions.summed) ? "network" : "memory" };
}

/** The first of those with the least value. */
const least = (
  all: readonly StepPrediction[],
  of: (prediction: StepPrediction) => number,
): StepPrediction => all.reduce((best, each) => (of(each) < of(best) ? each : best));
