/** Element types of the engine. Floating point computes; integers index; booleans select. */
export type DType = "float32" | "float64" | "int32" | "int64" | "bool";

/** Lengths of the axes, outermost first; `[]` is a scalar. Every length is known when the graph is built. */
export type Shape = readonly number[];

/** Element type and shape of a value. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A wrong shape, type or argument, found while the graph is built; names the operation and what it was given. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** `float32[8, 128]`, as error messages print a type. */
export function describe(type: TensorType): string {
  return `${type.dtype}[${type.shape.join(", ")}]`;
}

/** Whether a type is floating point: only such types have gradients. */
export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** Whether two shapes have the same lengths. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** Shape of an element-wise operation by NumPy's broadcasting, or undefined where the shapes do not agree. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const m = a[axis - rank + a.length] ?? 1;
    const n = b[axis - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) return undefined;
    out.push(m === 1 ? n : m);
  }
  return out;
}

/** Counts an axis from the front: `-1` is the last of `rank`. */
export function normalAxis(operation: string, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= rank) {
    throw new ShapeError(`${operation}: axis ${axis} does not exist in a tensor of rank ${rank}`);
  }
  return normal;
}
