import { siteKindNames, tokenNames } from "ondelette/codec";
import type { Encoded } from "./encoded.ts";
import { placeOf } from "./place.ts";

const channelNames = {
  gray: ["brightness"],
  ycbcr: ["luma", "blue difference", "red difference"],
} as const;

/** A channel as a person calls it. */
export const channelName = (color: Encoded["color"], channel: number): string =>
  channelNames[color][channel] ?? `channel ${channel}`;

/** A threshold 2^plane as a number. */
export const thresholdText = (plane: number): string =>
  plane < 0 ? `1/${2 ** -plane}` : `${2 ** plane}`;

/** What a token says of its magnitude, at the threshold T. */
const meanings: Readonly<Record<string, (T: string, twice: string) => string>> = {
  Group4x4: (T) => `all magnitudes of this 4×4 block are below ${T}`,
  Group2x2: (T) => `all magnitudes of these 2×2 are below ${T}`,
  ZeroTree: (T) => `this coefficient and all its descendants are below ${T}`,
  NowSignificantNeg: (T, twice) => `negative, and its magnitude lies between ${T} and ${twice}`,
  NowSignificantPos: (T, twice) => `positive, and its magnitude lies between ${T} and ${twice}`,
  Insignificant: (T) => `its magnitude is below ${T}`,
  NextAccuracy0: () => "its magnitude is not above the value that is known",
  NextAccuracy1: () => "its magnitude is above the value that is known",
};

const kindTexts: Readonly<Record<(typeof siteKindNames)[number], string>> = {
  block: "4×4 block",
  quad: "2×2 quad",
  coefficient: "coefficient",
  refine: "known coefficient",
  tree: "coefficient and its tree",
};

/** Where a token stands, what it says and what it costs. */
export interface Said {
  readonly name: string;
  readonly meaning: string;
  readonly place: string;
  readonly cost: string;
}

/** A token of a stream in words. */
export function describeToken(encoded: Encoded, index: number): Said {
  const { tokens, vocabulary, kinds, planes, offsets, bits, color, levels } = encoded;
  const name = tokenNames[vocabulary][tokens[index]!]!; // tokens of this vocabulary
  const plane = planes[index]!;
  const { channel, row, column, level, band } = placeOf(offsets[index]!, encoded);
  const kind = kindTexts[siteKindNames[kinds[index]!]!]; // every kind has a name
  const where =
    level === 0 ? "the approximation" : `the ${band} details of level ${level} of ${levels}`;
  const cost = bits[index]!;
  return {
    name,
    meaning: meanings[name]?.(thresholdText(plane), thresholdText(plane + 1)) ?? "",
    place: `${kind} at row ${row}, column ${column}, in ${where}, ${channelName(color, channel)}`,
    cost: `${cost.toFixed(cost < 0.1 ? 3 : 2)} bits (probability ${percent(2 ** -cost)})`,
  };
}

/** A probability for a person. */
export const percent = (p: number): string =>
  `${(100 * p).toFixed(p > 0.999 || p < 0.001 ? 2 : p < 0.1 ? 1 : 0)} %`;
