import type { Tensor } from "../../graph/index.ts";
import { wholeSequence } from "../../nn/decoding/past.ts";
import type { Initializer } from "../../nn/initializers.ts";
import type { Scope } from "../../nn/parameters.ts";
import { type Mixing, mixedWidth, onUpper } from "./mixing.ts";

/**
 * A learned exponential moving average of each upper feature (after MEGA, Ma et al. 2023):
 * `y(t) = α y(t - 1) + (1 - α) x(t)`, its α = σ(a) starting evenly between 0 and 1 over the features.
 */
export function averageMixing(width: number, fraction = 1 / 2): Mixing {
  const mixed = mixedWidth(width, fraction);
  const decay = (p: Scope) => p.get("decay", [mixed], evenLogits).sigmoid();
  return onUpper(mixed, {
    // Σ_m α^m x(t - m) by doubling: the sum over 2n positions is that over n, plus α^n times that over the n before.
    whole(p, x) {
      const length = x.shape[1] ?? 0;
      let power = decay(p);
      let y = x.mul(power.neg().add(1));
      for (let n = 1; n < length; n *= 2) {
        y = y.add(wholeSequence.ago(y, n).mul(power));
        power = power.square();
      }
      return y;
    },
    step(p, x, past) {
      const alpha = decay(p);
      const next = (before: Tensor) => before.mul(alpha).add(x.mul(alpha.neg().add(1)));
      return past.carried(next, x);
    },
  });
}

/** Logits of (i + ½)/n. */
const evenLogits: Initializer = (values) => {
  for (let i = 0; i < values.length; i++) {
    const alpha = (i + 0.5) / values.length;
    values[i] = Math.log(alpha / (1 - alpha));
  }
};
