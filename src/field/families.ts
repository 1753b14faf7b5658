import { baselines } from "./baselines/baselines.ts";
import { expansion } from "./expansion/expansion.ts";
import type { FieldFamily } from "./family.ts";
import { splitField, waveletField } from "./wavelet/wavelet.ts";

/** Every family of fields, by the name that `--model` calls it. */
export const families = {
  ondelette: expansion(),
  split: splitField(),
  wavelet: waveletField(),
  ...baselines,
} as const satisfies Record<string, FieldFamily>;

export type FamilyName = keyof typeof families;
export const familyNames = Object.keys(families) as readonly FamilyName[];
