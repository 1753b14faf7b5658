/**
 * Real numbers to 77 decimal places, as multiples of 2⁻²⁵⁶. Filters are computed in them because the
 * products of a long filter cancel: taps of 10⁻²² must be exact to the last digit.
 */
export type Fixed = bigint;

const bits = 256n;

/** The number 1. */
export const one: Fixed = 1n << bits;

/** `numerator / denominator`. */
export const ratio = (numerator: bigint, denominator = 1n): Fixed =>
  (numerator << bits) / denominator;

/** a · b */
export const times = (a: Fixed, b: Fixed): Fixed => (a * b) >> bits;

/** a / b */
export const over = (a: Fixed, b: Fixed): Fixed => (a << bits) / b;

/** The float64 nearest to a number. */
export const toNumber = (a: Fixed): number => Number(a) * 2 ** -256;

/** A number from the float64 nearest to it; magnitudes from 2⁻¹⁰⁰ to 2⁵². */
export const fromNumber = (a: number): Fixed => {
  let exponent = 0;
  let scaled = a;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent++;
  }
  return (BigInt(scaled) << bits) >> BigInt(exponent);
};

/** √a of an integer, by Newton's iteration from above. */
export function squareRoot(whole: bigint): Fixed {
  const square = whole << (2n * bits);
  let root = (whole + 1n) << bits;
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** A complex number. */
export interface Complex {
  readonly re: Fixed;
  readonly im: Fixed;
}

/** a − b */
export const minus = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });

/** a · b */
export const product = (a: Complex, b: Complex): Complex => ({
  re: (a.re * b.re - a.im * b.im) >> bits,
  im: (a.re * b.im + a.im * b.re) >> bits,
});

/** a / b */
export const quotient = (a: Complex, b: Complex): Complex => {
  const norm = b.re * b.re + b.im * b.im;
  return {
    re: ((a.re * b.re + a.im * b.im) << bits) / norm,
    im: ((a.im * b.re - a.re * b.im) << bits) / norm,
  };
};

/** A polynomial: the coefficient of xⁱ has index i. */
export type Polynomial = readonly Fixed[];

/** a · b */
export function multiply(a: Polynomial, b: Polynomial): Polynomial {
  const coefficients = new Array<bigint>(a.length + b.length - 1).fill(0n);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      coefficients[i + j]! += x * y;
    });
  });
  return coefficients.map((coefficient) => coefficient >> bits);
}

/** n over k. */
export function binomial(n: number, k: number): bigint {
  let value = 1n;
  for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
}

/** (1 + x)ⁿ */
export const powerOfOnePlus = (n: number): Polynomial =>
  Array.from({ length: n + 1 }, (_, k) => ratio(binomial(n, k)));

/** √2 · coefficients / their sum, as float64: turns a polynomial into a low-pass filter. */
export function normalized(coefficients: Polynomial): readonly number[] {
  const sum = coefficients.reduce((a, b) => a + b, 0n);
  const root = squareRoot(2n);
  return coefficients.map((coefficient) => toNumber((coefficient * root) / sum));
}
