import type { MixingName } from "ondelette/sequence";

/** What each mixing does with a feature, in a few words. */
export const mixingAbout: Readonly<Record<MixingName, string>> = {
  none: "nothing: each token stays as it is",
  haar: "upper channels: means over the last 2, 4, 8, … tokens",
  "haar-renormalized": "the same, over the tokens that exist",
  "haar-8": "means over 2, 4 and 8 tokens",
  learned: "the windows of haar with weights that learn",
  shift: "upper channels: the token before",
  smear: "adds the token before through a gate that learns",
  conv: "3 learned weights for each channel",
  conv4: "4 learned weights for each channel",
  ema: "upper channels: moving averages with a learned decay",
  window: "upper channels: the mean of the last 4 tokens",
};

export const mixingNames = Object.keys(mixingAbout) as readonly MixingName[]; // a record's own keys

/** The names, for a choice. */
export const mixingTitles = Object.fromEntries(mixingNames.map((name) => [name, name])) as Readonly<
  Record<MixingName, string>
>; // one entry a name
