import type { Random } from "./random.ts";

/**
 * The items in random order, as a new array.
 *
 * @example
 * shuffle(["a", "b", "c"], createRandom(1));
 */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  return Array.from(random.permutation(items.length), (i) => items[i]!); // a permutation
}

/**
 * An endless sequence of indices 0 … count - 1: one random permutation after another. Gives index n of it, which depends on
 * `random` and n alone; neighboring n are fast.
 */
export function shuffledForever(count: number, random: Random): (n: number) => number {
  let epoch = -1;
  let permutation = new Uint32Array();
  return (n) => {
    const now = Math.floor(n / count);
    if (now !== epoch) {
      epoch = now;
      permutation = Uint32Array.from(random.fork(`epoch ${epoch}`).permutation(count));
    }
    return permutation[n % count]!; // n % count < count
  };
}
