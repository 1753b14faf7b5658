import type { TokenSet } from "../../codec/tokens.ts";

/** Frequencies of the tokens of a decision sum to this. */
export const allFrequencies = 2 ** 16;

/**
 * Frequencies of the legal tokens in proportion to their masses, which are not negative: integers of at least 1 whose sum is
 * {@link allFrequencies}; 0 for the others. The one division is rounded as IEEE 754 says, so they are the same everywhere.
 */
export function writeFrequencies(
  frequencies: Uint32Array,
  masses: Float64Array,
  legal: TokenSet,
): void {
  let total = 0;
  let open = 0;
  for (let token = 0; token < frequencies.length; token++)
    if ((legal >> token) & 1) {
      total += masses[token]!;
      open++;
    }
  let left = allFrequencies;
  for (let token = 0; token < frequencies.length; token++) {
    if (((legal >> token) & 1) === 0) {
      frequencies[token] = 0;
      continue;
    }
    open--;
    const share = total > 0 ? Math.floor((masses[token]! / total) * allFrequencies) : 1;
    // The last takes what is left, and leaves nothing to the others.
    const own = open === 0 ? left : Math.min(left - open, Math.max(1, share));
    frequencies[token] = own;
    left -= own;
  }
}
