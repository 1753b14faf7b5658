import { tokenNames, type Vocabulary } from "ondelette/codec";

/** What tokens say, in both vocabularies. */
export const kindNames = [
  "group",
  "insignificant",
  "negative",
  "positive",
  "less",
  "more",
] as const;
export type Kind = (typeof kindNames)[number];

export const kindTitles: Readonly<Record<Kind, string>> = {
  group: "nothing here yet",
  insignificant: "not yet significant",
  negative: "significant, negative",
  positive: "significant, positive",
  less: "refined down",
  more: "refined up",
};

/** Colors of the style sheet. */
export const kindColors: Readonly<Record<Kind, `--${string}`>> = {
  group: "--token-group",
  insignificant: "--token-none",
  negative: "--token-negative",
  positive: "--token-positive",
  less: "--token-less",
  more: "--token-more",
};

const byName: Readonly<Record<string, Kind>> = {
  Group4x4: "group",
  Group2x2: "group",
  ZeroTree: "group",
  NowSignificantNeg: "negative",
  NowSignificantPos: "positive",
  Insignificant: "insignificant",
  NextAccuracy0: "less",
  NextAccuracy1: "more",
};

/** The number of each token's kind in {@link kindNames}. */
export const kindNumbers = (vocabulary: Vocabulary): readonly number[] =>
  tokenNames[vocabulary].map((name) => kindNames.indexOf(byName[name] ?? "group"));

/** What was said by tokens of each kind: how many they are, and their bits. */
export function tally(
  tokens: Uint8Array,
  bits: Float32Array,
  vocabulary: Vocabulary,
): readonly { readonly count: number; readonly bits: number }[] {
  const numbers = kindNumbers(vocabulary);
  const sums = kindNames.map(() => ({ count: 0, bits: 0 }));
  for (const [i, token] of tokens.entries()) {
    const sum = sums[numbers[token]!]!; // every token has a kind
    sum.count++;
    sum.bits += bits[i]!;
  }
  return sums;
}

/**
 * Shares of kinds along a stream: for each of `columns` equal parts of the code's bytes, the share of each kind among the bits
 * spent there, one after another.
 */
export function sharesAlong(
  {
    tokens,
    bits,
    bytes,
    vocabulary,
  }: {
    readonly tokens: Uint8Array;
    readonly bits: Float32Array;
    readonly bytes: Uint32Array;
    readonly vocabulary: Vocabulary;
  },
  columns: number,
): Float32Array {
  const numbers = kindNumbers(vocabulary);
  const shares = new Float32Array(columns * kindNames.length);
  const last = bytes.at(-1) ?? 1;
  for (const [i, token] of tokens.entries()) {
    const column = Math.min(columns - 1, Math.floor((bytes[i]! / last) * columns));
    shares[column * kindNames.length + numbers[token]!]! += bits[i] ?? 0;
  }
  const width = kindNames.length;
  for (let start = 0; start < shares.length; start += width) {
    const part = shares.subarray(start, start + width);
    const sum = part.reduce((total, share) => total + share, 0);
    if (sum > 0) part.set(part.map((share) => share / sum));
    else if (start > 0) part.set(shares.subarray(start - width, start)); // no token ends here
  }
  return shares;
}
