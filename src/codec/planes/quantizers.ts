/*
 * Quantizers of magnitudes in 16ths of the threshold: their numbers are parts of contexts.
 */

/** Tabulates how many of some rising limits a number reaches. */
function levels(...limits: readonly number[]): (x: number) => number {
  const most = limits.at(-1)!; // there are limits
  const table = Uint8Array.from(
    { length: most + 1 },
    (_, x) => limits.filter((limit) => x >= limit).length,
  );
  return (x) => table[x < most ? x : most]!;
}

/** 0 … 11. */
export const middling = levels(3, 6, 9, 13, 18, 25, 36, 52, 80, 130, 260);
/** 0 … 5. */
export const rough = levels(4, 10, 20, 34, 60);

/** 0 … 47: four to an octave. */
export function finely(x: number): number {
  if (x <= 0) return 0;
  const octave = 31 - Math.clz32(x);
  const quarter = (octave >= 2 ? x >> (octave - 2) : x << (2 - octave)) & 3;
  return Math.min(4 * octave + quarter, 47);
}
