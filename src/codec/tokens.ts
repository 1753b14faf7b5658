/** The two vocabularies of arXiv 2406.19997: `blocks` (7 tokens, its section 3.2.1) and `trees` (6 tokens, 3.2.2). */
export type Vocabulary = "blocks" | "trees";

/** A token id; its meaning depends on the vocabulary. */
export type Token = number;

/**
 * The zero-block vocabulary at the plane of threshold T, α the true and α̃ the known value:
 * a group token says that all its |α| < T; NowSignificant that T ≤ |α| < 2T, with the sign;
 * Insignificant that |α| < T; NextAccuracy1 that |α| > |α̃|, NextAccuracy0 that |α| ≤ |α̃|.
 */
export const blockTokens = {
  Group4x4: 0,
  Group2x2: 1,
  NowSignificantNeg: 2,
  NowSignificantPos: 3,
  Insignificant: 4,
  NextAccuracy0: 5,
  NextAccuracy1: 6,
} as const satisfies Readonly<Record<string, Token>>;

/**
 * The zero-tree vocabulary: ZeroTree says that a coefficient and all its descendants have |α| < T;
 * the rest is as in {@link blockTokens}.
 */
export const treeTokens = {
  ZeroTree: 0,
  NowSignificantNeg: 1,
  NowSignificantPos: 2,
  Insignificant: 3,
  NextAccuracy0: 4,
  NextAccuracy1: 5,
} as const satisfies Readonly<Record<string, Token>>;

/** Name of every token, by vocabulary and id. */
export const tokenNames: Readonly<Record<Vocabulary, readonly string[]>> = {
  blocks: Object.keys(blockTokens),
  trees: Object.keys(treeTokens),
};

/** Tokens of the larger vocabulary: ids are 0 … tokenLimit - 1 in both. */
export const tokenLimit = Math.max(...Object.values(tokenNames).map(({ length }) => length));

/** Names of both vocabularies. */
export const vocabularies = Object.keys(tokenNames) as readonly Vocabulary[];

/** A set of tokens: bit t is set if token t is a member. */
export type TokenSet = number;

/** The set of the given tokens. */
export function tokenSet(...tokens: readonly Token[]): TokenSet {
  return tokens.reduce((set, token) => set | (1 << token), 0);
}

/** Number of tokens in a set. */
export function tokenCount(set: TokenSet): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Names of a set's tokens, in the order of their ids. */
export function namesOf(set: TokenSet, vocabulary: Vocabulary): readonly string[] {
  return tokenNames[vocabulary].filter((_, token) => (set & (1 << token)) !== 0);
}
