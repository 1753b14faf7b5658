import type { PoolingAttributes } from "../operations/pooling.ts";
import { sizeOf } from "../types.ts";
import type { Differentiation } from "./gradientRule.ts";

/** Gradient rules of pooling: all to the place of the largest value. */
export const pooling: {
  readonly [K in keyof PoolingAttributes]: Differentiation<PoolingAttributes[K]>;
} = {
  maxPool2d: ([g], { inputs: [x], outputs: [, places] }) =>
    g && x && places
      ? [
          g
            .reshape([-1])
            .scatterAdd(places.reshape([-1]), sizeOf(x.shape))
            .reshape(x.shape),
        ]
      : [],
};
