import type { Operation } from "../operation.ts";
import { broadcastShapes, describe, type Shape, ShapeError, sameShape, sizeOf } from "../types.ts";

export interface ShapingAttributes {
  reshape: { readonly shape: Shape };
  transpose: { readonly permutation: readonly number[] };
  slice: { readonly axis: number; readonly start: number; readonly end: number };
  split: { readonly axis: number; readonly lengths: readonly number[] };
  concat: { readonly axis: number };
  pad: { readonly axis: number; readonly before: number; readonly after: number };
  expand: { readonly shape: Shape };
}

function withLength(shape: Shape, axis: number, length: number): Shape {
  return shape.map((old, i) => (i === axis ? length : old));
}

export const shaping: {
  readonly [K in keyof ShapingAttributes]: Operation<ShapingAttributes[K]>;
} = {
  reshape: {
    meaning: "the same elements in row-major order under another shape",
    infer: ([x], { shape }) => {
      if (sizeOf(shape) !== sizeOf(x!.shape) || shape.some((n) => n < 0 || !Number.isInteger(n))) {
        throw new ShapeError(
          `reshape: ${describe(x!)} has ${sizeOf(x!.shape)} elements, [${shape.join(", ")}] has ${sizeOf(shape)}`,
        );
      }
      return [{ dtype: x!.dtype, shape }];
    },
    emit: (writer, inputs, _, { shape }) =>
      writer.node("Reshape", [...inputs, writer.constant("int64", [shape.length], shape)], {
        allowzero: 1,
      }),
  },
  transpose: {
    meaning: "axes in another order: axis i of the result is axis permutation[i] of x",
    infer: ([x], { permutation }) => {
      const sorted = [...permutation].sort((a, b) => a - b);
      if (permutation.length !== x!.shape.length || sorted.some((axis, i) => axis !== i)) {
        throw new ShapeError(
          `transpose: [${permutation.join(", ")}] is no permutation of the axes of ${describe(x!)}`,
        );
      }
      return [{ dtype: x!.dtype, shape: permutation.map((axis) => x!.shape[axis]!) }];
    },
    emit: (writer, inputs, _, { permutation }) =>
      writer.node("Transpose", inputs, { perm: permutation }),
  },
  slice: {
    meaning: "elements start ≤ i < end along an axis",
    infer: ([x], { axis, start, end }) => {
      const length = x!.shape[axis] ?? 0;
      if (!(start >= 0 && start <= end && end <= length)) {
        throw new ShapeError(
          `slice: ${start} to ${end} does not lie within axis ${axis} of ${describe(x!)}`,
        );
      }
      return [{ dtype: x!.dtype, shape: withLength(x!.shape, axis, end - start) }];
    },
    emit: (writer, inputs, types, { axis, start, end }) => {
      const one = (value: number) => writer.constant("int64", [1], [value]);
      const given = [...inputs, one(start), one(end), one(axis)];
      return writer.node("Slice", given, {}, { types: types.inputs });
    },
  },
  split: {
    meaning: "consecutive pieces along an axis; the inverse of concat",
    infer: ([x], { axis, lengths }) => {
      const total = lengths.reduce((sum, length) => sum + length, 0);
      if (lengths.length === 0 || lengths.some((n) => n < 0) || total !== x!.shape[axis]) {
        throw new ShapeError(
          `split: pieces of ${lengths.join(", ")} do not fill axis ${axis} of ${describe(x!)}`,
        );
      }
      return lengths.map((length) => ({
        dtype: x!.dtype,
        shape: withLength(x!.shape, axis, length),
      }));
    },
    emit: (writer, inputs, _, { axis, lengths }) =>
      writer.node(
        "Split",
        [...inputs, writer.constant("int64", [lengths.length], lengths)],
        { axis },
        { outputs: lengths.length },
      ),
  },
  concat: {
    meaning: "tensors one after another along an axis",
    infer: (inputs, { axis }) => {
      const [first] = inputs;
      for (const x of inputs) {
        if (
          x.dtype !== first!.dtype ||
          !sameShape(withLength(x.shape, axis, 0), withLength(first!.shape, axis, 0))
        ) {
          throw new ShapeError(
            `concat: ${describe(x)} does not fit ${describe(first!)} along axis ${axis}`,
          );
        }
      }
      const length = inputs.reduce((sum, x) => sum + x.shape[axis]!, 0);
      return [{ dtype: first!.dtype, shape: withLength(first!.shape, axis, length) }];
    },
    emit: (writer, inputs, _, { axis }) =>
      inputs.length === 1 ? inputs : writer.node("Concat", inputs, { axis }),
  },
  pad: {
    meaning: "zeros before and after along an axis; a negative number takes elements away",
    infer: ([x], { axis, before, after }) => {
      const length = x!.shape[axis] ?? Number.NaN;
      const left = length + Math.min(0, before) + Math.min(0, after);
      if (!(left >= 0)) {
        throw new ShapeError(
          `pad: cannot put ${before} zeros before and ${after} after axis ${axis} of ${describe(x!)}`,
        );
      }
      return [{ dtype: x!.dtype, shape: withLength(x!.shape, axis, length + before + after) }];
    },
    emit: (writer, inputs, types, { axis, before, after }) => {
      const { dtype } = types.inputs[0]!;
      return writer.node("Pad", [
        ...inputs,
        writer.constant("int64", [2], [before, after]),
        writer.constant(dtype, [], [0]),
        writer.constant("int64", [1], [axis]),
      ]);
    },
  },
  expand: {
    meaning: "repeated along axes of length 1 to fill a shape",
    infer: ([x], { shape }) => {
      const result = broadcastShapes(x!.shape, shape);
      if (!result || !sameShape(result, shape)) {
        throw new ShapeError(`expand: ${describe(x!)} does not broadcast to [${shape.join(", ")}]`);
      }
      return [{ dtype: x!.dtype, shape }];
    },
    emit: (writer, inputs, _, { shape }) =>
      writer.node("Expand", [...inputs, writer.constant("int64", [shape.length], shape)]),
  },
};
