import { input, type Tensor } from "../../graph/index.ts";
import type { Scope } from "../../nn/parameters.ts";
import { type PerScale, perScale } from "../scales.ts";
import type { TableSize } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import { decide, type NetworkSize, summarize } from "./network.ts";
import { gridSide } from "./stateSummary.ts";

/** No token that is not legal gets a share of the softmax. */
const never = -1e9;

/**
 * Bits of every decision of a table, `[rows]` of each scale: -log2 of the share of the token that stood there, among the
 * legal ones; 0 in unused rows. The graph's inputs are named as `feedsOf` names the arrays of a table.
 */
export function decisionBits(
  p: Scope,
  { siteWidth, stateWidth, tokens }: Describer,
  table: TableSize,
  size: NetworkSize,
): PerScale<Tensor> {
  const summary = summarize(p, input("states", [table.states, stateWidth]), size);
  return perScale((scale) => {
    const rows = table.rows[scale];
    const logits = decide(
      p.in(scale),
      input(`${scale}.sites`, [rows, siteWidth[scale]]),
      summary.whole.gather(input(`${scale}.stage`, [rows], "int32")),
      summary.cells.gather(input(`${scale}.cell`, [rows], "int32")),
      tokens,
      size,
    );
    const legal = input(`${scale}.legal`, [rows, tokens], "bool");
    const chosen = input(`${scale}.tokens`, [rows], "int32").oneHot(tokens);
    return legal
      .where(logits, never)
      .logSoftmax()
      .mul(chosen)
      .sum(-1)
      .mul(-1 / Math.LN2);
  });
}

/**
 * Logits of single decisions, `[batch, tokens]`, by the networks of both scales; the one of the decision's scale counts. Each
 * row has its own inputs: the decision's description `site`, `[batch, siteWidth.shape]`, the `state` at the start of its
 * stage, `[batch, stateWidth]`, and its `cell`, int32 `[batch]`. The description of a detail is the beginning of a row.
 */
export function decisionLogits(
  p: Scope,
  { siteWidth, stateWidth, tokens }: Describer,
  batch: number,
  size: NetworkSize,
): { readonly shapeLogits: Tensor; readonly detailLogits: Tensor } {
  const site = input("site", [batch, siteWidth.shape]);
  const summary = summarize(p, input("state", [batch, stateWidth]), size);
  const cells = gridSide ** 2;
  // A product with one-hot rows and no gather: its indices would depend on the place in the batch.
  const isCell = input("cell", [batch], "int32").oneHot(cells).reshape([batch, 1, cells]);
  const cell = isCell
    .matmul(summary.cells.reshape([batch, cells, size.cellWidth]))
    .reshape([batch, size.cellWidth]);
  const { shape, detail } = perScale((scale) =>
    decide(p.in(scale), site.slice(1, 0, siteWidth[scale]), summary.whole, cell, tokens, size),
  );
  return { shapeLogits: shape, detailLogits: detail };
}
