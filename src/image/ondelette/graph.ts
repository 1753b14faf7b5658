import { input, type Tensor } from "../../graph/index.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { TableSize } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import { decide, type NetworkSize, summarise } from "./network.ts";

/** No token that is not legal gets a share of the softmax. */
const never = -1e9;

/**
 * Bits of every decision of a table, `[rows]`: -log2 of the share of the token that stood there, among the legal ones;
 * 0 in unused rows. The graph's inputs are named as the arrays of a `DecisionTable`.
 */
export function decisionBits(
  p: Scope,
  describer: Describer,
  { rows, states }: TableSize,
  size: NetworkSize,
): Tensor {
  const { siteWidth, stateWidth, tokens } = describer;
  const summary = summarise(p, input("states", [states, stateWidth]), size);
  const logits = decide(
    p,
    input("sites", [rows, siteWidth]),
    summary.whole.gather(input("stage", [rows], "int32")),
    summary.cells.gather(input("cell", [rows], "int32")),
    tokens,
    size,
  );
  const chances = input("legal", [rows, tokens], "bool").where(logits, never).logSoftmax();
  const chosen = input("tokens", [rows], "int32").oneHot(tokens);
  return chances
    .mul(chosen)
    .sum(-1)
    .mul(-1 / Math.LN2);
}
