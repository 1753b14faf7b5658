import { convolutionMixing } from "./mixing/convolution.ts";
import { haarDefaults, haarMixing, windowMixing } from "./mixing/haar.ts";
import { learnedMixing } from "./mixing/learned.ts";
import type { Mixing } from "./mixing/mixing.ts";
import { averageMixing } from "./mixing/movingAverage.ts";
import { shiftMixing } from "./mixing/shift.ts";
import { smearMixing } from "./mixing/smear.ts";

/** What can pass between the blocks of a sequence model, for a width and a training context; nothing for `none`. */
const mixings = {
  none: () => undefined,
  haar: (width, context) => haarMixing(width, context),
  "haar-renormalized": (width, context) =>
    haarMixing(width, context, { ...haarDefaults, edge: "renormalized" }),
  "haar-8": (width, context) => haarMixing(width, context, { ...haarDefaults, largest: 8 }),
  learned: (width, context) => learnedMixing(width, context),
  shift: (width) => shiftMixing(width),
  smear: (width) => smearMixing(width),
  conv: () => convolutionMixing(3),
  conv4: () => convolutionMixing(4),
  ema: (width) => averageMixing(width),
  window: (width) => windowMixing(width, 4),
} as const satisfies Record<string, (width: number, context: number) => Mixing | undefined>;

export type MixingName = keyof typeof mixings;
export const mixingNames = Object.keys(mixings) as readonly MixingName[];

/** The mixing of a name. */
export function mixingOf(name: MixingName, width: number, context: number): Mixing | undefined {
  return mixings[name](width, context);
}
