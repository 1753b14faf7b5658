import { UserError } from "../errors/userError.ts";
import { canonMixing, convolutionMixing, primerMixing } from "./mixing/convolution.ts";
import { haarDefaults, haarMixing, headsMixing, windowMixing } from "./mixing/haar.ts";
import { learnedMixing } from "./mixing/learned.ts";
import { composed, type Mixing } from "./mixing/mixing.ts";
import { averageMixing } from "./mixing/movingAverage.ts";
import { multiTokenMixing } from "./mixing/multiToken.ts";
import { shiftMixing } from "./mixing/shift.ts";
import { smearMixing } from "./mixing/smear.ts";
import { bigramMixing, valueMixing } from "./mixing/tables.ts";

/** What a sequence model can have beside attention to see earlier positions. */
export const mixings = {
  none: () => ({}),
  haar: haarMixing(),
  "haar-renormalized": haarMixing({ ...haarDefaults, edge: "renormalized" }),
  "haar-8": haarMixing({ ...haarDefaults, largest: 8 }),
  "haar-heads": headsMixing(),
  learned: learnedMixing(),
  window: windowMixing(4),
  shift: shiftMixing(),
  smear: smearMixing,
  bigram: bigramMixing,
  conv: convolutionMixing(3),
  conv4: convolutionMixing(4),
  primer: primerMixing,
  canon: canonMixing,
  values: valueMixing,
  ema: averageMixing(),
  "multi-token": multiTokenMixing,
} as const satisfies Record<string, Mixing>;

export type MixingName = keyof typeof mixings;
export const mixingNames = Object.keys(mixings) as readonly MixingName[];

/** Mixings by name: the ones built in, and any of one's own beside them. */
export type MixingTable = Readonly<Record<string, Mixing>>;

/**
 * The mixing of a name, or of several, separated by commas, that work one after another; `own` holds mixings that are not
 * built in. A mixing itself is returned as it is. Throws UserError where no mixing has the name, or one is named twice.
 *
 * @example
 * ```ts
 * mixingOf("haar-8");
 * mixingOf("haar-8,bigram");
 * mixingOf("mine", { mine: between((_p, x, past) => past.ago(x, 1)) });
 * ```
 */
export function mixingOf(mixing: string | Mixing, own: MixingTable = {}): Mixing {
  if (typeof mixing !== "string") return mixing;
  const table: MixingTable = { ...mixings, ...own };
  const named = (name: string): Mixing => {
    const found = Object.hasOwn(table, name) ? table[name] : undefined;
    if (found) return found;
    throw new UserError(
      `there is no mixing "${name}"; there are ${Object.keys(table).join(", ")}`,
      "not-found",
    );
  };
  const names = mixing.split(",").map((name) => name.trim());
  const [first = "", ...others] = names;
  if (others.length === 0) return named(first);
  if (names.includes("none")) {
    throw new UserError(
      `"none" cannot work together with others in "${mixing}"; slashes stand between mixings that are compared`,
    );
  }
  const parts = names.map((name) => [name, named(name)] as const);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new UserError(`the mixing "${twice}" is named twice in "${mixing}"`);
  }
  return composed(Object.fromEntries(parts));
}
