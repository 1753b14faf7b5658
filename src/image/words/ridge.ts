/** Observations for a regression. */
export interface Observations {
  /** Of each observation the columns that are not 0; a column may stand twice and counts twice. */
  readonly columns: readonly (readonly number[])[];
  /** The numbers in these columns; 1 by default. */
  readonly weights?: readonly (readonly number[])[];
  /** What is to be explained. */
  readonly values: readonly Float64Array[];
}

/**
 * Ridge regression on sparse rows x: the rows w, `[count, width]`, that minimize Σ |values − Σ x[column] w[column]|² + penalty Σ |w|²,
 * by conjugate gradients on the normal equations (Hestenes and Stiefel 1952), all values at a time. Fewer rounds than
 * columns give an approximation, which leans to zero as the penalty does.
 */
export function ridge(
  { columns, weights, values }: Observations,
  { count, width, penalty, rounds = 25 }: RidgeOptions,
): Float64Array {
  /** Xᵀ r. */
  const gather = (residuals: readonly Float64Array[]): Float64Array => {
    const out = new Float64Array(count * width);
    for (const [i, row] of columns.entries()) {
      const residual = residuals[i]!; // one an observation
      for (const [k, column] of row.entries())
        addRow(residual, 0, out, column, width, weights?.[i]?.[k]);
    }
    return out;
  };
  /** X w. */
  const predict = (w: Float64Array): Float64Array[] =>
    columns.map((row, i) => {
      const out = new Float64Array(width);
      for (const [k, column] of row.entries()) addRow(w, column, out, 0, width, weights?.[i]?.[k]);
      return out;
    });

  const w = new Float64Array(count * width);
  const residual = gather(values);
  const direction = residual.slice();
  let squares = dots(residual, residual, width);
  for (let round = 0; round < rounds; round++) {
    const image = gather(predict(direction));
    for (let i = 0; i < image.length; i++) image[i]! += penalty * direction[i]!;
    const curvature = dots(direction, image, width);
    const step = squares.map((square, d) => (square === 0 ? 0 : square / curvature[d]!));
    for (let i = 0; i < w.length; i++) {
      w[i]! += step[i % width]! * direction[i]!;
      residual[i]! -= step[i % width]! * image[i]!;
    }
    const next = dots(residual, residual, width);
    const turn = next.map((square, d) => (squares[d] === 0 ? 0 : square / squares[d]!));
    for (let i = 0; i < w.length; i++) {
      direction[i] = residual[i]! + turn[i % width]! * direction[i]!;
    }
    squares = next;
  }
  return w;
}

export interface RidgeOptions {
  /** Columns. */
  readonly count: number;
  /** Values of an observation. */
  readonly width: number;
  readonly penalty: number;
  readonly rounds?: number;
}

/** Adds row `i` of a table, times `weight`, to row `j` of another. */
function addRow(
  from: Float64Array,
  i: number,
  to: Float64Array,
  j: number,
  width: number,
  weight = 1,
): void {
  for (let d = 0; d < width; d++) {
    to[j * width + d] = to[j * width + d]! + weight * from[i * width + d]!; // both have the rows
  }
}

/** The dot product of each column of two tables. */
function dots(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width);
  for (let i = 0; i < a.length; i++) out[i % width]! += a[i]! * b[i]!;
  return out;
}
