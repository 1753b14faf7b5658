import { concat, type Tensor } from "../../graph/index.ts";
import { type Delays, type Past, wholeSequence } from "../../nn/decoding/past.ts";
import type { Scope } from "../../nn/parameters.ts";

/**
 * A causal operation on what passes from one block of a model to the next: position t of the result depends on positions
 * up to t. It comes in two forms that agree: for whole sequences, and for one position at a time.
 */
export interface Mixing {
  /** `[batch, length, width]` to the same. */
  whole(p: Scope, x: Tensor): Tensor;
  /** `[batch, 1, width]` to the same; the cost does not depend on how far it sees. */
  step(p: Scope, x: Tensor, past: Past): Tensor;
}

/** A mixing whose formula needs earlier values of its input alone. */
export function fromDelays(formula: (p: Scope, x: Tensor, past: Delays) => Tensor): Mixing {
  return { whole: (p, x) => formula(p, x, wholeSequence), step: formula };
}

/** Features that are mixed: the upper part, `fraction` of `width`. */
export const mixedWidth = (width: number, fraction: number): number => Math.floor(width * fraction);

/** Mixes the last `mixed` features and keeps the others. */
export function onUpper(mixed: number, mixing: Mixing): Mixing {
  const split = (x: Tensor, mix: (low: Tensor) => Tensor): Tensor => {
    const width = x.shape.at(-1) ?? 0;
    if (mixed === 0) return x;
    if (mixed === width) return mix(x);
    const [kept, low] = x.split(-1, [width - mixed, mixed]) as [Tensor, Tensor];
    return concat([kept, mix(low)], -1);
  };
  return {
    whole: (p, x) => split(x, (low) => mixing.whole(p, low)),
    step: (p, x, past) => split(x, (low) => mixing.step(p, low, past)),
  };
}
