import { concat, constant, type Tensor } from "../../graph/index.ts";
import { layerNorm, linear } from "../../nn/layers/layers.ts";
import { crossEntropy } from "../../nn/layers/losses.ts";
import type { Mixing } from "./mixing.ts";

/** What the further predictions weigh beside the next token's. */
const weight = 0.3;

/**
 * Multi-token prediction as an auxiliary loss (Gloeckle et al. 2024): a position also predicts the token after the next,
 * from its features by a layer of its own and the model's head. It costs nothing where a model is used.
 */
export const multiTokenMixing: Mixing = ({ p, width }) => ({
  auxiliary(x, targets, head) {
    const features = layerNorm(p.in("norm"), x.add(linear(p.in("second"), x, width)));
    return crossEntropy(head(features), oneLater(targets)).mean.mul(weight);
  },
});

/** The targets of the next position; -1 at the last, which has none. */
function oneLater(targets: Tensor): Tensor {
  const [batch, length] = targets.shape as readonly [number, number];
  const none = constant(Array<number>(batch).fill(-1), [batch, 1], "int32");
  return concat([targets.slice(1, 1, length), none], 1);
}
