import { UserError } from "../errors/userError.ts";
import { baselines } from "./families/baselines/baselines.ts";
import { expansion } from "./families/expansion/expansion.ts";
import { splitField, waveletField } from "./families/wavelet/waveletFamilies.ts";
import type { FieldFamily } from "./family.ts";

const builtIn = {
  expansion: expansion(),
  split: splitField(),
  wavelet: waveletField(),
  ...baselines,
} as const;

export type FamilyName = keyof typeof builtIn;

/** Every family of fields that is built in, by its name. */
export const families: Readonly<Record<FamilyName, FieldFamily>> = builtIn;
export const familyNames = Object.keys(families) as readonly FamilyName[];

/** Families by name: the ones built in, or one's own. */
export type FamilyTable = Readonly<Record<string, FieldFamily>>;

/** The family of a name; `own` holds families that are not built in. Throws UserError if no family has the name. */
export function familyOf(name: string, own: FamilyTable = {}): FieldFamily {
  const table: FamilyTable = { ...families, ...own };
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found) return found;
  throw new UserError(
    `there is no family of fields "${name}"; there are ${Object.keys(table).join(", ")}`,
    "not-found",
  );
}
