import type { Random } from "../data/random/random.ts";
import { input, type Shape, sizeOf } from "../graph/index.ts";
import { dropout, dropoutMask } from "../nn/layers/dropout.ts";
import type { Arrays } from "../runtime/compile.ts";
import type { ModelOptions } from "./model.ts";

/** Dropout of what the branches of every block add to the residual stream. */
export interface BranchDropout {
  /** Adds the dropout to a model; its masks are inputs of the graph. */
  readonly options: ModelOptions;
  /** The masks of a step: a function of `random` and the step alone. */
  masks(random: Random): (step: number) => Arrays;
}

/** Draws that the masks are cut from. */
const poolSize = 2 ** 22;

/**
 * Dropout at a rate for branches of a shape, `[batch, length, width]`. A mask is a stretch of one fixed pool of draws from a
 * random place on, so it costs nothing to make and nothing to copy.
 */
export function branchDropout(rate: number, shape: Shape, layers: number): BranchDropout {
  if (rate === 0) return { options: {}, masks: () => () => ({}) };
  const branches = ["attention", "mlp"] as const;
  const nameOf = (layer: number, of: string) => `dropout.block${layer}.${of}`;
  const size = sizeOf(shape);
  return {
    options: { branch: (y, layer, of) => dropout(y, input(nameOf(layer, of), shape)) },
    masks(random) {
      const pool = dropoutMask([Math.max(poolSize, 2 * size)], rate, random.fork("pool"));
      return (step) => {
        const places = random.fork(`step ${step}`);
        return Object.fromEntries(
          Array.from({ length: layers }, (_, layer) =>
            branches.map((of) => {
              const start = places.integer(pool.length - size);
              return [nameOf(layer, of), pool.subarray(start, start + size)];
            }),
          ).flat(),
        );
      };
    },
  };
}
