import type { OnnxOperator } from "./onnxOperators.ts";
import type { DType, Shape, TensorType } from "./types.ts";

/** An ONNX attribute: an integer, a float (always written as `{ float }`), a text, or a list of integers. */
export type OnnxAttribute = number | { readonly float: number } | string | readonly number[];

export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** Where an operation writes its ONNX nodes. Values are known by name; an empty name is an omitted input. */
export interface OnnxWriter {
  /**
   * Appends a node, or what the device has in its place, and returns the names of its outputs (`outputs` of them, one by
   * default). `types` are those of the inputs, for operators that cannot be rewritten without them.
   */
  node(
    type: OnnxOperator,
    inputs: readonly string[],
    attributes?: OnnxAttributes,
    options?: { readonly outputs?: number; readonly types?: readonly TensorType[] },
  ): string[];
  /** A constant of the graph; equal constants share one initializer. */
  constant(dtype: DType, shape: Shape, values: readonly number[]): string;
}

/** Appends a node with one output and returns its name. */
export function single(
  writer: OnnxWriter,
  type: OnnxOperator,
  inputs: readonly string[],
  attributes: OnnxAttributes = {},
): string {
  return writer.node(type, inputs, attributes)[0]!; // one output by default
}

/**
 * Meaning, shape rule and ONNX form of one operation: an entry of the table in `operations.ts`. Its gradient stands in
 * `gradients.ts`, so that a tensor can use this table and a gradient rule can use tensors without an import circle.
 */
export interface Operation<Attributes> {
  /** What it computes, in one line. */
  readonly meaning: string;
  /** Types of the outputs; throws a ShapeError that names the operation and the types given. */
  infer(inputs: readonly TensorType[], attributes: Attributes): readonly TensorType[];
  /** Writes the operation as ONNX nodes; returns the names of its outputs. */
  emit(
    writer: OnnxWriter,
    inputs: readonly string[],
    types: { readonly inputs: readonly TensorType[]; readonly outputs: readonly TensorType[] },
    attributes: Attributes,
  ): readonly string[];
}
