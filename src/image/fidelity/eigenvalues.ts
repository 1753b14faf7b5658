/**
 * The eigenvalues of a symmetric matrix of n × n numbers, ascending: Householder's reduction to three diagonals, then the QL
 * algorithm with implicit shifts (Golub and Van Loan, *Matrix Computations*, 8.3). They are exact to the rounding error of the
 * largest. About 4/3 n³ multiplications. The matrix is not changed; only symmetric matrices give a meaningful result.
 *
 * Eigenvectors are not computed: a Fréchet distance needs none, and they would be most of the work.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, beside } = tridiagonal(matrix.slice(), n);
  for (let first = 0; first < n; first++) deflate(diagonal, beside, first);
  return diagonal.sort();
}

/** The diagonal and the numbers beside it of a similar matrix with three diagonals; `a` is used up. */
function tridiagonal(a: Float64Array, n: number) {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k]!;
    if (k > n - 2) break;
    // The reflection I − v vᵀ / h takes row k, right of the diagonal, to its first element.
    let square = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[k * n + i]!;
      square += v[i]! * v[i]!;
    }
    const first = v[k + 1]!;
    const norm = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[k] = norm;
    const h = square - first * norm;
    if (h === 0) continue;
    v[k + 1] = first - norm;
    let inner = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) sum += a[at]! * v[j]!;
      w[i] = sum / h;
      inner += w[i]! * v[i]!;
    }
    const share = inner / (2 * h);
    for (let i = k + 1; i < n; i++) w[i]! -= share * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const [vi, wi] = [v[i]!, w[i]!];
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) a[at]! -= vi * w[j]! + wi * v[j]!;
    }
  }
  return { diagonal, beside };
}

/** Makes `beside[first]` zero by implicit QL steps, where those before it are. */
function deflate(d: Float64Array, e: Float64Array, first: number): void {
  for (let round = 0; round < 60; round++) {
    let last = first;
    while (last < d.length - 1) {
      const scale = Math.abs(d[last]!) + Math.abs(d[last + 1]!);
      if (Math.abs(e[last]!) <= Number.EPSILON * scale) break;
      last++;
    }
    if (last === first) return;
    let g = (d[first + 1]! - d[first]!) / (2 * e[first]!);
    let r = Math.hypot(g, 1);
    g = d[last]! - d[first]! + e[first]! / (g + (g >= 0 ? r : -r));
    let [s, c, p] = [1, 1, 0];
    let i = last - 1;
    for (; i >= first; i--) {
      const f = s * e[i]!;
      const b = c * e[i]!;
      r = Math.hypot(f, g);
      e[i + 1] = r;
      if (r === 0) {
        d[i + 1]! -= p;
        e[last] = 0;
        break;
      }
      s = f / r;
      c = g / r;
      g = d[i + 1]! - p;
      r = (d[i]! - g) * s + 2 * c * b;
      p = s * r;
      d[i + 1] = g + p;
      g = c * r - b;
    }
    if (r === 0 && i >= first) continue;
    d[first]! -= p;
    e[first] = g;
    e[last] = 0;
  }
  throw new RangeError("the eigenvalues do not converge: is a value NaN?");
}
