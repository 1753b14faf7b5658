import { zeros } from "../../nn/initializers.ts";
import { linear } from "../../nn/layers/layers.ts";
import type { Mixing } from "./mixing.ts";

/** Features that the gate looks at. */
const gateWidth = 12;

/**
 * Gate and strength learn at this part of the others' rate: they are parameters times this factor, which Adam, whose steps
 * do not depend on the size of a gradient, makes the same.
 */
const slowness = 0.01;

/**
 * Smear as published (modded-nanogpt, pull request 130): once, on the embedding of the tokens,
 * `x(t) + λ σ(w · x(t)[0…12)) x(t - 1)`. λ and w start at zero and learn at a hundredth of the rate.
 */
export const smearMixing: Mixing = ({ p, width, past }) => ({
  residual(x, layer) {
    if (layer > 0) return x;
    const seen = x.slice(-1, 0, Math.min(gateWidth, width));
    const gate = linear(p.in("gate"), seen, 1, {
      ...{ role: "kernel", bias: false, initialize: zeros, scaleInput: slowness }, // neither decayed nor orthogonalized
    });
    const strength = p.get("strength", [1], zeros).mul(slowness);
    return x.add(past.ago(x, 1).mul(gate.sigmoid().mul(strength)));
  },
});
