import { concat, type Tensor } from "../../graph/index.ts";
import { constantly, zeros } from "../../nn/initializers.ts";
import type { Mixing, MixingSite } from "./mixing.ts";

/** Rows of a table of pairs, at most; where there are more pairs, several share a row. */
const mostPairs = 8192;

/**
 * A vector for each pair of the previous and the present token (the bigram embedding of modded-nanogpt), starting at zero, is
 * added to what enters every block, times a weight of the block that starts at 0.1. For small alphabets the table is exact;
 * beyond {@link mostPairs} pairs it is hashed.
 */
export const bigramMixing: Mixing = (site) => {
  const { p, width } = site;
  const table = p.get("table", [pairRows(site.symbols), width], zeros, { role: "embedding" });
  const vectors = table.gather(pairs(site));
  return {
    residual: (x, layer) =>
      x.add(vectors.mul(p.get(`weight${layer}`, [1], constantly(0.1), { role: "gain" }))),
  };
};

/** The tokens that can stand before another: the symbols, the start, and nothing. */
const previousKinds = (symbols: number): number => symbols + 2;

const pairCount = (symbols: number): number => previousKinds(symbols) * (symbols + 1);

export const pairRows = (symbols: number): number => Math.min(mostPairs, pairCount(symbols));

/** A prime below 2^15, so that its product with a token stays below 2^31. */
const spread = 31_337;

/** The row of each position's pair, int32 `[batch, length]`. */
function pairs({ tokens, symbols, past }: MixingSite): Tensor {
  const [batch, length] = tokens.shape as readonly [number, number];
  // As float32, which holds these whole numbers exactly and can be delayed; 0 is nothing.
  const before = past
    .ago(tokens.cast("float32").add(1).reshape([batch, length, 1]), 1)
    .reshape([batch, length]);
  if (pairCount(symbols) <= mostPairs) {
    return before
      .mul(symbols + 1)
      .add(tokens.cast("float32"))
      .cast("int32");
  }
  const hash = before.cast("int32").mul(spread).add(tokens);
  return hash.sub(hash.div(mostPairs).mul(mostPairs)); // the remainder: both are not negative
}

/**
 * Value embeddings (modded-nanogpt; Zhou et al. 2024): a vector for each token, of a table for each block, is added to the values
 * that attention reads, times a weight that starts at ½.
 */
export const valueMixing: Mixing = ({ p, tokens, symbols, width }) => ({
  queryKeyValue(x, layer) {
    const q = p.in(`block${layer}`);
    const table = q.get("table", [symbols + 1, width], zeros, { role: "embedding" });
    const weight = q.get("weight", [1], constantly(0.5), { role: "gain" });
    const [queryKey, value] = x.split(-1, [2 * width, width]) as [Tensor, Tensor];
    return concat([queryKey, value.add(table.gather(tokens).mul(weight))], -1);
  },
});
