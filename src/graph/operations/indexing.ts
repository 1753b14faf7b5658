import { onnxType } from "../onnxType.ts";
import { type OnnxWriter, type Operation, single } from "../operation.ts";
import { type DType, describe, ShapeError, sizeOf, type TensorType } from "../types.ts";

export interface IndexingAttributes {
  gather: Record<never, never>;
  scatterAdd: { readonly rows: number };
  oneHot: { readonly depth: number; readonly dtype: DType };
}

function requireIndices(name: string, type: TensorType): void {
  if (type.dtype !== "int32" && type.dtype !== "int64") {
    throw new ShapeError(`${name}: indices must be int32 or int64, were ${describe(type)}`);
  }
}

/** Up to so many rows, a product with a matrix of 0 and 1 sums faster than ScatterElements, even on one thread. */
const denseRows = 128;

/** `[rows, count]`: 1 where the update of the column belongs to the row. Negative indices count from the end, as in Gather. */
function emitHits(writer: OnnxWriter, indices: string, type: TensorType, rows: number): string {
  const depth = writer.constant("int64", [], [rows]);
  const given = [indices, depth, writer.constant("float32", [2], [0, 1])];
  return writer.node("OneHot", given, { axis: 0 }, { types: [type] })[0]!; // one output
}

export const indexing: {
  readonly [K in keyof IndexingAttributes]: Operation<IndexingAttributes[K]>;
} = {
  gather: {
    meaning: "rows of x: result[i…] = x[indices[i…]], as an embedding looks up its table",
    infer: ([x, indices]) => {
      requireIndices("gather", indices!);
      if (x!.shape.length === 0) {
        throw new ShapeError(`gather: ${describe(x!)} has no rows to take`);
      }
      return [{ dtype: x!.dtype, shape: [...indices!.shape, ...x!.shape.slice(1)] }];
    },
    emit: (writer, inputs) => writer.node("Gather", inputs, { axis: 0 }),
  },
  scatterAdd: {
    meaning: "the adjoint of gather: row indices[i…] of the result sums the rows updates[i…]",
    infer: ([updates, indices], { rows }) => {
      requireIndices("scatterAdd", indices!);
      const lead = indices!.shape.length;
      if (indices!.shape.some((length, axis) => length !== updates!.shape[axis])) {
        throw new ShapeError(
          `scatterAdd: ${describe(updates!)} does not hold one row for each of ${describe(indices!)}`,
        );
      }
      return [{ dtype: updates!.dtype, shape: [rows, ...updates!.shape.slice(lead)] }];
    },
    emit: (writer, inputs, types, { rows }) => {
      const [updates, indices] = types.inputs as readonly [TensorType, TensorType];
      const width = sizeOf(updates.shape.slice(indices.shape.length));
      const count = sizeOf(indices.shape);
      const shaped = (name: string, shape: readonly number[]) =>
        single(writer, "Reshape", [name, writer.constant("int64", [shape.length], shape)]);
      const flat = shaped(inputs[0]!, [count, width]);
      const result = [rows, ...updates.shape.slice(indices.shape.length)];
      if (rows <= denseRows && updates.dtype === "float32") {
        const hits = emitHits(writer, shaped(inputs[1]!, [count]), indices, rows);
        return [shaped(single(writer, "MatMul", [hits, flat]), result)];
      }
      const column = shaped(inputs[1]!, [count, 1]);
      const everywhere = single(writer, "Expand", [
        column,
        writer.constant("int64", [2], [count, width]),
      ]);
      const zeros = single(writer, "Expand", [
        writer.constant(updates.dtype, [], [0]),
        writer.constant("int64", [2], [rows, width]),
      ]);
      // ScatterND would do with one index a row, but its threads race for rows that occur twice.
      const sums = single(writer, "ScatterElements", [zeros, everywhere, flat], {
        axis: 0,
        reduction: "add",
      });
      return [shaped(sums, result)];
    },
  },
  oneHot: {
    meaning:
      "1 at the index along a new last axis, 0 elsewhere; an index outside 0…depth-1 gives zeros",
    infer: ([indices], { depth, dtype }) => {
      requireIndices("oneHot", indices!);
      return [{ dtype, shape: [...indices!.shape, depth] }];
    },
    emit: (writer, inputs, types, { depth }) => {
      // ONNX counts negative indices from the end; comparing with 0…depth-1 does not.
      const [indices] = types.inputs as readonly [TensorType];
      const column = single(writer, "Unsqueeze", [inputs[0]!, writer.constant("int64", [1], [-1])]);
      const range = writer.constant(indices.dtype, [depth], [...Array(depth).keys()]);
      const hit = single(writer, "Equal", [column, range]);
      return writer.node("Cast", [hit], { to: onnxType[types.outputs[0]!.dtype] });
    },
  },
};
