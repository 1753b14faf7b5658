import type { MixingName } from "ondelette/sequence";

/** What each mixing does, in a few words. */
export const mixingAbout: Readonly<Record<MixingName, string>> = {
  none: "nothing: each token stays as it is",
  haar: "upper channels: means over the last 2, 4, 8, … tokens",
  "haar-renormalized": "the same, over the tokens that exist",
  "haar-8": "means over 2, 4 and 8 tokens",
  "haar-heads": "keys and values: means over 1, 2, 4, 8, … tokens, a scale for each head",
  learned: "the windows of haar with weights that learn",
  shift: "upper channels: the token before",
  smear: "once, on the embedding: adds the token before through a gate that learns slowly",
  bigram: "adds a vector for each pair of tokens before every block",
  conv: "3 learned weights for each channel",
  conv4: "4 learned weights for each channel",
  primer: "3 learned weights for each channel of queries, keys and values",
  canon: "4 learned weights for each channel at four places of a block",
  values: "adds a vector for each token to the values that attention reads",
  ema: "upper channels: moving averages with a learned decay",
  window: "upper channels: the mean of the last 4 tokens",
  "multi-token": "in training, each position also predicts the token after the next",
};

export const mixingNames = Object.keys(mixingAbout) as readonly MixingName[]; // a record's own keys

/** Mixings that do not work on the channels that pass from block to block, but within blocks or in the loss. */
const within = [
  "haar-heads",
  "bigram",
  "primer",
  "canon",
  "values",
  "multi-token",
] as const satisfies readonly MixingName[];

/** A mixing whose weights on earlier tokens can be shown channel by channel. */
export type SeenMixing = Exclude<MixingName, (typeof within)[number]>;

export const seenMixings = mixingNames.filter(
  (name): name is SeenMixing => !within.some((other) => other === name),
);

/** The names, for a choice. */
export const mixingTitles = Object.fromEntries(mixingNames.map((name) => [name, name])) as Readonly<
  Record<MixingName, string>
>; // one entry a name

/** The same of those that can be shown. */
export const seenTitles = Object.fromEntries(seenMixings.map((name) => [name, name])) as Readonly<
  Record<SeenMixing, string>
>; // one entry a name
