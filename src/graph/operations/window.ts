import { type OnnxWriter, single } from "../operation.ts";
import { describe, isFloat, type Shape, ShapeError, type TensorType } from "../types.ts";

/** How a window moves over the last two axes of `[batch, channels, height, width]`; rows before columns. */
export interface Window {
  /** Places from one position of the window to the next. */
  readonly stride: readonly [number, number];
  /** Places that lie beyond the edge: top, left, bottom, right. */
  readonly padding: readonly [number, number, number, number];
  /** Places from one tap of the window to the next. */
  readonly dilation: readonly [number, number];
}

/** Height and width of `[batch, channels, height, width]`. */
export const planeOf = ({ shape }: TensorType): readonly [number, number] => [
  shape[2] ?? 0,
  shape[3] ?? 0,
];

/** How many positions a window of so many taps has on a plane; none where it does not fit. */
export function positions(
  plane: readonly [number, number],
  taps: readonly [number, number],
  { stride, padding, dilation }: Window,
): [number, number] {
  const along = (axis: 0 | 1) => {
    const room =
      plane[axis] + padding[axis] + padding[axis + 2]! - dilation[axis] * (taps[axis] - 1);
    return Math.max(0, Math.floor((room - 1) / stride[axis]) + 1);
  };
  return [along(0), along(1)];
}

/** Throws a ShapeError where the numbers of a window are not whole or out of range. */
export function checkWindow(name: string, { stride, padding, dilation }: Window): void {
  const whole = (numbers: readonly number[], min: number) =>
    numbers.every((n) => Number.isInteger(n) && n >= min);
  if (!whole([...stride, ...dilation], 1) || !whole(padding, 0)) {
    throw new ShapeError(
      `${name}: stride ${stride} and dilation ${dilation} must be whole and at least 1, padding ${padding} at least 0`,
    );
  }
}

/** Throws a ShapeError where tensors are not `[…, …, height, width]` of one floating-point type. */
export function requirePlanes(name: string, ...types: readonly TensorType[]): void {
  for (const type of types) {
    if (type.shape.length !== 4 || !isFloat(type.dtype) || type.dtype !== types[0]!.dtype) {
      throw new ShapeError(
        `${name}: needs floating-point tensors of one type with four axes, was given ${types.map(describe).join(" and ")}`,
      );
    }
  }
}

/** The row and column of every tap of a window, row by row. */
export const tapsOf = ([rows, columns]: readonly [number, number]): (readonly [number, number])[] =>
  Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns]);

/** What each tap of a window sees, as images of `[batch, channels, rows, columns]`, one for each tap. */
export function emitTaps(
  writer: OnnxWriter,
  x: { readonly name: string; readonly type: TensorType },
  taps: readonly [number, number],
  window: Window,
): readonly string[] {
  const { stride, padding, dilation } = window;
  const int64 = (values: readonly number[]) => writer.constant("int64", [values.length], values);
  const padded = padding.some((n) => n !== 0) ? emitPad(writer, x.name, x.type, padding) : x.name;
  const [rows, columns] = positions(planeOf(x.type), taps, window);
  return tapsOf(taps).map(([i, j]) => {
    const [top, left] = [i * dilation[0], j * dilation[1]];
    const end = [top + (rows - 1) * stride[0] + 1, left + (columns - 1) * stride[1] + 1];
    return single(writer, "Slice", [
      ...[padded, int64([top, left]), int64(end), int64([2, 3]), int64(stride)],
    ]);
  });
}

/** Zeros around each plane, or elements taken away where a number is negative: top, left, bottom, right. */
export function emitPad(
  writer: OnnxWriter,
  x: string,
  { dtype }: TensorType,
  padding: readonly number[],
): string {
  const zero = writer.constant(dtype, [], [0]);
  const axes = writer.constant("int64", [2], [2, 3]);
  return single(writer, "Pad", [x, writer.constant("int64", [4], padding), zero, axes]);
}

/** The same elements under another shape. */
export const emitReshape = (writer: OnnxWriter, x: string, shape: Shape): string =>
  single(writer, "Reshape", [x, writer.constant("int64", [shape.length], shape)]);
