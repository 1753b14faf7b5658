import { constant, type Tensor } from "../../graph/index.ts";
import { normal, zeros } from "../initializers.ts";
import type { Scope } from "../parameters.ts";
import { type Attend, attention } from "./attention.ts";
import { causal } from "./causalAttention.ts";
import {
  embedding,
  gptDeviation,
  layerNorm,
  linear,
  type MlpOptions,
  mlp,
  rmsNorm,
  squaredReluMlp,
} from "./layers.ts";

/** What blocks are made of, beside attention. */
export interface BlockParts {
  /** The norm before attention, before the feed-forward layers and at the end. */
  readonly norm: (p: Scope, x: Tensor) => Tensor;
  readonly feedForward: (p: Scope, x: Tensor, options: MlpOptions) => Tensor;
  /** Whether the projections of attention have biases. */
  readonly bias: boolean;
  /** Whether projections onto the residual stream start at zero, so that a block starts as the identity. */
  readonly startsIdle: boolean;
}

/** GPT-2's (Radford et al. 2019): layer norms, GELU, biases. */
export const gpt2Parts: BlockParts = {
  ...{ norm: layerNorm, feedForward: mlp, bias: true, startsIdle: false },
};

/** RMS norms, squared ReLU (So et al. 2021), no biases, blocks that start as the identity. */
export const leanParts: BlockParts = {
  ...{ norm: rmsNorm, feedForward: squaredReluMlp, bias: false, startsIdle: true },
};

/** What can be done to a tensor at a place of each layer. */
export type LayerHook = (x: Tensor, layer: number) => Tensor;

/** Places of a stack of blocks where more can be done; nothing is by default. */
export interface TrunkHooks {
  /** To what enters a block, `[batch, length, width]`. */
  readonly residual?: LayerHook;
  /** To the normed input of attention, `[batch, length, width]`. */
  readonly attention?: LayerHook;
  /** To queries, keys and values side by side, `[batch, length, 3 width]`. */
  readonly queryKeyValue?: LayerHook;
  /** How the attention of a layer reads keys and values, given how it would. */
  readonly attend?: (attend: Attend, layer: number) => Attend;
  /** To the normed input of the feed-forward layers, `[batch, length, width]`. */
  readonly mlp?: LayerHook;
  /** To their hidden layer before its nonlinearity, `[batch, length, hidden]`. */
  readonly hidden?: LayerHook;
  /** To what attention (first) and the feed-forward layers (second) add to the residual stream. */
  readonly branch?: (y: Tensor, layer: number, of: "attention" | "mlp") => Tensor;
}

/** Size of a stack of transformer blocks. */
export interface TrunkOptions {
  readonly layers: number;
  readonly heads: number;
  /** How the attention of each layer reads keys and values; causal by default. */
  readonly attend?: (layer: number) => Attend;
  /** GPT-2's by default. */
  readonly parts?: BlockParts;
  readonly hooks?: TrunkHooks;
}

const asItIs: LayerHook = (x) => x;

/** `x + attention(norm(x))`, then `x + mlp(norm(x))` (pre-norm, as GPT-2). */
export function block(p: Scope, x: Tensor, options: TrunkOptions, layer = 0): Tensor {
  const { heads, layers, attend = () => causal(), parts = gpt2Parts, hooks = {} } = options;
  const { norm, feedForward, bias, startsIdle } = parts;
  const { queryKeyValue = asItIs, hidden } = hooks;
  const { branch = (y: Tensor) => y } = hooks;
  const at = (hook: LayerHook = asItIs, y: Tensor) => hook(y, layer);
  // GPT-2 starts projections onto the residual stream smaller, so that its variance does not grow with depth.
  const initializeOutput = startsIdle ? zeros : normal(gptDeviation / Math.sqrt(2 * layers));
  const attended = attention(p.in("attention"), at(hooks.attention, norm(p.in("norm1"), x)), {
    ...{ heads, bias, initializeOutput },
    attend: hooks.attend?.(attend(layer), layer) ?? attend(layer),
    projected: (y) => queryKeyValue(y, layer),
  });
  const y = x.add(branch(attended, layer, "attention"));
  const passed = feedForward(p.in("mlp"), at(hooks.mlp, norm(p.in("norm2"), y)), {
    initializeOutput,
    ...(hidden && { hooked: (z) => hidden(z, layer) }),
  });
  return y.add(branch(passed, layer, "mlp"));
}

/** The blocks one after another and a final norm: `[batch, length, width]` to the same. */
export function trunk(p: Scope, x: Tensor, options: TrunkOptions): Tensor {
  const { layers, hooks = {}, parts = gpt2Parts } = options;
  const { residual = asItIs } = hooks;
  let y = x;
  for (let layer = 0; layer < layers; layer++) {
    y = block(p.in(`block${layer}`), residual(y, layer), options, layer);
  }
  return parts.norm(p.in("norm"), y);
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
