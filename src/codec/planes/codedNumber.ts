import type { Mixing } from "../mixing/mixing.ts";
import { otherKind } from "../mixing/startingWeights.ts";

/** The weights and the map of numbers; no question of planes takes them. */
const ownSet = 4080;
const ownMap = 65534;

/**
 * Walks through the bits of a number, the highest first, and sets out what is known of each for a mixing: the bits before it, in each of some
 * contexts. `answer` codes or decodes a bit; −1 where it cannot be known, and of the number then.
 */
export function walkNumber(
  { keys, kind, measured, sets, last, maps }: Mixing,
  bits: number,
  contexts: readonly number[],
  answer: (contexts: number, bit: number) => 0 | 1 | -1,
): number {
  let node = 1;
  for (let bit = bits - 1; bit >= 0; bit--) {
    for (let k = 0; k < contexts.length; k++)
      keys[k] = (Math.imul(contexts[k]!, 0x2545f491) + Math.imul(node, 0x1000193)) | 0;
    kind[0] = otherKind;
    measured[0] = 0;
    sets.fill(ownSet + bit);
    last[0] = ownSet + bit;
    maps.fill(ownMap);
    const told = answer(contexts.length, bit);
    if (told < 0) return -1;
    node = 2 * node + told;
  }
  return node - 2 ** bits;
}
