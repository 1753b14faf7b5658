import type { Tensor } from "../../graph/index.ts";
import { crossEntropy } from "../../nn/layers/losses.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { PaperBatchInputs } from "./batch.ts";
import { type PaperOptions, paperModel } from "./model.ts";

export interface PaperLossOptions extends PaperOptions {
  /** Whether the softmax that is trained is over legal tokens alone, as in sampling; by default it is. */
  readonly mask?: boolean;
}

/** Nats per token, padding left out: what is trained, and both ways of counting it. */
export function paperObjective(x: PaperBatchInputs, options: PaperLossOptions) {
  return (p: Scope) => {
    const { mask = true } = options;
    const logits = paperModel(p, x, options);
    const legal = crossEntropy(logits, x.targets, { legal: x.legal }).mean;
    const all = crossEntropy(logits, x.targets).mean;
    return { loss: mask ? legal : all, metrics: { legalNats: legal, allNats: all } };
  };
}

/** Bits of each stream of a batch, `[batch]`, over legal tokens; the starting plane is not counted. */
export function paperBits(p: Scope, x: PaperBatchInputs, options: PaperOptions): Tensor {
  const logits = paperModel(p, x, options);
  const chances = x.legal.where(logits, -1e9).logSoftmax();
  const chosen = x.targets.oneHot(options.vocabulary);
  return chances
    .mul(chosen)
    .sum([1, 2])
    .mul(-1 / Math.LN2);
}
