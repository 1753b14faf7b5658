import { constant, type Tensor } from "../../graph/index.ts";
import { normal } from "../initializers.ts";
import type { Scope } from "../parameters.ts";
import { type Attend, attention, causal } from "./attention.ts";
import { embedding, gptDeviation, layerNorm, linear, mlp } from "./layers.ts";

/** Size of a stack of transformer blocks. */
export interface TrunkOptions {
  readonly layers: number;
  readonly heads: number;
  /** How the attention of each layer reads keys and values; causal by default. */
  readonly attend?: (layer: number) => Attend;
  /** What passes from one block to the next; as it is by default. */
  readonly between?: (p: Scope, x: Tensor) => Tensor;
}

/** `x + attention(norm(x))`, then `x + mlp(norm(x))` (pre-norm, as GPT-2). */
export function block(p: Scope, x: Tensor, options: TrunkOptions, layer = 0): Tensor {
  const { heads, layers, attend = () => causal() } = options;
  // GPT-2 starts projections onto the residual stream smaller, so that its variance does not grow with depth.
  const initializeOutput = normal(gptDeviation / Math.sqrt(2 * layers));
  const attended = attention(p.in("attention"), layerNorm(p.in("norm1"), x), {
    heads,
    attend: attend(layer),
    initializeOutput,
  });
  const y = x.add(attended);
  return y.add(mlp(p.in("mlp"), layerNorm(p.in("norm2"), y), { initializeOutput }));
}

/** The blocks one after another and a final norm: `[batch, length, width]` to the same. */
export function trunk(p: Scope, x: Tensor, options: TrunkOptions): Tensor {
  const { layers, between = (_, y) => y } = options;
  let y = x;
  for (let layer = 0; layer < layers; layer++) {
    if (layer > 0) y = between(p.in(`between${layer}`), y);
    y = block(p.in(`block${layer}`), y, options, layer);
  }
  return layerNorm(p.in("norm"), y);
}

export interface GptOptions extends TrunkOptions {
  readonly width: number;
  readonly vocabulary: number;
  /** Most positions it can be asked for. */
  readonly context: number;
}

/**
 * GPT-2 (Radford et al. 2019): integers `[batch, length]` to logits `[batch, length, vocabulary]` for the token that
 * follows each. `positions`, integers of `[length]`, default to 0, 1, ….
 */
export function gpt(p: Scope, tokens: Tensor, options: GptOptions, positions?: Tensor): Tensor {
  const { vocabulary, context, width } = options;
  const length = tokens.shape[1] ?? 0;
  const place = positions ?? constant([...Array(length).keys()], [length], "int32");
  const x = embedding(p.in("token"), tokens, vocabulary, width).add(
    embedding(p.in("position"), place, context, width),
  );
  return linear(p.in("head"), trunk(p, x, options), vocabulary, { role: "head" });
}
