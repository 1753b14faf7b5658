import type { Checkpoint } from "../checkpoint.ts";
import type { Batch, Values } from "../trainable.ts";

/** How a training takes its steps: by itself, or together with other ranks. */
export interface Steps extends AsyncDisposable {
  /** Compiles what a step needs, so that it takes no longer than others. */
  prepare(step: number): Promise<void>;
  /** The last step of the round that begins with a step: rounds are one step, unless ranks go their own way for a while. */
  lastOfRound(first: number): number;
  /** Takes the steps from `first` to `last`, at the learning rate that `rateAt` gives for each. */
  take(first: number, last: number, rateAt: (step: number) => number): Promise<Taken>;
  /**
   * The arenas by name: `parameters` and the optimizer's state, valid until the next step. All ranks must ask, where the
   * state is spread over them.
   */
  state(): Promise<Checkpoint["arenas"]>;
}

/** What the steps of a round did. */
export interface Taken {
  /** Means over the examples of all ranks: the objective's metrics, `loss` and `gradientNorm`. */
  readonly metrics: Values;
  /** Examples of all ranks. */
  readonly examples: number;
  /** The loss of each rank, where there are several. */
  readonly losses: readonly number[];
  /** Seconds that each rank computed. */
  readonly seconds: readonly number[];
}

/**
 * A step's batch is the union of `parts` batches of the model's, numbered from 1 through all steps: it does not
 * depend on the number of ranks.
 */
export interface Parts {
  /** Batches of the model in one step. */
  readonly count: number;
  /** The batch of a number, from 1. */
  readonly batchOf: (number: number) => Batch | Promise<Batch>;
}

/** The numbers of a step's batches that a rank computes: every `size`-th. */
export function partsOf(
  step: number,
  count: number,
  { rank, size }: { readonly rank: number; readonly size: number },
): readonly number[] {
  const numbers: number[] = [];
  for (let part = rank; part < count; part += size) numbers.push((step - 1) * count + part + 1);
  return numbers;
}
