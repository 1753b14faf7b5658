import type { FloatArray } from "./floatArray.ts";

/** A matrix in row-major order; axis 0 runs down the rows, axis 1 along the columns. */
export interface Matrix<A extends FloatArray = FloatArray> {
  readonly height: number;
  readonly width: number;
  readonly data: A;
}

/** A matrix of any kind of numbers. */
interface AnyMatrix {
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** Throws RangeError for an empty matrix or one whose data has another size. */
export function checkMatrix({ height, width, data }: AnyMatrix): void {
  if (!(height >= 1 && width >= 1 && data.length === height * width))
    throw new RangeError(`a ${height}×${width} matrix cannot hold ${data.length} values`);
}

/** Throws RangeError unless a matrix, which may be empty, has this size, and its data too. */
export function checkSize(matrix: AnyMatrix, height: number, width: number): void {
  if (matrix.height !== height || matrix.width !== width)
    throw new RangeError(
      `a band of ${matrix.height}×${matrix.width} stands where ${height}×${width} belongs`,
    );
  if (matrix.data.length !== height * width)
    throw new RangeError(`a band of ${height}×${width} holds ${matrix.data.length} values`);
}
