import {
  type Collective,
  collectiveSeconds,
  costOf,
  type Link,
} from "../../mpi/network/collectives.ts";
import { type ModelSize, memoryOf, type Scheme } from "./memory.ts";

/** What one rank computes in a step. */
export interface StepCost extends ModelSize {
  /** Seconds of a whole step of one rank on one batch, forward, backward and optimizer, with nobody to wait for. */
  readonly seconds: number;
  /** Of these, the seconds of the optimizer; {@link usualUpdateSeconds} by default. */
  readonly updateSeconds?: number | undefined;
}

/** The ranks, and what lies between them. */
export interface Cluster extends Link {
  readonly ranks: number;
  /**
   * Ranks that have cores for themselves. More than these take turns, so that all that they do takes `ranks / places` times
   * as long. By default each has its own.
   */
  readonly places?: number | undefined;
}

export interface LocalRounds {
  /** Steps that a rank takes by itself between two averages, in the scheme `local`; 50 by default. */
  readonly syncEvery?: number | undefined;
}

/** A step as it is expected to be. */
export interface StepPrediction {
  readonly scheme: Scheme;
  readonly ranks: number;
  /** Seconds of a step, in which each rank takes one batch; of local steps the mean over a round. */
  readonly seconds: number;
  /** Of these, the seconds in which a rank computes, and those in which data are under way. */
  readonly computing: number;
  readonly communicating: number;
  /** Examples per second of all ranks, in units of what as many ranks alone would do together. */
  readonly efficiency: number;
  /** Bytes that a rank sends in a step. */
  readonly traffic: number;
  /** Bytes that a rank keeps; see {@link memoryOf}. */
  readonly memory: number;
}

/** Bytes of a number, and of a batch's loss and metrics, that a rank gives to the others. */
const [oneNumber, someNumbers] = [8, 64];

/** Calls of a round that are small, one after another, with the bytes that each rank gives. */
const always = [
  someNumbers, // loss and metrics
  2 * oneNumber, // rank 0's clock, and whether any rank is asked to stop
] as const;

/** Calls that move whole arrays. */
type Calls = readonly (readonly [call: Collective, arrays: number])[];

/** What the ranks say to each other in a round: a step, or as many as are local. See `summedSteps` and `localSteps`. */
const rounds: {
  readonly [S in Scheme]: (slots: number) => {
    readonly small: readonly number[];
    readonly large: Calls;
  };
} = {
  // The sum of squares of the gradient is the last small one.
  summed: () => ({ small: [...always, oneNumber], large: [["allReduce", 1]] }),
  sharded: () => ({
    small: [...always, oneNumber],
    large: [
      ["reduceScatter", 1],
      ["allGather", 1],
    ],
  }),
  local: (slots) => ({ small: always, large: [["allReduce", 1 + slots]] }),
};

/** Seconds per parameter of one core: AdamW and the norm of the gradient; adding an array, and an outer step. */
const [updating, averaging] = [15e-9, 10e-9];

/**
 * Seconds of the optimizer, where they were not measured: 15 ns for a parameter (AdamW and the gradient's norm, on one thread of
 * a server's core of 2023), but at most half of the step.
 */
export const usualUpdateSeconds = ({ parameters, seconds }: Omit<StepCost, "slots">): number =>
  Math.min(updating * parameters, seconds / 2);

/**
 * The step of so many ranks, each with a batch of its own: computing + communicating, as nothing is sent while the gradient is
 * computed, both multiplied with the ranks that share a place. With n bytes of parameters, p ranks and H local steps:
 *
 * - summed: an all-reduce of n;
 * - sharded: a reduce-scatter and an all-gather of n, and 1 / p of the optimizer's work;
 * - local (DiLoCo): all-reduces of n for the parameters and for each slot, divided by H, and the averages' own work.
 *
 * Small exchanges of the training's loop count as well: they decide in slow networks and for small models. What is not in it:
 * that ranks are not equally fast (`slowest` in a run's metrics), and that local steps learn less than others.
 */
export function predictStep(
  scheme: Scheme,
  cost: StepCost,
  cluster: Cluster,
  { syncEvery = 50 }: LocalRounds = {},
): StepPrediction {
  const { ranks, places = ranks } = cluster;
  const { parameters, slots, seconds: alone } = cost;
  const turns = Math.max(1, ranks / places);
  const steps = scheme === "local" ? syncEvery : 1;
  const { small, large } = rounds[scheme](slots);
  const inSmall = (bytes: number) => costAndSeconds("allGather", cluster, bytes * ranks);
  const all = [
    ...small.map(inSmall),
    ...large.flatMap(([call, arrays]) => {
      const one = costAndSeconds(call, cluster, 4 * parameters);
      return Array.from({ length: arrays }, () => one);
    }),
  ];
  const sum = (key: "seconds" | "bytes") =>
    all.reduce((total, each) => total + each[key], 0) / steps;

  const { updateSeconds = usualUpdateSeconds(cost) } = cost;
  const own = {
    summed: alone,
    sharded: alone - updateSeconds * (1 - 1 / ranks),
    local: alone + (ranks > 1 ? (averaging * (1 + slots) * parameters) / steps : 0),
  };
  const [computing, communicating] = [turns * own[scheme], turns * sum("seconds")];
  const seconds = computing + communicating;
  return {
    ...{ scheme, ranks, seconds, computing, communicating },
    efficiency: (turns * alone) / seconds,
    traffic: sum("bytes"),
    memory: memoryOf(scheme, cost, ranks),
  };
}

const costAndSeconds = (call: Collective, { ranks, ...link }: Cluster, bytes: number) => ({
  bytes: costOf(call, ranks, bytes, link).bytes,
  seconds: collectiveSeconds(call, ranks, bytes, link),
});
