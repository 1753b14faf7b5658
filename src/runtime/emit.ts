import type { DType, OnnxWriter, Operation, Shape, Source, Tensor } from "../graph/index.ts";
import { operations, topological } from "../graph/index.ts";
import type { Initializer, OnnxGraph, OnnxNode, ValueInfo } from "./onnxProto.ts";
import { valuesOf } from "./values.ts";

/** A graph that cannot run as it is, for example because two different inputs have one name. */
export class EmitError extends Error {
  override readonly name = "EmitError";
}

/**
 * What the ONNX is for. A `session` of this process may use ONNX Runtime's own operators; its outputs end in `:out`. A
 * `file` for others has standard operators only, and its nodes, constants and outputs have names that a person can read.
 */
export type EmitTarget = "session" | "file";

/** Writes the graph that computes `outputs` (by name) as ONNX. */
export function emit(
  outputs: Readonly<Record<string, Tensor>>,
  target: EmitTarget = "session",
): OnnxGraph {
  const forFile = target === "file";
  const order = topological(Object.values(outputs));
  const resultName = (name: string) => (forFile ? name : `${name}:out`);
  const taken = boundaryNames(order, Object.keys(outputs).map(resultName));
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, Initializer>();
  const inputs = new Map<string, ValueInfo>();
  const names = new Map<Source, readonly string[]>();
  let fresh = 0;
  let operation = "";

  /** Takes the name, or a longer one where another value has it. */
  const claim = (name: string): string => {
    if (taken.has(name)) return claim(`${name}_`);
    taken.add(name);
    return name;
  };

  const addConstant = (
    dtype: DType,
    shape: Shape,
    numbers: ArrayLike<number>,
    given?: string,
  ): string => {
    const short = numbers.length <= 64 && given === undefined;
    const key = short ? `${dtype}[${shape}]:${Array.from(numbers)}` : `c${fresh++}`;
    const known = initializers.get(key);
    if (known) return known.name;
    const values = valuesOf(dtype, numbers);
    const name = claim(given ?? `constant${initializers.size}`);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    initializers.set(key, { name, dtype, shape, bytes });
    return name;
  };

  const writer: OnnxWriter = {
    portable: forFile,
    node(type, args, attributes = {}, options = {}) {
      const results = Array.from({ length: options.outputs ?? 1 }, () => claim(`t${fresh++}`));
      nodes.push({
        type,
        domain: options.domain ?? "",
        inputs: args,
        outputs: results,
        attributes,
        ...(forFile && { name: `${operation}${nodes.length}` }),
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
  for (const source of order) {
    if (source.kind === "operation") for (const x of source.inputs) typeOf.set(x.source, x);
  }

  for (const source of order) {
    if (source.kind === "operation") {
      operation = source.name;
      const rules = operations[source.name] as Operation<typeof source.attributes>;
      const types = { inputs: source.inputs, outputs: source.outputs };
      names.set(source, rules.emit(writer, source.inputs.map(nameOf), types, source.attributes));
      continue;
    }
    const tensor = typeOf.get(source);
    if (!tensor) throw new EmitError("a source without a tensor");
    const { dtype, shape } = tensor;
    if (source.kind === "constant") {
      const given = forFile ? source.name : undefined;
      names.set(source, [addConstant(dtype, shape, source.values, given)]);
    } else {
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
    const result = resultName(name);
    if (computed.has(value) && !renamed.has(value)) renamed.set(value, result);
    else {
      const from = renamed.get(value) ?? value;
      copies.push({
        type: "Identity",
        domain: "",
        inputs: [from],
        outputs: [result],
        attributes: {},
        ...(forFile && { name: `copy${nodes.length + copies.length}` }),
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
    portable: forFile,
  };
}

/** The names of inputs and outputs. Throws an EmitError where two of them are equal. */
function boundaryNames(order: readonly Source[], outputs: readonly string[]): Set<string> {
  const taken = new Set<string>();
  for (const source of order) {
    if (source.kind !== "input") continue;
    if (taken.has(source.name)) {
      throw new EmitError(`two different inputs are named "${source.name}"; share one tensor`);
    }
    taken.add(source.name);
  }
  for (const name of outputs) {
    if (taken.has(name)) throw new EmitError(`an input and an output are both named "${name}"`);
    taken.add(name);
  }
  return taken;
}
