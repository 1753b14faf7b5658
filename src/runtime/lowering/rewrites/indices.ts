import { onnxType } from "../../../graph/onnxType.ts";
import { single } from "../../../graph/operation.ts";
import { asItIs, numberOf, type Rewrite, typesOf } from "../lowering.ts";

/** OneHot with indices of int64, the only ones that ONNX Runtime's CPU has it for. */
export const wideOneHot: Rewrite = (writer, node) => {
  const [indices, ...rest] = node.inputs as [string, ...string[]];
  const wide = single(writer, "Cast", [indices], { to: onnxType.int64 });
  return asItIs(writer, { ...node, inputs: [wide, ...rest] });
};

/** OneHot of 0 and 1 along a new first axis by comparison; negative indices count from the end. */
export const comparedOneHot: Rewrite = (writer, node) => {
  const [indices, depth] = node.inputs as [string, string];
  const [type] = typesOf(node);
  const rows = node.numbers(depth)?.[0];
  if (rows === undefined || numberOf(node.attributes.axis) !== 0) {
    throw new RangeError("OneHot is rewritten for a constant depth and the first axis alone");
  }
  const integer = (shape: readonly number[], values: readonly number[]) =>
    writer.constant(type!.dtype, shape, values);
  const fromEnd = single(writer, "Add", [indices, integer([], [rows])]);
  const negative = single(writer, "Less", [indices, integer([], [0])]);
  const place = single(writer, "Where", [negative, fromEnd, indices]);
  const row = single(writer, "Unsqueeze", [place, writer.constant("int64", [1], [0])]);
  const column = [rows, ...type!.shape.map(() => 1)];
  const hit = single(writer, "Equal", [row, integer(column, [...Array(rows).keys()])]);
  return writer.node("Cast", [hit], { to: onnxType.float32 });
};

/** ArgMax of numbers as int32: the largest of the places, counted from the end, where the largest number is. */
export const comparedArgMax: Rewrite = (writer, node) => {
  const [x] = node.inputs as [string];
  const { shape } = typesOf(node)[0]!; // one input
  const axis = numberOf(node.attributes.axis);
  const length = shape[axis]!; // an axis of x
  const axes = writer.constant("int64", [1], [axis]);
  const number = (value: number) => writer.constant("float32", [], [value]);
  const largest = single(writer, "ReduceMax", [x, axes], { keepdims: 1 });
  const hit = single(writer, "Equal", [x, largest]);
  const places = writer.constant(
    "float32",
    [length, ...shape.slice(axis + 1).map(() => 1)],
    Array.from({ length }, (_, i) => length - i),
  );
  // Where all are NaN none is the largest: then the last place, and not one that does not exist.
  const marked = single(writer, "Where", [hit, places, number(1)]);
  const fromEnd = single(writer, "ReduceMax", [marked, axes], { keepdims: 0 });
  const place = single(writer, "Sub", [number(length), fromEnd]);
  return writer.node("Cast", [place], { to: onnxType.int32 });
};

/** A slice of integers along one axis by Gather. */
export const gatheredSlice: Rewrite = (writer, node) => {
  const [x, start, end, axis, step] = node.inputs as [string, string, string, string, string?];
  if (!["int32", "bool"].includes(node.types?.[0]?.dtype ?? "")) return asItIs(writer, node);
  const [from, to, along] = [start, end, axis].map((name) => node.numbers(name));
  if (step !== undefined || from?.length !== 1 || to?.length !== 1 || along?.length !== 1) {
    return asItIs(writer, node);
  }
  const places = Array.from({ length: to[0]! - from[0]! }, (_, i) => from[0]! + i); // of length 1
  return writer.node("Gather", [x, writer.constant("int32", [places.length], places)], {
    axis: along[0]!,
  });
};

/** Pieces that are written at once: each needs a buffer, and devices promise eight for inputs and outputs together. */
const piecesAtOnce = 7;

/** A Split into many pieces as slices. */
export const slicedSplit: Rewrite = (writer, node) => {
  const [x, lengths] = node.inputs as [string, string?];
  const known = lengths === undefined ? undefined : node.numbers(lengths);
  if (!known || known.length <= piecesAtOnce) return asItIs(writer, node);
  const one = (value: number) => writer.constant("int64", [1], [value]);
  let start = 0;
  return known.map((length) => {
    const given = [x, one(start), one(start + length), one(numberOf(node.attributes.axis))];
    start += length;
    return single(writer, "Slice", given);
  });
};
