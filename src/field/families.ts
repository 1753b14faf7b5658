import { baselines } from "./families/baselines/baselines.ts";
import { expansion } from "./families/expansion/expansion.ts";
import { splitField, waveletField } from "./families/wavelet/wavelet.ts";
import type { FieldFamily } from "./family.ts";

/** Every family of fields, by the name that `--model` calls it. */
export const families = {
  expansion: expansion(),
  split: splitField(),
  wavelet: waveletField(),
  ...baselines,
} as const satisfies Record<string, FieldFamily>;

export type FamilyName = keyof typeof families;
export const familyNames = Object.keys(families) as readonly FamilyName[];
