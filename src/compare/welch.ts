/** Mean of some numbers. */
export const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;

/** Standard deviation of a sample, with n - 1; not a number for fewer than two. */
export function deviation(x: readonly number[]): number {
  const m = mean(x);
  return Math.sqrt(x.reduce((sum, v) => sum + (v - m) ** 2, 0) / (x.length - 1));
}

/**
 * Two-sided p-value of Welch's t-test (1947): how likely two samples of one mean, each normal with a variance of its own,
 * would differ in mean as much as these. Not a number where a sample has fewer than two values or nothing varies.
 */
export function welchP(a: readonly number[], b: readonly number[]): number {
  const [va, vb] = [deviation(a) ** 2 / a.length, deviation(b) ** 2 / b.length];
  const t2 = (mean(a) - mean(b)) ** 2 / (va + vb);
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  // P(|T| > t) of Student's distribution with ν degrees of freedom is I_{ν/(ν+t²)}(ν/2, 1/2).
  return incompleteBeta(freedom / (freedom + t2), freedom / 2, 1 / 2);
}

/** The regularized incomplete beta function I_x(a, b), by Lentz's evaluation of its continued fraction (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  // The fraction converges fast below the mean; above it, use I_x(a, b) = 1 - I_{1-x}(b, a).
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront =
    a * Math.log(x) +
    b * Math.log1p(-x) +
    logGamma(a + b) -
    logGamma(a) -
    logGamma(b) -
    Math.log(a);
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let fraction = d;
  for (let m = 1; m < 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let factor = 1;
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || tiny);
      c = 1 + term / c || tiny;
      factor = c * d;
      fraction *= factor;
    }
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return Math.exp(logFront) * fraction;
}

/** ln Γ(x) for x > 0, by Stirling's series after a shift (DLMF 5.11.1). */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
