/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The product of two polynomials: the convolution of two filters. */
export function convolve(a: readonly number[], b: readonly number[]): number[] {
  const product = new Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) product[i + j]! += x * y;
  }
  return product;
}

/** The complex roots of Σ_k c_k x^k, which should be simple, by the simultaneous iteration of Weierstrass, Durand and Kerner. */
export function rootsOf(coefficients: readonly number[]): Complex[] {
  const degree = coefficients.length - 1;
  const leading = coefficients[degree]!;
  const bound = 1 + Math.max(...coefficients.map((c) => Math.abs(c / leading)));
  const radius = Math.min(bound, Math.abs(coefficients[0]! / leading) ** (1 / degree));
  const descending = coefficients.slice(0, -1).reverse();
  // Starting points on a line through 0, or symmetric about one, would never leave it.
  let roots = Array.from({ length: degree }, (_, k): Complex => {
    const angle = (2 * Math.PI * k) / degree + 0.4;
    return { re: radius * Math.cos(angle), im: radius * Math.sin(angle) };
  });
  let last = Number.POSITIVE_INFINITY;
  for (let sweep = 0; sweep < 500; sweep++) {
    const steps = roots.map((root, k) => {
      let value: Complex = { re: 1, im: 0 };
      for (const c of descending) value = plus(times(value, root), { re: c / leading, im: 0 });
      let others: Complex = { re: 1, im: 0 };
      for (const [j, other] of roots.entries()) {
        if (j !== k) others = times(others, minus(root, other));
      }
      return over(value, others);
    });
    const moved = Math.max(...steps.map(({ re, im }) => Math.hypot(re, im)));
    // Near the roots convergence is quadratic, until only rounding errors are left.
    if (moved >= last && last < 1e-8 * radius) break;
    roots = roots.map((root, k) => minus(root, steps[k]!));
    last = moved;
  }
  return roots;
}

export const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
export const minus = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
export const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
export function over(a: Complex, b: Complex): Complex {
  const square = b.re ** 2 + b.im ** 2;
  return { re: (a.re * b.re + a.im * b.im) / square, im: (a.im * b.re - a.re * b.im) / square };
}
/** The square root with a real part of at least 0. */
export function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const root = Math.sqrt((size + Math.abs(re)) / 2);
  if (root === 0) return { re: 0, im: 0 };
  const other = im / (2 * root);
  if (re >= 0) return { re: root, im: other };
  return { re: Math.abs(other), im: im < 0 ? -root : root };
}

/** x with `matrix` x = `right`, by elimination with the largest pivot of each column. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let i = column + 1; i < n; i++) {
      const factor = rows[i]![column]! / rows[column]![column]!;
      for (let j = column; j <= n; j++) rows[i]![j]! -= factor * rows[column]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!;
    for (let j = i + 1; j < n; j++) rest -= rows[i]![j]! * x[j]!;
    x[i] = rest / rows[i]![i]!;
  }
  return x;
}
