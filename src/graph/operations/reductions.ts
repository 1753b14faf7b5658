import { type OnnxWriter, type Operation, single } from "../operation.ts";
import { describe, normalAxis, type Shape, ShapeError, sizeOf, type TensorType } from "../types.ts";

/** Axes to reduce, counted from the front; reduced axes stay with length 1 where `keepDims`. */
export interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

export interface ReductionAttributes {
  sum: Reduction;
  max: Reduction;
  argMax: { readonly axis: number };
  cumsum: { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean };
}

/** The shape left by a reduction. */
export function reducedShape(shape: Shape, { axes, keepDims }: Reduction): Shape {
  return keepDims
    ? shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.includes(axis));
}

function numeric(name: string, type: TensorType): TensorType {
  if (type.dtype === "bool") {
    throw new ShapeError(`${name}: cannot reduce ${describe(type)}; cast it to a number first`);
  }
  return type;
}

export const reductions: {
  readonly [K in keyof ReductionAttributes]: Operation<ReductionAttributes[K]>;
} = {
  sum: {
    meaning: "sum over axes",
    infer: ([x], attributes) => [
      { dtype: numeric("sum", x!).dtype, shape: reducedShape(x!.shape, attributes) },
    ],
    emit: (writer, inputs, types, { axes, keepDims }) => {
      const [x, y] = [types.inputs[0]!, types.outputs[0]!]; // one input, one output
      const leading = axes.every((axis, i) => axis === i) && axes.length < x.shape.length;
      if (x.dtype === "float32" && leading) {
        return emitColumnSums(writer, inputs[0]!, x.shape, y.shape, axes.length); // as above
      }
      return writer.node("ReduceSum", [...inputs, writer.constant("int64", [axes.length], axes)], {
        keepdims: Number(keepDims),
        noop_with_empty_axes: 1,
      });
    },
  },
  max: {
    meaning: "largest value over axes; its gradient is shared by equal maxima",
    infer: ([x], attributes) => [
      { dtype: numeric("max", x!).dtype, shape: reducedShape(x!.shape, attributes) },
    ],
    emit: (writer, inputs, _, { axes, keepDims }) =>
      writer.node("ReduceMax", [...inputs, writer.constant("int64", [axes.length], axes)], {
        keepdims: Number(keepDims),
        noop_with_empty_axes: 1,
      }),
  },
  argMax: {
    meaning: "index (int64) of the first largest value along an axis, which is dropped",
    infer: ([x], { axis }) => [
      {
        dtype: "int64",
        shape: reducedShape(numeric("argMax", x!).shape, { axes: [axis], keepDims: false }),
      },
    ],
    emit: (writer, inputs, types, { axis }) =>
      writer.node("ArgMax", inputs, { axis, keepdims: 0 }, { types: types.inputs }),
  },
  cumsum: {
    meaning:
      "running sum along an axis; exclusive leaves out the element itself, reverse runs backwards",
    infer: ([x], { axis }) => {
      normalAxis("cumsum", axis, x!.shape.length);
      return [numeric("cumsum", x!)];
    },
    emit: (writer, inputs, _, { axis, exclusive, reverse }) =>
      writer.node("CumSum", [...inputs, writer.constant("int64", [], [axis])], {
        exclusive: Number(exclusive),
        reverse: Number(reverse),
      }),
  },
};

/** The sum over the first `count` axes as a product with a row of ones: several times as fast as ONNX Runtime's reduction. */
function emitColumnSums(
  writer: OnnxWriter,
  x: string,
  shape: Shape,
  result: Shape,
  count: number,
): readonly string[] {
  const to = (name: string, lengths: Shape) => [
    name,
    writer.constant("int64", [lengths.length], lengths),
  ];
  const rows = sizeOf(shape.slice(0, count));
  const columns = sizeOf(shape.slice(count));
  const ones = writer.constant("float32", [1, rows], Array(rows).fill(1));
  const flat = single(writer, "Reshape", to(x, [rows, columns]), { allowzero: 1 });
  const sums = single(writer, "MatMul", [ones, flat]);
  return writer.node("Reshape", to(sums, result), { allowzero: 1 });
}
