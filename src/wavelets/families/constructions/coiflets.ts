import {
  binomial,
  type Fixed,
  multiply,
  normalized,
  one,
  over,
  type Polynomial,
  ratio,
  times,
} from "./fixedPoint.ts";

/**
 * The coiflet of order K, for analysis: of its 6K taps the wavelet has 2K vanishing moments and the scaling function
 * 2K − 1 besides its mean. With y = sin²(ω/2) and x = e^{−iω},
 *
 *   m₀ = (1−y)ᴷ (Σₖ C(K−1+k, k) yᵏ + yᴷ f(x)),   k < K,
 *
 * has these moments for every f, and Newton's iteration finds the f of 2K terms that makes m₀ orthogonal
 * (Daubechies, Ten Lectures on Wavelets, section 8.2). Of several solutions Newton's iteration from f = 0,
 * where m₀ interpolates, finds the one closest to symmetry, which PyWavelets' tables contain for every K.
 */
export function coiflet(order: number): readonly number[] {
  const { interpolating, bump } = parts(order);
  let taps = interpolating;
  for (let step = 0; step < newtonLimit; step++) {
    const change = withBumps(
      bump,
      solve(jacobian(taps, bump), residuals(taps, order)),
      taps.length,
    );
    taps = taps.map((tap, i) => tap - change[i]!);
    if (change.every((value) => value < tiny && value > -tiny))
      return normalized(taps).toReversed();
  }
  throw new Error(`Newton's iteration finds no coiflet of order ${order}`);
}

const newtonLimit = 20;
const tiny = one >> 110n;

/** m₀ at f = 0, as the 6K taps from x⁻²ᴷ on, and (y (1−y))ᴷ, which f multiplies, from x⁻²ᴷ on as well. */
function parts(order: number): { interpolating: Polynomial; bump: Polynomial } {
  const y: Polynomial = [ratio(-1n, 4n), ratio(1n, 2n), ratio(-1n, 4n)];
  const rest: Polynomial = [ratio(1n, 4n), ratio(1n, 2n), ratio(1n, 4n)];
  const interpolating = new Array<Fixed>(6 * order).fill(0n);
  let power: Polynomial = [one];
  for (let k = 0; k < order; k++) power = multiply(power, rest);
  for (let k = 0; k < order; k++) {
    const weight = binomial(order - 1 + k, k);
    power.forEach((value, i) => {
      interpolating[order - k + i]! += weight * value;
    });
    power = multiply(power, y);
  }
  return { interpolating, bump: power };
}

/**
 * The residuals of orthogonality at the shifts 2K … 6K − 2: the sums over n of hₙ hₙ₋₂ₛ, which should be 0. Lower shifts follow
 * from these, because the moments allow division by sin²ᴷω.
 */
function residuals(taps: Polynomial, order: number): readonly Fixed[] {
  const correlation = correlate(taps, taps);
  return Array.from({ length: 2 * order }, (_, j) => correlation(2 * (order + j)));
}

/** The derivatives of {@link residuals}, a row each, by the terms of f. */
function jacobian(taps: Polynomial, bump: Polynomial): readonly Polynomial[] {
  const correlation = correlate(bump, taps);
  const order = taps.length / 6;
  return Array.from({ length: 2 * order }, (_, j) => {
    const shift = 2 * (order + j);
    return Array.from(
      { length: 2 * order },
      (_, n) => correlation(n + shift) + correlation(n - shift),
    );
  });
}

/** Σᵢ aᵢ bᵢ₊ₘ as a function of m. */
function correlate(a: Polynomial, b: Polynomial): (m: number) => Fixed {
  const sums = multiply(a.toReversed(), b);
  return (m) => sums[m + a.length - 1] ?? 0n;
}

/** (y (1−y))ᴷ f, as taps. */
function withBumps(bump: Polynomial, f: Polynomial, length: number): Polynomial {
  return [...multiply(bump, f), ...new Array<Fixed>(length).fill(0n)].slice(0, length);
}

/** The solution of a system of linear equations, by elimination with pivots. */
function solve(matrix: readonly Polynomial[], right: Polynomial): Polynomial {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const magnitude = (value: Fixed) => (value < 0n ? -value : value);
  for (let p = 0; p < size; p++) {
    let largest = p;
    for (let i = p + 1; i < size; i++)
      if (magnitude(rows[i]![p]!) > magnitude(rows[largest]![p]!)) largest = i;
    const pivot = rows[largest]!;
    rows[largest] = rows[p]!;
    rows[p] = pivot;
    for (const row of rows.slice(p + 1)) {
      const factor = over(row[p]!, pivot[p]!);
      for (let k = p; k <= size; k++) row[k]! -= times(factor, pivot[k]!);
    }
  }
  const solution = new Array<Fixed>(size).fill(0n);
  for (let p = size - 1; p >= 0; p--) {
    const row = rows[p]!;
    let rest = row[size]!;
    for (let k = p + 1; k < size; k++) rest -= times(row[k]!, solution[k]!);
    solution[p] = over(rest, row[p]!);
  }
  return solution;
}
