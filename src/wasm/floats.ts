import { type Code, shuffle, vector } from "./assembler.ts";

/** Code of vectors of four 32-bit floats. Comparisons give all bits of a lane, or none. */

const unary =
  (operation: number) =>
  (a: Code): Code => [...a, ...vector(operation)];
const binary =
  (operation: number) =>
  (a: Code, b: Code): Code => [...a, ...b, ...vector(operation)];

export const addFloats = binary(0xe4);
export const subtractFloats = binary(0xe5);
export const multiplyFloats = binary(0xe6);
export const divideFloats = binary(0xe7);
/** The lesser of two floats; NaN where one of them is. */
export const leastFloats = binary(0xe8);
/** The greater of two floats; NaN where one of them is. */
export const greatestFloats = binary(0xe9);
/** `b < a ? b : a`: one instruction where {@link leastFloats} is several, but NaN of `b` is not seen. */
export const lowerOf = binary(0xea);
/** `a < b ? b : a`: one instruction where {@link greatestFloats} is several, but NaN of `b` is not seen. */
export const higherOf = binary(0xeb);
export const absoluteFloats = unary(0xe0);
export const negateFloats = unary(0xe1);
export const rootOfFloats = unary(0xe3);

export const equalFloats = binary(0x41);
export const lessFloats = binary(0x43);
export const greaterFloats = binary(0x44);
export const lessOrEqualFloats = binary(0x45);
export const greaterOrEqualFloats = binary(0x46);
export const lessIntegers = binary(0x39);
export const greaterIntegers = binary(0x3b);
export const lessOrEqualIntegers = binary(0x3d);
export const greaterOrEqualIntegers = binary(0x3f);

/** Floats of four 32-bit integers. */
export const floatsOfIntegers = unary(0xfa);
/** 32-bit integers of four floats, rounded toward zero; those that are too large become the nearest, NaN becomes 0. */
export const integersOfFloats = unary(0xf8);

export const notVector = unary(0x4d);
/** Bits of `a` where `mask` has them, otherwise bits of `b`. */
export const selectBits = (a: Code, b: Code, mask: Code): Code => [
  ...[...a, ...b, ...mask],
  ...vector(0x52),
];

/** A vector of four floats that are known beforehand. */
export const floats = (a: number, b = a, c = a, d = a): Code =>
  vector(0x0c, ...new Uint8Array(Float32Array.of(a, b, c, d).buffer));

/** 32-bit lanes of one vector in another order. */
const reorder = (a: Code, lanes: readonly number[]): Code =>
  shuffle(
    a,
    a,
    lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  );

/** One float of a vector, 0 … 3, in all lanes. */
export const spreadLane = (a: Code, lane: number): Code => reorder(a, [lane, lane, lane, lane]);

/** Code that leaves in all lanes what `combine` makes of the four lanes of a local. */
export function acrossLanes(
  local: number,
  combine: (a: Code, b: Code) => Code,
  get: (local: number) => Code,
  set: (local: number, value: Code) => Code,
): Code {
  const x = get(local);
  return [
    ...set(local, combine(x, reorder(x, [2, 3, 0, 1]))),
    ...combine(x, reorder(x, [1, 0, 3, 2])),
  ];
}
