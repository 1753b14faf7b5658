import {
  binomial,
  type Complex,
  type Fixed,
  fromNumber,
  minus,
  multiply,
  normalized,
  one,
  type Polynomial,
  powerOfOnePlus,
  product,
  quotient,
  ratio,
  times,
} from "./fixedPoint.ts";

/**
 * The factors besides (1 + x)ᴺ of an orthogonal filter with N vanishing moments: of degree 2 for a pair of conjugate
 * roots, of degree 1 for a real root, with all roots inside the unit circle. Moving the roots of any factor
 * outside keeps the filter orthogonal and changes its phase.
 *
 * They come from Daubechies' polynomial P(y) = Σₖ C(N−1+k, k) yᵏ, k < N, which |m₀|² = (1−y)ᴺ P(y) has in
 * y = sin²(ω/2) = (2 − x − 1/x) / 4 (Daubechies, Ten Lectures on Wavelets, section 6.1).
 */
export function spectralFactors(n: number): Polynomial[] {
  const factors: Polynomial[] = [];
  for (let k = 1; 2 * k < n; k++) {
    const { re, im } = insideRoot(polynomialRoot(n, k));
    factors.push([times(re, re) + times(im, im), -2n * re, one]);
  }
  if (n % 2 === 0) factors.push([-insideRoot(polynomialRoot(n, n / 2)).re, one]);
  return factors;
}

/** (1 + x)ᴺ times the factors, as an analysis low-pass filter of length 2N. */
export function filterOf(n: number, factors: readonly Polynomial[]): readonly number[] {
  return normalized(factors.reduce(multiply, powerOfOnePlus(n)));
}

/** Daubechies' minimum-phase filter with N vanishing moments, for analysis: all factors unchanged. */
export function daubechies(n: number): readonly number[] {
  return filterOf(n, spectralFactors(n));
}

/**
 * Root k of P, with im < 0 or real, by Newton's iteration. The slope follows from the value, since the derivative of
 * (1−y)ᴺ P is −N C(2N−1, N) (y (1−y))ᴺ⁻¹.
 */
export function polynomialRoot(n: number, k: number): Complex {
  const coefficients = daubechiesPolynomial(n);
  const last = coefficients[n - 1]!;
  let y = start(n, k);
  for (let step = 0; step < newtonLimit; step++) {
    const value = evaluate(coefficients, y);
    // N C(2N−1, N) is 2N−1 times the last coefficient.
    const power = scaled(powerOf(y, n - 1), times(last, ratio(BigInt(2 * n - 1))));
    const slope = quotient(minus(scaled(value, ratio(BigInt(n))), power), {
      re: one - y.re,
      im: -y.im,
    });
    const change = quotient(value, slope);
    y = minus(y, change);
    if (isTiny(change)) return y;
  }
  throw new Error(`Newton's iteration finds no root ${k} of Daubechies' polynomial of order ${n}`);
}

/** P(y) = Σₖ C(N−1+k, k) yᵏ, k < N. */
export const daubechiesPolynomial = (n: number): Polynomial =>
  Array.from({ length: n }, (_, k) => ratio(binomial(n - 1 + k, k)));

/** A polynomial at a complex point, by division by (x − y)(x − ȳ), with half the products of Horner's rule. */
function evaluate(coefficients: Polynomial, y: Complex): Complex {
  const [twice, norm] = [2n * y.re, times(y.re, y.re) + times(y.im, y.im)];
  let [above, here] = [0n, 0n];
  for (const coefficient of coefficients.slice(1).toReversed())
    [above, here] = [here, coefficient + times(twice, here) - times(norm, above)];
  return {
    re: coefficients[0]! + times(y.re, here) - times(norm, above),
    im: times(y.im, here),
  };
}

const scaled = ({ re, im }: Complex, factor: Fixed): Complex => ({
  re: times(re, factor),
  im: times(im, factor),
});

function powerOf(y: Complex, exponent: number): Complex {
  let power: Complex = { re: one, im: 0n };
  for (let i = 0; i < exponent; i++) power = product(power, y);
  return power;
}

const newtonLimit = 100;
// Each step doubles the correct digits: if it changes the 30th, 60 are correct.
const tiny = one >> 110n;
const isTiny = ({ re, im }: Complex): boolean => re < tiny && re > -tiny && im < tiny && im > -tiny;

/**
 * The position of root k to about 1 / N²: for large N, (1−y)ᴺ P(y) = 1 − (y(1−y))ᴺ C(2N−1, N) / (1−2y), so that w = 4y(1−y)
 * solves wᴺ = 2√(πN) √(1−w), one solution in the direction of each root of unity (Shen and Strang 1996).
 */
function start(n: number, k: number): Complex {
  let [re, im] = [-1, 0];
  let [rootRe, rootIm] = [0, 0];
  for (let step = 0; step < 20; step++) {
    const length = Math.sqrt(Math.hypot(1 - re, im));
    const angle = Math.atan2(-im, 1 - re) / 2;
    [rootRe, rootIm] = [length * Math.cos(angle), length * Math.sin(angle)];
    const radius = (2 * Math.sqrt(Math.PI * n) * length) ** (1 / n);
    const turn = (2 * Math.PI * k + angle) / n;
    [re, im] = [radius * Math.cos(turn), radius * Math.sin(turn)];
  }
  return { re: fromNumber((1 - rootRe) / 2), im: fromNumber(-rootIm / 2) };
}

/**
 * The root inside the unit circle of x + 1/x = 2 − 4y: Newton's iteration on the quadratic from 0, which is
 * closer to the smaller root.
 */
function insideRoot(y: Complex): Complex {
  const center: Complex = { re: one - 2n * y.re, im: -2n * y.im };
  let x: Complex = { re: 0n, im: 0n };
  for (let step = 0; step < newtonLimit; step++) {
    const square = product(x, x);
    const fall = minus(x, center);
    const next = quotient(
      { re: square.re - one, im: square.im },
      { re: 2n * fall.re, im: 2n * fall.im },
    );
    if (isTiny(minus(next, x))) return next;
    x = next;
  }
  throw new Error("no root inside the unit circle");
}
