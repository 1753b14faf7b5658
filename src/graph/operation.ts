import type { Tensor } from "./tensor.ts";
import type { DType, Shape, TensorType } from "./types.ts";

/** An ONNX attribute: integer, float (always written as `{ float }`), text, or a list of integers. */
export type OnnxAttribute = number | { readonly float: number } | string | readonly number[];

/** Where an operation writes its ONNX nodes. Values are known by name; the empty name is an absent input. */
export interface OnnxWriter {
  /** Appends a node and returns the names of its outputs (`outputs` of them, one by default). */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    options?: { readonly domain?: string; readonly outputs?: number },
  ): string[];
  /** A constant of the graph; equal constants share one initializer. */
  constant(dtype: DType, shape: Shape, values: readonly number[]): string;
}

/** Appends a node of one output and returns its name. */
export function single(
  writer: OnnxWriter,
  type: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): string {
  return writer.node(type, inputs, attributes)[0]!; // one output by default
}

/** One application of an operation, as its rules see it. */
export interface Application<Attributes> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
}

/**
 * From the gradients of the outputs (absent where an output does not reach the loss) to those of the inputs
 * (absent where an input has none). Rules build graph, so a gradient can itself be differentiated.
 */
export type GradientRule<Attributes> = (
  gradients: readonly (Tensor | undefined)[],
  application: Application<Attributes>,
) => readonly (Tensor | undefined)[];

/** Everything the engine knows of one operation; an entry of the table in `operations.ts`. */
export interface Operation<Attributes> {
  /** One line on what it computes. */
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
  readonly gradient: GradientRule<Attributes> | "not differentiable";
}
