import type { Tensor } from "../../graph/index.ts";
import { fanIn, zeros } from "../../nn/initializers.ts";
import { linear, widthOf } from "../../nn/layers/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import { gridCells } from "./stateSummary.ts";

/** Sizes of the network. */
export interface NetworkSize {
  /** Width of the layers that answer a decision. */
  readonly width: number;
  /** Number of those layers. */
  readonly depth: number;
  /** Numbers of each cell in the layers that summarize the known picture. */
  readonly summaryWidth: number;
  /** Numbers that a summary says of each cell. */
  readonly cellWidth: number;
}

/** Known pictures: `cells`, `[S, cells, numbers]`, and `context`, `[S, numbers]`. */
export interface States {
  readonly cells: Tensor;
  readonly context: Tensor;
  /** What words say of each cell, `[S, cells, numbers]`, where the network is told; zeros where nothing is said. */
  readonly words?: Tensor | undefined;
}

/** Keeps the scale of activations through layers that halve them (He et al. 2015). */
const initialize = fanIn(Math.SQRT2);
const plain = fanIn();

/** Rounds of mixing across cells and within them. */
export const rounds = 2;

/**
 * Summarizes known pictures: what is said of each cell to the decisions that lie in it, `[S · cells, cellWidth]`. Layers
 * within each cell and across all cells take turns, as in an MLP-Mixer (Tolstikhin et al. 2021): matrix products alone, and
 * every cell hears of every other.
 */
export function summarize(p: Scope, { cells, context, words }: States, size: NetworkSize): Tensor {
  const { summaryWidth, cellWidth } = size;
  const states = context.shape[0]!; // [states, numbers]
  const told = linear(p.in("context"), context, summaryWidth, {
    ...{ role: "embedding", bias: false, initialize: plain },
  });
  /** Adds what the words say of each cell. */
  const listen = (name: string, x: Tensor): Tensor =>
    words
      ? x.add(
          linear(p.in(name), words, widthOf(x), {
            ...{ role: "embedding", bias: false, initialize: zeros }, // at first as if nothing were said
          }),
        )
      : x;
  const place = p.get("place", [gridCells, summaryWidth], zeros, { role: "embedding" });
  let z = linear(p.in("summary"), cells, summaryWidth, { initialize })
    .add(place)
    .add(told.reshape([states, 1, summaryWidth]));
  z = listen("wordsSeen", z).silu();
  for (let round = 0; round < rounds; round++) {
    const r = p.in(`round${round}`);
    const across = linear(r.in("across"), z.transpose([0, 2, 1]), gridCells, { initialize }).silu();
    z = z.add(across.transpose([0, 2, 1]));
    z = linear(r.in("within"), z, summaryWidth, { initialize }).silu();
  }
  const said = linear(p.in("cells"), z, cellWidth, { role: "head", initialize: plain });
  return listen("wordsSaid", said).reshape([-1, cellWidth]);
}

/** Decisions as the network is asked them. */
export interface Decisions {
  /** Their descriptions, `[n, siteWidth]`. */
  readonly sites: Tensor;
  /** What the summary says of their cells, `[n, cellWidth]`. */
  readonly cell: Tensor;
  /** What words say of the coefficients that they are about, `[n, numbers]`, where the network is told. */
  readonly guess?: Tensor | undefined;
}

/** Logits `[n, tokens]` of n decisions. Each scale has a network of its own. */
export function decide(
  p: Scope,
  { sites, cell, guess }: Decisions,
  tokens: number,
  { width, depth }: NetworkSize,
): Tensor {
  let h = linear(p.in("site"), sites, width, { initialize }).add(
    linear(p.in("cell"), cell, width, { role: "embedding", bias: false, initialize: plain }),
  );
  if (guess)
    h = h.add(
      linear(p.in("guess"), guess, width, { role: "embedding", bias: false, initialize: zeros }),
    );
  h = h.silu();
  for (let layer = 1; layer < depth; layer++) {
    h = linear(p.in(`layer${layer}`), h, width, { initialize }).silu();
  }
  return linear(p.in("token"), h, tokens, { role: "head", initialize: fanIn(0.1) });
}
