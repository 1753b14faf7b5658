import { editDistance } from "../../wavelets/arguments/nearNames.ts";

/** The word of `known` closest to `typed` in edits, or `undefined` when nothing is close enough to suggest. */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(typed.length / 2)) + 1;
  for (const word of known) {
    const distance = editDistance(typed, word);
    if (distance < least) {
      best = word;
      least = distance;
    }
  }
  return best;
}
