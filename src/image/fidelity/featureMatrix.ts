/** The features of pictures, or of anything else: a row of `dimension` numbers for each, row after row. */
export interface FeatureMatrix {
  readonly count: number;
  readonly dimension: number;
  readonly data: Float64Array;
}

/** A matrix of rows of equal length. */
export function matrixOf(rows: readonly ArrayLike<number>[]): FeatureMatrix {
  const dimension = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * dimension);
  for (const [i, row] of rows.entries()) {
    if (row.length !== dimension)
      throw new RangeError(`rows of ${dimension} and of ${row.length} numbers are no matrix`);
    data.set(row, i * dimension);
  }
  return { count: rows.length, dimension, data };
}

/** The rows of a matrix at some indices, in their order. */
export function rowsOf(features: FeatureMatrix, indices: readonly number[]): FeatureMatrix {
  const { dimension, data } = features;
  const rows = new Float64Array(indices.length * dimension);
  indices.forEach((i, row) => {
    rows.set(data.subarray(i * dimension, (i + 1) * dimension), row * dimension);
  });
  return { count: indices.length, dimension, data: rows };
}

/** Throws RangeError unless two matrices have features of one kind, and their data the size they say. */
export function checkAlike(one: FeatureMatrix, other: FeatureMatrix): void {
  for (const { count, dimension, data } of [one, other])
    if (data.length !== count * dimension)
      throw new RangeError(`${count} rows of ${dimension} features are not ${data.length} numbers`);
  if (one.dimension !== other.dimension)
    throw new RangeError(`the features differ: ${one.dimension} and ${other.dimension} numbers`);
}
