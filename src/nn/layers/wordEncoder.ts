import { concat, type Tensor } from "../../graph/index.ts";
import { fanIn, normal, zeros } from "../initializers.ts";
import type { Scope } from "../parameters.ts";
import { never } from "./causalAttention.ts";
import { linear } from "./layers.ts";

/** The name of the table of vectors among the parameters of an encoder. */
export const pieceTable = "pieces";

/**
 * The table holds so many times the vectors. An optimizer's steps are of one size for all parameters, and what is learned of a
 * seldom word comes from single examples: so its vector moves slowly.
 */
export const tableScale = 10;

export interface WordEncoderOptions {
  /** Different pieces. */
  readonly pieces: number;
  /** Numbers of the vector that a text becomes. */
  readonly width: number;
}

/**
 * One vector for each text: `[texts, length]` pieces, numbered from 1, with 0 behind the last of a text, to
 * `[texts, width]`. Each piece has a vector, which is changed by its two neighbors (`x + relu([before, x, after] W + b)`);
 * the text is the sum of these, weighted by a learned attention that knows no position and whose weights are 1 on average.
 * It starts as little more than the sum of the pieces' vectors, so these can be fitted to something beforehand: `pieceTable`
 * is the parameter, which holds {@link tableScale} times the vectors, with row 0 for no piece. It does not decay. A text without pieces is the
 * zero vector, so layers without a bias are told nothing.
 */
export function wordEncoder(
  p: Scope,
  pieces: Tensor,
  { pieces: count, width }: WordEncoderOptions,
): Tensor {
  const [texts, length] = pieces.shape as [number, number];
  const isPiece = pieces.greater(0);
  const there = isPiece.cast("float32").reshape([texts, length, 1]);
  const table = p.get(pieceTable, [count + 1, width], normal(1), { role: "kernel" });
  const own = table.gather(pieces).mul(there.mul(1 / tableScale));
  const before = own.pad(1, 1, -1);
  const after = own.pad(1, -1, 1);
  const mixed = linear(p.in("mix"), concat([before, own, after], -1), width, {
    ...{ role: "embedding", initialize: fanIn(0.1) },
  }).relu();
  const x = own.add(mixed);
  const scores = linear(p.in("score"), x, 1, {
    ...{ role: "embedding", bias: false, initialize: zeros },
  }).reshape([texts, length]);
  const shares = isPiece.where(scores, never).softmax().reshape([texts, length, 1]);
  const weights = shares.mul(there.sum(1, { keepDims: true }));
  return x.mul(weights).mul(there).sum(1);
}
