import type { Tensor } from "../../graph/index.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { PaperBatchInputs } from "./batch.ts";
import { type PaperOptions, paperModel } from "./model.ts";

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
