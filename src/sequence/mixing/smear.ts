import { normal, zeros } from "../../nn/initializers.ts";
import { linear } from "../../nn/layers/layers.ts";
import { fromDelays, type Mixing } from "./mixing.ts";

/** Features that the gate looks at. */
const gateWidth = 12;

/**
 * Smear (modded-nanogpt): `x(t) + λ σ(w · x(t)) x(t - 1)`, the gate from a few features of the position itself. λ starts
 * at zero, so that a model starts as it would without.
 */
export function smearMixing(width: number): Mixing {
  const seen = Math.min(gateWidth, width);
  return fromDelays((p, x, past) => {
    const gate = linear(p.in("gate"), x.slice(-1, 0, seen), 1, {
      role: "head", // a single output: there is nothing to orthogonalize
      initialize: normal(0.02),
    });
    return x.add(past.ago(x, 1).mul(gate.sigmoid().mul(p.get("strength", [1], zeros))));
  });
}
