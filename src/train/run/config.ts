import type { Plan } from "../plan.ts";
import {
  type Check,
  CheckError,
  type Fields,
  integer,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
} from "./checks.ts";

/** What every run's `config.json` says; each kind of run adds what it is made from. */
export interface RunConfig {
  /** What kind of run it is: `image`, `sequence` …. */
  readonly kind: string;
  /** Version of the kind's form of this file. */
  readonly format: number;
  readonly seed: number;
}

/** `config.json` of a run that is trained, and not solved directly. */
export interface TrainedConfig extends RunConfig {
  /** What the training was last asked for. */
  readonly plan: Plan;
  /** How a step's batch is made of batches of the model, where it is not one. */
  readonly batching?: Batching;
}

/** See `Sharing`: these decide what is computed, and not who computes it. */
export interface Batching {
  /** Batches of the model in one step; 1 by default. */
  readonly parts?: number;
  /** Steps that each part takes by itself before all are averaged. */
  readonly syncEvery?: number;
}

/**
 * A kind of run folder: how its configuration is checked, and the model that it describes. `Model` holds at least the
 * layout of its parameters.
 */
export interface RunKind<Config extends RunConfig, Model> {
  readonly kind: Config["kind"];
  readonly format: Config["format"];
  /** Checks a whole `config.json`. */
  readonly check: Check<Config>;
  build(config: Config): Model;
}

/** Checks of the keys that every configuration has. */
export const runChecks = {
  seed: integer(),
  plan: ((value, at) => {
    const { steps, minutes } = object({
      steps: optional(integer({ min: 1 })),
      minutes: optional(number({ min: 0, above: true })),
    })(value, at);
    if (steps !== undefined && minutes === undefined) return { steps };
    if (minutes !== undefined && steps === undefined) return { minutes };
    throw new CheckError(`${at} must have steps or minutes`);
  }) as Check<Plan>,
  batching: optional(
    object({ parts: optional(integer({ min: 1 })), syncEvery: optional(integer({ min: 1 })) }),
  ),
} as const;

/** What {@link configCheck} reads. */
export type CheckedConfig<K extends string, F extends number, Own extends Fields> = {
  readonly kind: K;
  readonly format: F;
} & Omit<TrainedConfig, "kind" | "format"> &
  ObjectOf<Own>;

/** Checks `kind` and `format` and the keys that every configuration has, and a kind's own. */
export const configCheck =
  <K extends string, F extends number, Own extends Fields>(
    kind: K,
    format: F,
    own: Own,
  ): Check<CheckedConfig<K, F, Own>> =>
  (value, at) => {
    const all: Fields = { kind: oneOf([kind]), format: oneOf([format]), ...runChecks, ...own };
    return object(all)(value, at) as CheckedConfig<K, F, Own>; // each key was read by its check
  };
