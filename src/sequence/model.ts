import { constant, type Tensor } from "../graph/index.ts";
import type { StepContext } from "../nn/decoding/decoder.ts";
import { wholeSequence } from "../nn/decoding/past.ts";
import { type TrunkHooks, trunk } from "../nn/layers/gpt.ts";
import { linear } from "../nn/layers/layers.ts";
import { crossEntropy } from "../nn/layers/losses.ts";
import type { Scope } from "../nn/parameters.ts";
import { type Design, type DesignName, designs } from "./design.ts";
import type { Mixing, MixingHooks } from "./mixing/mixing.ts";

/** Sizes of a sequence model. */
export interface SequenceSize {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Positions of a training window, and most that the model can look back. */
  readonly context: number;
  /** Tokens it predicts, 0 … symbols - 1; the input also knows `symbols`, the start. */
  readonly symbols: number;
  /** How it is built: see {@link designs}, or a design of one's own; GPT-2's by default. */
  readonly design?: DesignName | Design;
}

/** What a model is used with beside its sizes. */
export interface ModelOptions {
  /** Where it runs one position at a time. */
  readonly step?: StepContext;
  /** To what branches add to the residual stream: dropout in training. */
  readonly branch?: TrunkHooks["branch"];
}

/**
 * A causal transformer with a mixing (Verma 2024): inputs `[batch, length]` to logits `[batch, length, symbols]` of the token
 * that follows each. With `step`, of one position each.
 */
export function sequenceModel(
  p: Scope,
  inputs: Tensor,
  size: SequenceSize,
  mixing: Mixing,
  options: ModelOptions = {},
): Tensor {
  return head(p, size)(trunkAndHooks(p, inputs, size, mixing, options).features);
}

/** The same without its head: features `[batch, length, width]`, of each position from those up to it. */
export const sequenceTrunk = (
  p: Scope,
  inputs: Tensor,
  size: SequenceSize,
  mixing: Mixing,
  options: ModelOptions = {},
): Tensor => trunkAndHooks(p, inputs, size, mixing, options).features;

/** What a model is trained on, as scalars. */
export interface SequenceLoss {
  /** Mean of -ln p of a target, in nats. */
  readonly nats: Tensor;
  /** The same, plus what the mixing adds in training. */
  readonly loss: Tensor;
}

/** The loss of a model: inputs and targets int32 `[batch, length]`; a target of -1 does not count. */
export function sequenceLoss(
  p: Scope,
  { inputs, targets }: { readonly inputs: Tensor; readonly targets: Tensor },
  size: SequenceSize,
  mixing: Mixing,
  options: ModelOptions = {},
): SequenceLoss {
  const { features, auxiliary } = trunkAndHooks(p, inputs, size, mixing, options);
  const logits = head(p, size);
  const nats = crossEntropy(logits(features), targets).mean;
  return { nats, loss: auxiliary ? nats.add(auxiliary(features, targets, logits)) : nats };
}

const head =
  (p: Scope, { symbols }: SequenceSize) =>
  (x: Tensor): Tensor =>
    linear(p.in("head"), x, symbols, { role: "head" });

function trunkAndHooks(
  p: Scope,
  tokens: Tensor,
  size: SequenceSize,
  mixing: Mixing,
  { step, branch }: ModelOptions,
): Pick<MixingHooks, "auxiliary"> & { readonly features: Tensor } {
  const { layers, heads, width, context, symbols } = size;
  const length = tokens.shape[1] ?? 0;
  const place = step?.position ?? constant([...Array(length).keys()], [length], "int32");
  const { parts, embed, attend = () => (as) => as } = designOf(size);
  const site = { p, tokens, symbols, width, context, place };
  const past = step?.past ?? wholeSequence;
  const { auxiliary, ...hooks } = mixing({ ...site, p: p.in("mixing"), layers, heads, past });
  const own = attend(site);
  const features = trunk(p, embed(site), {
    ...{ layers, heads, parts },
    ...(step && { attend: step.attend }),
    hooks: {
      ...hooks,
      ...(branch && { branch }),
      attend: (as, layer) => own(hooks.attend?.(as, layer) ?? as, layer),
    },
  });
  return { features, ...(auxiliary && { auxiliary }) };
}

/** How a model of some sizes is built. */
const designOf = ({ design = "gpt2" }: SequenceSize): Design =>
  typeof design === "string" ? designs[design] : design;
