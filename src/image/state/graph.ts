import { input, type Tensor } from "../../graph/index.ts";
import { widthOf } from "../../nn/layers/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { ModelSetting } from "../model.ts";
import { type PerScale, perScale } from "../scales.ts";
import { wordInput, wordVectors } from "../words/wordVectors.ts";
import { imagesOf, type TableSize } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import { guessedCells } from "./guessedCells.ts";
import { askedWidth, guessedCoefficients, guessOfDecisions, mostMembers } from "./guesses.ts";
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
  const ofImages = told && input("captions.image", [table.states], "int32");
  const ofStates = ofImages && told.gather(ofImages);
  const words = ofStates && guessedCells(ofStates, setting.language);
  const cells = summarize(p, { ...statesOf(states, describer), words }, size);
  const guess = (rows: number) => {
    if (!told || !ofImages) return undefined;
    const label = input("captions.label", [imagesOf(table)], "int32");
    const guesses = guessedCoefficients(p.in("words"), told, label, setting.classes);
    const members = input("captions.members", [rows, mostMembers], "int32");
    const found = guesses.gather(ofImages).reshape([-1]).gather(members);
    return guessOfDecisions(found, input("captions.asked", [rows, askedWidth]));
  };
  return perScale((scale) => {
    const rows = table.rows[scale];
    const decisions = {
      guess: scale === "shape" ? guess(rows) : undefined,
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
 * stage, `[batch, stateWidth]`, and its `cell`, int32 `[batch]`; of models that are told words also the `words`, the `label`, and
 * which `members` of the guess a decision of the shape is about and how they are `asked` about, as `GuessAsker` writes them. The
 * description of a detail is the beginning of a row.
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
  const guess = told && singleGuess(p, told, batch, setting.classes);
  const { shape, detail } = perScale((scale) => {
    const sites = site.slice(1, 0, siteWidth[scale]);
    const heard = scale === "shape" ? guess : undefined;
    return decide(p.in(scale), { sites, cell, guess: heard }, tokens, size);
  });
  return { shapeLogits: shape, detailLogits: detail };
}

/** What a guess says of decisions that have one each, in shapes that a file can have with any number of rows. */
function singleGuess(p: Scope, told: Tensor, batch: number, classes: number): Tensor {
  const label = input("label", [batch], "int32");
  const guesses = guessedCoefficients(p.in("words"), told, label, classes);
  const places = widthOf(guesses);
  const isMember = input("members", [batch, mostMembers], "int32").oneHot(places);
  const members = isMember
    .matmul(guesses.reshape([batch, places, 1]))
    .reshape([batch, mostMembers]);
  return guessOfDecisions(members, input("asked", [batch, askedWidth]));
}
