/** A symmetric positive definite matrix, row by row. */
export type Gram = readonly Float64Array[];

/**
 * Solves `(G + λ I) x = b` for several right sides by Cholesky's decomposition; λ is `ridge` times the mean of G's
 * diagonal. `b` and the result hold a column for each right side. Throws RangeError where the matrix is not positive.
 */
export function solveRidge(gram: Gram, b: readonly Float64Array[], ridge: number): Float64Array[] {
  const n = gram.length;
  const lambda = (ridge * gram.reduce((sum, row, i) => sum + row[i]!, 0)) / n; // square
  const lower = gram.map((row) => Float64Array.from(row));
  for (let j = 0; j < n; j++) {
    const row = lower[j]!; // j < n
    let pivot = row[j]! + lambda; // square
    for (let k = 0; k < j; k++) pivot -= row[k]! ** 2; // k < n
    if (!(pivot > 0)) throw new RangeError(`the matrix is not positive definite at row ${j}`);
    const root = Math.sqrt(pivot);
    row[j] = root;
    for (let i = j + 1; i < n; i++) {
      const below = lower[i]!; // i < n
      let sum = below[j]!; // square
      for (let k = 0; k < j; k++) sum -= below[k]! * row[k]!; // k < n
      below[j] = sum / root;
    }
  }
  return b.map((side) => {
    const x = Float64Array.from(side);
    for (let i = 0; i < n; i++) {
      const row = lower[i]!; // i < n
      for (let k = 0; k < i; k++) x[i]! -= row[k]! * x[k]!; // k < i < n
      const diagonal = row[i]!; // i < n
      x[i]! /= diagonal;
    }
    for (let i = n - 1; i >= 0; i--) {
      const diagonal = lower[i]![i]!; // i < n
      for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!; // i < k < n
      x[i]! /= diagonal;
    }
    return x;
  });
}

/** `(AᵀA + λ I)⁻¹ Aᵀ`, a row for each column of A; `a` is given by rows. */
export function ridgeProjector(a: readonly (readonly number[])[], ridge: number): Float64Array[] {
  const columns = a[0]?.length ?? 0;
  const gram = Array.from({ length: columns }, (_, i) =>
    Float64Array.from(
      { length: columns },
      (_, j) => a.reduce((sum, row) => sum + row[i]! * row[j]!, 0), // a row has all columns
    ),
  );
  const solved = solveRidge(
    gram,
    a.map((row) => Float64Array.from(row)),
    ridge,
  );
  return Array.from({ length: columns }, (_, i) => Float64Array.from(solved, (x) => x[i]!)); // as many
}
