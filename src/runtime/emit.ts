import type { DType, OnnxWriter, Operation, Shape, Source, Tensor } from "../graph/index.ts";
import { operations, topological } from "../graph/index.ts";
import type { Initializer, OnnxGraph, OnnxNode, ValueInfo } from "./onnxProto.ts";
import { valuesOf } from "./values.ts";

/** Thrown where a graph cannot be run as it stands: two inputs of one name, say. */
export class EmitError extends Error {
  override readonly name = "EmitError";
}

/** Writes the graph that computes `outputs` (by name) as ONNX. */
export function emit(outputs: Readonly<Record<string, Tensor>>): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, Initializer>();
  const inputs = new Map<string, ValueInfo>();
  const names = new Map<Source, readonly string[]>();
  let fresh = 0;

  const addConstant = (dtype: DType, shape: Shape, numbers: ArrayLike<number>): string => {
    const key = numbers.length <= 64 ? `${dtype}[${shape}]:${Array.from(numbers)}` : `c${fresh++}`;
    const known = initializers.get(key);
    if (known) return known.name;
    const values = valuesOf(dtype, numbers);
    const name = `constant${initializers.size}`;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    initializers.set(key, { name, dtype, shape, bytes });
    return name;
  };

  const writer: OnnxWriter = {
    node(type, args, attributes = {}, options = {}) {
      const results = Array.from({ length: options.outputs ?? 1 }, () => `t${fresh++}`);
      nodes.push({
        type,
        domain: options.domain ?? "",
        inputs: args,
        outputs: results,
        attributes,
      });
      return results;
    },
    constant: addConstant,
  };

  const nameOf = (tensor: Tensor): string => {
    const name = names.get(tensor.source)?.[tensor.output];
    if (name === undefined) throw new EmitError("a tensor is used before its operation is written");
    return name;
  };

  const typeOf = new Map<Source, Tensor>();
  for (const tensor of Object.values(outputs)) typeOf.set(tensor.source, tensor);
  const order = topological(Object.values(outputs));
  for (const source of order) {
    if (source.kind === "operation") for (const x of source.inputs) typeOf.set(x.source, x);
  }

  for (const source of order) {
    if (source.kind === "operation") {
      const operation = operations[source.name] as Operation<typeof source.attributes>;
      const types = { inputs: source.inputs, outputs: source.outputs };
      names.set(
        source,
        operation.emit(writer, source.inputs.map(nameOf), types, source.attributes),
      );
      continue;
    }
    const tensor = typeOf.get(source);
    if (!tensor) throw new EmitError("a source without a tensor");
    const { dtype, shape } = tensor;
    if (source.kind === "constant") {
      names.set(source, [addConstant(dtype, shape, source.values)]);
    } else {
      if (inputs.has(source.name)) {
        throw new EmitError(`two different inputs are named "${source.name}"; share one tensor`);
      }
      inputs.set(source.name, { name: source.name, dtype, shape });
      names.set(source, [source.name]);
    }
  }

  // A computed value is written straight into the output. Only a second name for one value, and inputs and constants
  // that are outputs as they stand, need a copy.
  const renamed = new Map<string, string>();
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const copies: OnnxNode[] = [];
  const results = Object.entries(outputs).map(([name, tensor]) => {
    const value = nameOf(tensor);
    const result = `${name}:out`;
    if (computed.has(value) && !renamed.has(value)) renamed.set(value, result);
    else {
      const from = renamed.get(value) ?? value;
      copies.push({
        type: "Identity",
        domain: "",
        inputs: [from],
        outputs: [result],
        attributes: {},
      });
    }
    return { name: result, dtype: tensor.dtype, shape: tensor.shape };
  });
  const rename = (value: string) => renamed.get(value) ?? value;
  const final = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
  return {
    nodes: [...final, ...copies],
    initializers: [...initializers.values()],
    inputs: [...inputs.values()],
    outputs: results,
  };
}
