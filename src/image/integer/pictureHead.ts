import type { ImageLanguage } from "../language/language.ts";
import type { IntegerModelConfig } from "./integerConfig.ts";

/** Frequencies of the labels, from `noClass` on: all that the model has learned are as likely. */
export const labelFrequencies = ({
  classNames,
  classless,
}: Pick<IntegerModelConfig, "classNames" | "classless">): Uint32Array =>
  Uint32Array.from([classless ? 1 : 0, ...classNames.map(() => 1)]);

/** Bits of samples, and of what filters add to them at most: a mean of d steps weighs 2^d. */
const sampleBits = 8;
const overshoot = 4;
/** Together they are fewer than the range coder can tell apart. */
const mostCounts = 2 ** 14;

/**
 * Frequencies of the starting planes of a class (of all, where it is not told), from the plane `first` on: as they were counted
 * in training, and a half more.
 */
export function planeFrequencies(
  { startingPlanes }: Pick<IntegerModelConfig, "startingPlanes">,
  { tokens, levels }: ImageLanguage,
  label: number,
): { readonly first: number; readonly frequencies: Uint32Array } {
  const first = tokens.finestPlane - 1;
  const rows = startingPlanes[label] ? [startingPlanes[label]] : startingPlanes;
  const counts = Array.from({ length: sampleBits + overshoot + levels - first }, (_, k) =>
    rows.reduce((sum, row) => sum + (row[first + k] ?? 0), 0),
  );
  const total = counts.reduce((sum, n) => sum + n, 0);
  const frequencies = Uint32Array.from(
    counts,
    (n) => 1 + 2 * (total <= mostCounts ? n : Math.floor((n / total) * mostCounts)),
  );
  return { first, frequencies };
}
