/** Nodes and weights of Gauss-Legendre quadrature on −1 … 1, by Newton's method on the Legendre polynomial. */
function legendreRule(count: number): { nodes: readonly number[]; weights: readonly number[] } {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let round = 0; round < 8; round++) {
      let [before, value] = [0, 1];
      for (let k = 1; k <= count; k++) {
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      }
      slope = (count * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

const { nodes, weights } = legendreRule(16);

/** ∫ f from `from` to `to` by Gauss-Legendre quadrature with 16 nodes: exact for polynomials up to degree 31. */
export function integrate(f: (x: number) => number, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return half * nodes.reduce((sum, x, i) => sum + weights[i]! * f(middle + half * x), 0);
}

/** The sum of {@link integrate} over the pieces between adjacent cuts. */
export function integratePieces(f: (x: number) => number, cuts: readonly number[]): number {
  return cuts.slice(1).reduce((sum, to, i) => sum + integrate(f, cuts[i]!, to), 0);
}

/**
 * Increasing cuts: 0, then from 2^−`octaves` · `to` up to `to`, `pieces` per octave, and the `breaks` in between. For
 * integrands that behave like a power at 0.
 */
export function octaveCuts(
  to: number,
  octaves: number,
  pieces: number,
  breaks: readonly number[] = [],
): readonly number[] {
  const cuts = Array.from({ length: octaves * pieces + 1 }, (_, i) => to * 2 ** (-i / pieces));
  return [0, ...cuts, ...breaks.filter((x) => x > 0 && x < to)].sort((a, b) => a - b);
}
