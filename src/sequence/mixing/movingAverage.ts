import type { Initializer } from "../../nn/initializers.ts";
import { between, type Mixing, mixedWidth, onUpper } from "./mixing.ts";

/**
 * A learned exponential moving average of each upper feature (after MEGA, Ma et al. 2023):
 * `y(t) = α y(t - 1) + (1 - α) x(t)`, its α = σ(a) starting evenly between 0 and 1 over the features.
 */
export const averageMixing = (fraction = 1 / 2): Mixing =>
  between((p, x, past, { width }) => {
    const mixed = mixedWidth(width, fraction);
    const alpha = p.get("decay", [mixed], evenLogits).sigmoid();
    return onUpper(x, mixed, (u) => past.decayed(u, alpha));
  });

/** Logits of (i + ½)/n. */
const evenLogits: Initializer = (values) => {
  for (let i = 0; i < values.length; i++) {
    const alpha = (i + 0.5) / values.length;
    values[i] = Math.log(alpha / (1 - alpha));
  }
};
