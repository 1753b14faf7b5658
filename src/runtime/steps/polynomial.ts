/**
 * Coefficients, lowest power first, of the polynomial that meets `f` at the Chebyshev nodes of an interval: nearly the best
 * of its degree (Trefethen 2013, chapter 8).
 */
export function interpolate(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  degree: number,
): number[] {
  const nodes = Array.from(
    { length: degree + 1 },
    (_, i) =>
      (low + high) / 2 + ((high - low) / 2) * Math.cos((Math.PI * (i + 0.5)) / (degree + 1)),
  );
  // Newton's divided differences, then powers by Horner's rule.
  const differences = nodes.map(f);
  for (let order = 1; order <= degree; order++) {
    for (let i = degree; i >= order; i--) {
      const run = nodes[i]! - nodes[i - order]!; // within the nodes
      differences[i] = (differences[i]! - differences[i - 1]!) / run; // within the nodes
    }
  }
  let powers: number[] = [];
  for (let i = degree; i >= 0; i--) {
    const shifted = [0, ...powers];
    powers = shifted.map((c, n) => c - nodes[i]! * (powers[n] ?? 0)); // within the nodes
    powers[0] = (powers[0] ?? 0) + differences[i]!; // within the nodes
  }
  return powers.slice(0, degree + 1);
}

/** The error function in float64, by a series whose terms are all positive; to 1e-15 for |x| up to 5. */
export function errorFunction(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
