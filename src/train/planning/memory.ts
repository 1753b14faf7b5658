/** Ways in which several ranks train one model; see `Sharing`. */
export type Scheme = (typeof schemes)[number];

/** Gradients summed in every step; the same with the optimizer's state in shards; local steps, averaged now and then. */
export const schemes = ["summed", "sharded", "local"] as const;

/** What memory depends on. */
export interface ModelSize {
  /** Learned numbers, float32. */
  readonly parameters: number;
  /** Arrays of the optimizer's state, each as large as the parameters: `Optimizer.slots`. */
  readonly slots: number;
}

/**
 * Bytes of the arrays that a rank keeps from step to step. Batches, activations and gradients inside the engine are not
 * among them: they do not depend on the scheme. With n parameters, s slots and p ranks, in units of n float32:
 *
 * - the state that the training starts from, 1 + s, with local steps 2 + s;
 * - the optimizer's mask of what decays, 2: the graph's and the engine's;
 * - two sets of parameters and slots, one to read and one to write, 2 (1 + s);
 * - summed: the gradient and zeros to begin with, 2;
 * - sharded: the same, but of slots and mask only the rank's part, 2 s / p and 2 / p;
 * - local: the common state and the sums of the ranks', 2 (1 + s), and the outer momentum, 1.
 */
export function memoryOf(scheme: Scheme, { parameters, slots }: ModelSize, ranks: number): number {
  const state = 1 + slots;
  const mask = 2;
  const arrays = {
    summed: state + mask + 2 * state + (ranks === 1 ? 0 : 2),
    sharded: state + mask / ranks + 2 * (1 + slots / ranks) + 2,
    local: 1 + state + mask + 4 * state + 1,
  };
  return 4 * parameters * arrays[scheme];
}
