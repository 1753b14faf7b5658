import { input, type Tensor } from "../../graph/index.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { ModelSetting } from "../model.ts";
import { type PerScale, perScale } from "../scales.ts";
import { wordInput, wordVectors } from "../words/wordVectors.ts";
import { imagesOf, type TableSize } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import { guessedCells } from "./guessedCells.ts";
import { decide, type NetworkSize, type States, summarize } from "./network.ts";
import { gridCells } from "./stateSummary.ts";

/** No token that is not legal gets a share of the softmax. */
const never = -1e9;

/** Descriptions of states, `[S, stateWidth]`, taken apart. */
export function statesOf(
  states: Tensor,
  { cellWidth, stateWidth }: Describer,
): Pick<States, "cells" | "context"> {
  const cells = states.slice(1, 0, gridCells * cellWidth);
  return {
    cells: cells.reshape([-1, gridCells, cellWidth]),
    context: states.slice(1, gridCells * cellWidth, stateWidth),
  };
}

/**
 * Bits of every decision of a table, `[rows]` of each scale: -log2 of the share of the token that stood there, among the
 * legal ones; 0 in unused rows. The graph's inputs are named as `feedsOf` names the arrays of a table.
 */
export function decisionBits(
  p: Scope,
  describer: Describer,
  table: TableSize,
  size: NetworkSize,
): PerScale<Tensor> {
  const { siteWidth, stateWidth, tokens, setting } = describer;
  const states = input("states", [table.states, stateWidth]);
  const told = toldWords(p, "captions.words", imagesOf(table), setting);
  const ofStates = told?.gather(input("captions.image", [table.states], "int32"));
  const words = ofStates && guessedCells(ofStates, setting.language);
  const cells = summarize(p, { ...statesOf(states, describer), words }, size);
  return perScale((scale) => {
    const rows = table.rows[scale];
    const decisions = {
      sites: input(`${scale}.sites`, [rows, siteWidth[scale]]),
      cell: cells.gather(input(`${scale}.cell`, [rows], "int32")),
    };
    const logits = decide(p.in(scale), decisions, tokens, size);
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

/** What some captions say, `[captions, coarse]`, of which the graph input `name` has the words; none of models without words. */
export const toldWords = (
  p: Scope,
  name: string,
  captions: number,
  { words }: ModelSetting,
): Tensor | undefined =>
  words && wordVectors(p.in("words"), wordInput(name, captions, words), words);

/**
 * Logits of single decisions, `[batch, tokens]`, by the networks of both scales; the one of the decision's scale counts. Each
 * row has its own inputs: the decision's description `site`, `[batch, siteWidth.shape]`, the `state` at the start of its
 * stage, `[batch, stateWidth]`, its `cell`, int32 `[batch]`, and the pieces of its `words`, if there are any. The description of a detail is the beginning of a row.
 */
export function decisionLogits(
  p: Scope,
  describer: Describer,
  batch: number,
  size: NetworkSize,
): { readonly shapeLogits: Tensor; readonly detailLogits: Tensor } {
  const { siteWidth, stateWidth, tokens, setting } = describer;
  const site = input("site", [batch, siteWidth.shape]);
  const told = toldWords(p, "words", batch, setting);
  const words = told && guessedCells(told, setting.language);
  const state = input("state", [batch, stateWidth]);
  const cells = summarize(p, { ...statesOf(state, describer), words }, size);
  // A product with one-hot rows and no gather: its indices would depend on the place in the batch.
  const isCell = input("cell", [batch], "int32").oneHot(gridCells).reshape([batch, 1, gridCells]);
  const cell = isCell
    .matmul(cells.reshape([batch, gridCells, size.cellWidth]))
    .reshape([batch, size.cellWidth]);
  const { shape, detail } = perScale((scale) => {
    const sites = site.slice(1, 0, siteWidth[scale]);
    return decide(p.in(scale), { sites, cell }, tokens, size);
  });
  return { shapeLogits: shape, detailLogits: detail };
}
