/*
 * Functions that are the same bits on every machine. Engines are free in how they round Math.exp and Math.log2, and differ;
 * sums, products and quotients of float64 are fixed by IEEE 754, and nothing else is used here.
 */

const halvings = 8;
const terms = 14;

/** e^x for |x| ≤ 40, to twelve digits: the Taylor series of x / 2^8, squared eight times. */
export function expOf(x: number): number {
  const small = x / 2 ** halvings;
  let sum = 1;
  for (let k = terms; k >= 1; k--) sum = 1 + (sum * small) / k;
  for (let k = 0; k < halvings; k++) sum *= sum;
  return sum;
}

/** 2 / ln 2 */
const twoPerLn2 = 2.8853900817779268;

/** log2 of a positive number, to fourteen digits, and exactly of a power of two. */
export function log2Of(x: number): number {
  let exponent = 0;
  let mantissa = x;
  for (; mantissa > 1.5; mantissa /= 2) exponent++;
  for (; mantissa <= 0.75; mantissa *= 2) exponent--;
  // ln m = 2 (z + z³/3 + z⁵/5 + …) with z = (m − 1) / (m + 1), which is at most 1/5 in magnitude.
  const z = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let k = 2 * terms + 1; k >= 1; k -= 2) sum = 1 / k + sum * z * z;
  return exponent + twoPerLn2 * z * sum;
}

/** The logistic function. */
export const sigmoidOf = (x: number): number =>
  x >= 0 ? 1 / (1 + expOf(-x)) : 1 - 1 / (1 + expOf(x));
