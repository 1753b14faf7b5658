import {
  choiceField,
  type Field,
  flagField,
  integerField,
  numberField,
  textField,
} from "../../shared/address.ts";
import { mixingNames, seenMixings } from "./mixings.ts";

/** A choice of numbers, as an address and a select have it. */
const oneOf = <const T extends string>(initial: T, choices: readonly T[]): Field<T> =>
  choiceField(initial, choices);

/** Settings of the page, kept in the address. */
export const fields = {
  /** The mixing that is looked at. */
  mixing: oneOf("haar", seenMixings),
  /** Whose weights are seen: those before a training, or those of the left or right model now. */
  weights: oneOf("start", ["start", "left", "right"]),
  /** The layer whose mixing is seen. */
  layer: integerField(1, 1, 7),
  channel: integerField(27, 0, 127),
  position: integerField(27, 0, 127),
  window: oneOf("32", ["16", "32", "64"]),
  left: oneOf("none", mixingNames),
  right: oneOf("haar-8", mixingNames),
  text: oneOf("almanac", ["almanac", "own"]),
  layers: oneOf("4", ["2", "3", "4", "6", "8"]),
  width: oneOf("64", ["32", "64", "96", "128"]),
  context: oneOf("64", ["32", "64", "128"]),
  batch: oneOf("8", ["4", "8", "16"]),
  rate: numberField(0.01, 0.001, 0.05),
  steps: integerField(1000, 50, 10_000),
  seed: integerField(1, 0, 999_999),
  axis: oneOf("step", ["step", "seconds"]),
  trainingLoss: flagField(true),
  prompt: textField("The ", 120),
  temperature: numberField(0.7, 0, 2),
  drawn: integerField(1, 0, 999_999),
  piece: oneOf("chorale", ["chorale", "voice-2", "voice-3", "own"]),
} as const;

/** Channels of a head. */
export const headWidth = 16;
