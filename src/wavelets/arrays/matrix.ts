import { describe } from "../arguments/describe.ts";
import { type FloatArray, isFloatArray, notFloats, zerosLike } from "./floatArray.ts";
import { arrayFor } from "./into.ts";
import type { NdArray } from "./ndArray.ts";

/** A matrix in row-major order: element (i, j) is `data[i · width + j]`. Axis 0 runs down, axis 1 along the rows. */
export interface Matrix<A extends FloatArray = FloatArray> {
  readonly height: number;
  readonly width: number;
  readonly data: A;
}

/** A matrix of any type of numbers. */
interface AnyMatrix {
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** Throws TypeError unless `matrix` is a {@link Matrix}, RangeError if it is empty or its data has another size. */
export function checkMatrix(matrix: Matrix, name = "matrix"): void {
  checkShape(matrix, name);
  if (!isFloatArray(matrix.data)) throw notFloats(matrix.data, `${name}.data`);
}

/** {@link checkMatrix} for data of any type. */
export function checkShape(matrix: AnyMatrix, name = "matrix"): void {
  if (typeof matrix !== "object" || matrix === null || !("data" in matrix && matrix.data))
    throw new TypeError(
      `${name} must be { height, width, data } with row-major data, not ${describe(matrix)}; ` +
        "for an array of rows: { height: rows.length, width: rows[0].length, data: Float64Array.from(rows.flat()) }",
    );
  const { height, width, data } = matrix;
  if (!(isSize(height) && isSize(width)))
    throw new RangeError(
      `the height and width of ${name} must be integers from 1 up, not ${height} and ${width}`,
    );
  if (data.length !== height * width)
    throw new RangeError(
      `a ${height}×${width} matrix has ${height * width} values, not ${data.length}`,
    );
}

const isSize = (size: number): boolean => Number.isInteger(size) && size >= 1;

/** Throws RangeError unless a band has this size, and its data too. A band can be empty. See {@link checkExtent}. */
export function checkSize(band: AnyMatrix, height: number, width: number): void {
  if (band.height !== height || band.width !== width)
    throw new RangeError(
      `a band is ${band.height}×${band.width} where ${height}×${width} is needed`,
    );
  if (band.data.length !== height * width)
    throw new RangeError(`a band of ${height}×${width} holds ${band.data.length} values`);
}

/**
 * A matrix of this size and the type of `like` for a result: `out` if it is given, otherwise a new one of zeros. Throws TypeError
 * unless `out` is a {@link Matrix}, RangeError if it has another size or type.
 */
export function matrixFor<A extends FloatArray>(
  out: Matrix<A> | undefined,
  like: A,
  height: number,
  width: number,
  name = "out",
): Matrix<A> {
  if (out === undefined) return { height, width, data: zerosLike(like, height * width) };
  checkMatrix(out, name);
  if (out.height !== height || out.width !== width)
    throw new RangeError(`${name} is ${out.height}×${out.width} instead of ${height}×${width}`);
  return { height, width, data: arrayFor(out.data, like, height * width, `${name}.data`) };
}

/** Throws RangeError unless a height and a width are integers from 0 up. */
export function checkExtent(height: number, width: number): void {
  if (!(Number.isInteger(height) && Number.isInteger(width) && height >= 0 && width >= 0))
    throw new RangeError(
      `heights and widths must be integers from 0 up, not ${height} and ${width}`,
    );
}

/** A matrix as an array of two axes, with the same data. */
export function arrayOf<A extends FloatArray>({ height, width, data }: Matrix<A>): NdArray<A> {
  return { shape: [height, width], data };
}

/** An array of two axes in row-major order as a matrix, with the same data: the inverse of {@link arrayOf}. */
export function matrixOf<A extends FloatArray>({ shape, data }: NdArray<A>): Matrix<A> {
  return { height: shape[0]!, width: shape[1]!, data };
}
