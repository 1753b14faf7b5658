import type { Random } from "./random.ts";

/** The n-th index of an endless succession of permutations of 0 … count - 1, a function of `random` and n alone. */
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
