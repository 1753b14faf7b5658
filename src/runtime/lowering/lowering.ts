import type {
  OnnxAttribute,
  OnnxAttributes,
  OnnxOperator,
  OnnxWriter,
  TensorType,
} from "../../graph/index.ts";
import type { Device } from "../engine.ts";

/** What ONNX is written for: a session on a device of this process, or a file for others. */
export type EmitTarget = Device | "file";

/** A node that is about to be written. */
export interface Application {
  readonly type: OnnxOperator;
  readonly inputs: readonly string[];
  readonly attributes: OnnxAttributes;
  /** How many outputs it has. */
  readonly outputs: number;
  /** Types of the inputs, where the operation says them. */
  readonly types: readonly TensorType[] | undefined;
  /** The elements of a constant, by its name; undefined for what is computed. */
  numbers(name: string): readonly number[] | undefined;
}

/** Writes what a device has in the place of a node, and returns the names of its outputs. */
export type Rewrite = (writer: OnnxWriter, node: Application) => readonly string[];

/** How every operator is written for a target: as it is, or by others. */
export interface Lowering {
  readonly operators: { readonly [Type in OnnxOperator]: "native" | Rewrite };
  /** What int64 is computed with between inputs and outputs. */
  readonly integers: "int64" | "int32";
}

/** The node as it is. */
export const asItIs: Rewrite = (writer, { type, inputs, attributes, outputs }) =>
  writer.node(type, inputs, attributes, { outputs });

/** A number among the attributes of a node; `fallback` where it is left out. */
export function numberOf(attribute: OnnxAttribute | undefined, fallback = 0): number {
  if (typeof attribute === "number") return attribute;
  return typeof attribute === "object" && "float" in attribute ? attribute.float : fallback;
}

/** The types that an operation says of its inputs. */
export function typesOf({ type, types }: Application): readonly TensorType[] {
  if (!types) throw new RangeError(`${type} cannot be rewritten: its operation says no types`);
  return types;
}
