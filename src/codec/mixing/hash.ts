/** What a key is multiplied with, and what its bits are shifted by. */
export const hashFactors = [0x9e3779b1 | 0, 0x85ebca77 | 0] as const;
export const hashShifts = [15, 13] as const;

/** Mixes the bits of a number, so that the upper 16 of the result depend on all; only these are told. */
export function hash(key: number): number {
  let mixed = Math.imul(key, hashFactors[0]);
  mixed = Math.imul(mixed ^ (mixed >>> hashShifts[0]), hashFactors[1]);
  return (mixed ^ (mixed >>> hashShifts[1])) >>> 16;
}

/** What is added to the key of a context, by its number: equal keys have other slots in other contexts. */
export const saltOf = (context: number): number => Math.imul(context, 0x3c6ef372);
