/** A symmetric positive definite matrix, row by row. */
export type Gram = readonly Float64Array[];

/**
 * Solves `(G + λ I) x = b` for several right sides by the Cholesky decomposition, with λ equal to `ridge` times the mean of the
 * diagonal of G. `b` and the result have one column per right side. Throws RangeError if the matrix is not positive definite.
 */
export function solveRidge(gram: Gram, b: readonly Float64Array[], ridge: number): Float64Array[] {
  const n = gram.length;
  const lambda = (ridge * gram.reduce((sum, row, i) => sum + row[i]!, 0)) / n;
  const lower = gram.map((row) => Float64Array.from(row));
  for (let j = 0; j < n; j++) {
    const row = lower[j]!;
    let pivot = row[j]! + lambda;
    for (let k = 0; k < j; k++) pivot -= row[k]! ** 2;
    if (!(pivot > 0)) throw new RangeError(`the matrix is not positive definite at row ${j}`);
    const root = Math.sqrt(pivot);
    row[j] = root;
    for (let i = j + 1; i < n; i++) {
      const below = lower[i]!;
      let sum = below[j]!;
      for (let k = 0; k < j; k++) sum -= below[k]! * row[k]!;
      below[j] = sum / root;
    }
  }
  return b.map((side) => {
    const x = Float64Array.from(side);
    for (let i = 0; i < n; i++) {
      const row = lower[i]!;
      for (let k = 0; k < i; k++) x[i]! -= row[k]! * x[k]!;
      const diagonal = row[i]!;
      x[i]! /= diagonal;
    }
    for (let i = n - 1; i >= 0; i--) {
      const diagonal = lower[i]![i]!;
      for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
      x[i]! /= diagonal;
    }
    return x;
  });
}

/** `(AᵀA + λ I)⁻¹ Aᵀ`, a row for each column of A; `a` is given by rows. */
export function ridgeProjector(a: readonly (readonly number[])[], ridge: number): Float64Array[] {
  const columns = a[0]?.length ?? 0;
  const gram = Array.from({ length: columns }, (_, i) =>
    Float64Array.from({ length: columns }, (_, j) =>
      a.reduce((sum, row) => sum + row[i]! * row[j]!, 0),
    ),
  );
  const solved = solveRidge(
    gram,
    a.map((row) => Float64Array.from(row)),
    ridge,
  );
  return Array.from({ length: columns }, (_, i) => Float64Array.from(solved, (x) => x[i]!));
}
