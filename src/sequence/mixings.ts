import { UserError } from "../errors/userError.ts";
import { convolutionMixing } from "./mixing/convolution.ts";
import { haarDefaults, haarMixing, windowMixing } from "./mixing/haar.ts";
import { learnedMixing } from "./mixing/learned.ts";
import type { Mixing } from "./mixing/mixing.ts";
import { averageMixing } from "./mixing/movingAverage.ts";
import { shiftMixing } from "./mixing/shift.ts";
import { smearMixing } from "./mixing/smear.ts";

/** Builds a mixing for a width and a context window; `undefined` for none. */
export type MixingBuilder = (width: number, context: number) => Mixing | undefined;

/** What can pass between the blocks of a sequence model. */
export const mixings = {
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
} as const satisfies Record<string, MixingBuilder>;

export type MixingName = keyof typeof mixings;
export const mixingNames = Object.keys(mixings) as readonly MixingName[];

/** Mixings by name: the ones built in, and any of one's own beside them. */
export type MixingTable = Readonly<Record<string, MixingBuilder>>;

/**
 * The mixing of a name, for a width and a context window; `own` holds mixings that are not built in. A mixing itself is
 * returned as it is. Throws UserError where no mixing has the name.
 *
 * @example
 * ```ts
 * mixingOf("haar-8", 128, 256);
 * mixingOf("mine", 128, 256, { mine: (width) => fromDelays((p, x, past) => past.ago(x, 1)) });
 * ```
 */
export function mixingOf(
  mixing: string | Mixing | undefined,
  width: number,
  context: number,
  own: MixingTable = {},
): Mixing | undefined {
  if (typeof mixing !== "string") return mixing;
  const table: MixingTable = { ...mixings, ...own };
  const build = Object.hasOwn(table, mixing) ? table[mixing] : undefined;
  if (!build) {
    throw new UserError(
      `there is no mixing "${mixing}"; there are ${Object.keys(table).join(", ")}`,
      "not-found",
    );
  }
  return build(width, context);
}
