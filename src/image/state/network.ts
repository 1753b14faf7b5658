import type { Tensor } from "../../graph/index.ts";
import { fanIn } from "../../nn/initializers.ts";
import { linear } from "../../nn/layers/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import { gridSide } from "./stateSummary.ts";

/** Sizes of the network. */
export interface NetworkSize {
  /** Width of the layers that answer a decision. */
  readonly width: number;
  /** Number of those layers. */
  readonly depth: number;
  /** Width of the layers that summarize the known picture. */
  readonly summaryWidth: number;
  /** Numbers that a summary says of each cell. */
  readonly cellWidth: number;
}

/** What is said of S states to the decisions that follow them. */
export interface Summary {
  /** Of the whole picture, `[S, width]`. */
  readonly whole: Tensor;
  /** Of each cell, `[S · cells, cellWidth]`. */
  readonly cells: Tensor;
}

/** Keeps the scale of activations through rectified layers (He et al. 2015). */
const initialize = fanIn(Math.SQRT2);

/** Summarizes known pictures, `[S, stateWidth]`. */
export function summarize(p: Scope, states: Tensor, size: NetworkSize): Summary {
  const hidden = linear(p.in("summary0"), states, size.summaryWidth, { initialize }).relu();
  const deep = linear(p.in("summary1"), hidden, size.summaryWidth, { initialize }).relu();
  return {
    whole: linear(p.in("whole"), deep, size.width, {
      role: "head",
      bias: false,
      initialize: fanIn(),
    }),
    cells: linear(p.in("cells"), deep, gridSide ** 2 * size.cellWidth, {
      role: "head",
      initialize: fanIn(),
    }).reshape([-1, size.cellWidth]),
  };
}

/**
 * Logits `[n, tokens]` of n decisions: their descriptions `[n, siteWidth]` and what the summaries say to them. Each scale
 * has a network of its own.
 */
export function decide(
  p: Scope,
  sites: Tensor,
  whole: Tensor,
  cell: Tensor,
  tokens: number,
  size: NetworkSize,
): Tensor {
  let h = linear(p.in("site"), sites, size.width, { initialize })
    .add(whole)
    .add(
      linear(p.in("cell"), cell, size.width, {
        role: "embedding",
        bias: false,
        initialize: fanIn(),
      }),
    )
    .relu();
  for (let layer = 1; layer < size.depth; layer++) {
    h = linear(p.in(`layer${layer}`), h, size.width, { initialize }).relu();
  }
  return linear(p.in("token"), h, tokens, { role: "head", initialize: fanIn(0.1) });
}
