import { constant, type Tensor } from "../graph/index.ts";
import type { StepContext } from "../nn/decoding/decoder.ts";
import { trunk } from "../nn/layers/gpt.ts";
import { embedding, linear } from "../nn/layers/layers.ts";
import type { Scope } from "../nn/parameters.ts";
import type { Mixing } from "./mixing/mixing.ts";

/** Sizes of a sequence model. */
export interface SequenceSize {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Positions of a training window, and most that the model can look back. */
  readonly context: number;
  /** Tokens it predicts, 0 … symbols - 1; the input also knows `symbols`, the start. */
  readonly symbols: number;
}

/**
 * GPT-2 (Radford et al. 2019) with a mixing between its blocks (Verma 2024): inputs `[batch, length]` to logits
 * `[batch, length, symbols]` of the token that follows each. With `step`, of one position each.
 */
export function sequenceModel(
  p: Scope,
  inputs: Tensor,
  size: SequenceSize,
  mixing: Mixing | undefined,
  step?: StepContext,
): Tensor {
  return linear(p.in("head"), sequenceTrunk(p, inputs, size, mixing, step), size.symbols, {
    role: "head",
  });
}

/** The same without its head: features `[batch, length, width]`, of each position from those up to it. */
export function sequenceTrunk(
  p: Scope,
  inputs: Tensor,
  size: SequenceSize,
  mixing: Mixing | undefined,
  step?: StepContext,
): Tensor {
  const { layers, heads, width, context, symbols } = size;
  const length = inputs.shape[1] ?? 0;
  const place = step?.position ?? constant([...Array(length).keys()], [length], "int32");
  const x = embedding(p.in("token"), inputs, symbols + 1, width).add(
    embedding(p.in("position"), place, context, width),
  );
  return trunk(p, x, {
    layers,
    heads,
    ...(step && { attend: step.attend }),
    ...(mixing && {
      between: (q, y) => (step ? mixing.step(q, y, step.past) : mixing.whole(q, y)),
    }),
  });
}
