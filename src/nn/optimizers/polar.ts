/** `a x + b x³ + c x⁵`. */
export type Quintic = readonly [a: number, b: number, c: number];

/** One polynomial again and again, with the steepest slope at zero that keeps values near 1 (Jordan et al. 2024). */
export const steepest = (iterations: number): Quintic[] =>
  Array.from({ length: iterations }, () => [3.4445, -4.775, 2.0315]);

/**
 * Polynomials that one after another bring all of [`least`, 1] as near to 1 as so many of their degree can (Polar Express, Amsel
 * et al. 2025): each is the best approximation of 1 on the range where the one before has left the values. Of four, with 0.01,
 * the largest error is 0.0125; of three, 0.27.
 */
export function nearest(iterations: number, least = 0.01): Quintic[] {
  let [low, high] = [least, 1];
  return Array.from({ length: iterations }, () => {
    const { quintic, error } = bestOfOne(low, high);
    [low, high] = [1 - error, 1 + error];
    return quintic;
  });
}

const quinticAt = ([a, b, c]: Quintic, x: number): number => x * (a + x * x * (b + c * x * x));

/** Points on which extrema are looked for, and rounds of the exchange, far more than it takes. */
const [grid, rounds] = [2000, 30];

/** The quintic with the least largest error |1 - p(x)| on [low, high], by Remez's exchange of four points. */
function bestOfOne(
  low: number,
  high: number,
): { readonly quintic: Quintic; readonly error: number } {
  const at = (i: number) => low + ((high - low) * i) / grid;
  let points = [0, 1 / 3, 2 / 3, 1].map((share) => low + (high - low) * share);
  let [quintic, error]: [Quintic, number] = [[1, 0, 0], 1];
  for (let round = 0; round < rounds; round++) {
    // p(x_i) + (-1)^i e = 1 at the four points.
    const solved = solve(points.map((x, i) => [x, x ** 3, x ** 5, (-1) ** i, 1]));
    quintic = [solved[0]!, solved[1]!, solved[2]!]; // four unknowns
    error = Math.abs(solved[3]!); // the last of them
    const miss = (x: number) => 1 - quinticAt(quintic, x);
    const extrema: number[] = [];
    for (let i = 0; i <= grid; i++) {
      const here = Math.abs(miss(at(i)));
      const before = i > 0 ? Math.abs(miss(at(i - 1))) : 0;
      const after = i < grid ? Math.abs(miss(at(i + 1))) : 0;
      if (here >= before && here >= after) extrema.push(at(i));
    }
    if (extrema.length !== points.length) break; // as near as the grid tells
    points = extrema;
  }
  return { quintic, error };
}

/** Solves rows of coefficients with their right side by elimination with pivots. */
function solve(rows: readonly (readonly number[])[]): number[] {
  const m = rows.map((row) => [...row]);
  const n = m.length;
  for (let k = 0; k < n; k++) {
    const rest = m.slice(k).toSorted((a, b) => Math.abs(b[k]!) - Math.abs(a[k]!)); // rows have n + 1 numbers
    m.splice(k, n - k, ...rest);
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = m[i]![k]! / m[k]![k]!; // both are below n
      m[i] = m[i]!.map((value, j) => value - factor * m[k]![j]!); // as above
    }
  }
  return m.map((row, i) => row[n]! / row[i]!); // diagonal by now
}
