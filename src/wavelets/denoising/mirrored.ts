import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import type { Matrix } from "../arrays/matrix.ts";
import { modulo } from "../arrays/modulo.ts";

/**
 * The matrix with at least `margin` rows and columns of its mirror image around it, in double precision, both sides being
 * multiples of `multiple`: a periodic transform of it meets no jump at the borders of the matrix.
 */
export function mirrored(
  { height, width, data }: Matrix,
  margin: number,
  multiple: number,
): Matrix<Float64Array> {
  const [rows, columns] = [height, width].map(
    (side) => Math.ceil((side + 2 * margin) / multiple) * multiple,
  ) as [number, number]; // two axes
  const [ofRow, ofColumn] = [places(rows, margin, height), places(columns, margin, width)];
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = ofRow[i]! * width;
    for (let j = 0; j < columns; j++) result[i * columns + j] = data[from + ofColumn[j]!]!;
  }
  return { height: rows, width: columns, data: result };
}

/** The part of a {@link mirrored} matrix that has the place, the size and the type of `like`. */
export function inside<A extends FloatArray>(
  { width: columns, data }: Matrix,
  margin: number,
  like: Matrix<A>,
): Matrix<A> {
  const { height, width } = like;
  const result = zerosLike(like.data, height * width);
  for (let i = 0; i < height; i++) {
    const from = (i + margin) * columns + margin;
    result.set(data.subarray(from, from + width), i * width);
  }
  return { height, width, data: result };
}

/** The sample at each place of a mirrored line. */
function places(length: number, margin: number, side: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => {
    const place = modulo(i - margin, 2 * side);
    return place < side ? place : 2 * side - 1 - place;
  });
}
