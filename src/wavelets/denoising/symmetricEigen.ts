/** The eigenvalues of a symmetric matrix, and its orthonormal eigenvectors as columns, row-major. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix of n × n numbers, by Jacobi's rotations (Golub and Van Loan,
 * *Matrix Computations*, 8.5). The matrix is not changed.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  // Convergence is quadratic: a few sweeps do, and what is left then is rounding.
  for (let sweep = 0; sweep < 30 && !isDiagonal(a, n); sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const beside = a[p * n + q]!;
        if (beside === 0) continue;
        const ratio = (a[q * n + q]! - a[p * n + p]!) / (2 * beside);
        const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
        const cosine = 1 / Math.hypot(tangent, 1);
        const sine = tangent * cosine;
        const [columns, rows] = [
          { p, q, step: n },
          { p: p * n, q: q * n, step: 1 },
        ];
        rotate(a, n, columns, cosine, sine);
        rotate(a, n, rows, cosine, sine);
        rotate(vectors, n, columns, cosine, sine);
      }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

/** Two lines of a matrix, by the places of their first elements and the way from one element to the next. */
interface Lines {
  readonly p: number;
  readonly q: number;
  readonly step: number;
}

function rotate(
  a: Float64Array,
  n: number,
  { p, q, step }: Lines,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < n * step; k += step) {
    const [x, y] = [a[p + k]!, a[q + k]!];
    a[p + k] = cosine * x - sine * y;
    a[q + k] = sine * x + cosine * y;
  }
}

function isDiagonal(a: Float64Array, n: number): boolean {
  let [on, off] = [0, 0];
  for (let i = 0; i < n * n; i++)
    if (i % (n + 1) === 0) on += a[i]! ** 2;
    else off += a[i]! ** 2;
  return off <= 1e-26 * on;
}
