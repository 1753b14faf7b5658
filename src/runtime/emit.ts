import type {
  DType,
  OnnxAttributes,
  OnnxOperator,
  OnnxWriter,
  Operation,
  Shape,
  Source,
  Tensor,
  TensorType,
} from "../graph/index.ts";
import { onnxType, operations, topological } from "../graph/index.ts";
import { single } from "../graph/operation.ts";
import type { EmitTarget } from "./lowering/lowering.ts";
import { lowerings } from "./lowering/lowerings.ts";
import type { Initializer, OnnxGraph, OnnxNode, ValueInfo } from "./onnxProto.ts";
import { valuesOf, viewOf } from "./values.ts";

/** A graph that cannot run as it is, for example because two different inputs have one name. */
export class EmitError extends Error {
  override readonly name = "EmitError";
}

/** Numbers of the longest constants that are compared with others, to be written once. */
const mostShared = 4096;

/**
 * Writes the graph that computes `outputs` (by name) as ONNX, in operators that the target has. The outputs of a session
 * on a device end in `:out`; a `file` for others has nodes, constants and outputs with names that a person can read.
 */
export function emit(
  outputs: Readonly<Record<string, Tensor>>,
  target: EmitTarget = "cpu",
): OnnxGraph {
  const forFile = target === "file";
  const { operators, integers } = lowerings[target];
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
    const short = numbers.length <= mostShared && given === undefined;
    const key = short ? `${dtype}[${shape}]:${Array.from(numbers)}` : `c${fresh++}`;
    const known = initializers.get(key);
    if (known) return known.name;
    const values = valuesOf(dtype, numbers);
    const name = claim(given ?? `constant${initializers.size}`);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    initializers.set(key, { name, dtype, shape, bytes });
    return name;
  };

  /** Writes nodes as they are. */
  const native: OnnxWriter = {
    node(type, args, attributes = {}, options = {}) {
      const results = Array.from({ length: options.outputs ?? 1 }, () => claim(`t${fresh++}`));
      nodes.push({
        type,
        domain: type === "FusedMatMul" ? "com.microsoft" : "",
        inputs: args,
        outputs: results,
        attributes,
        ...(forFile && { name: `${operation}${nodes.length}` }),
      });
      return results;
    },
    constant: addConstant,
  };

  const writer: OnnxWriter = {
    node(type, args, attributes = {}, options = {}) {
      const rewrite = operators[type];
      if (rewrite === "native") return native.node(type, args, attributes, options);
      const { outputs = 1, types } = options;
      const numbers = (name: string) => {
        const known = [...initializers.values()].find((constant) => constant.name === name);
        return known && Array.from(viewOf(known), Number);
      };
      return [...rewrite(native, { type, inputs: args, attributes, outputs, types, numbers })];
    },
    constant: addConstant,
  };

  /** A tensor's type as the target holds it. */
  const held = ({ dtype, shape }: TensorType): TensorType => ({
    dtype: dtype === "int64" ? integers : dtype,
    shape,
  });
  /** int64 at the boundary, where the target computes with other integers. */
  const cast = (name: string, dtype: DType) =>
    single(native, "Cast", [name], { to: onnxType[dtype] });

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
      const types = { inputs: source.inputs.map(held), outputs: source.outputs.map(held) };
      names.set(source, rules.emit(writer, source.inputs.map(nameOf), types, source.attributes));
      continue;
    }
    const tensor = typeOf.get(source);
    if (!tensor) throw new EmitError("a source without a tensor");
    const { dtype, shape } = tensor;
    const inside = held(tensor).dtype;
    if (source.kind === "constant") {
      const given = forFile ? source.name : undefined;
      names.set(source, [addConstant(inside, shape, source.values, given)]);
    } else {
      inputs.set(source.name, { name: source.name, dtype, shape });
      names.set(source, [inside === dtype ? source.name : cast(source.name, inside)]);
    }
  }

  // A computed value is written straight into the output. Only a second name for one value, and inputs and constants
  // that are outputs as they stand, need a copy.
  const renamed = new Map<string, string>();
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const copies: OnnxNode[] = [];
  const copy = (
    type: OnnxOperator,
    from: string,
    to: string,
    attributes: OnnxAttributes = {},
  ): OnnxNode => ({
    ...{ type, domain: "", inputs: [from], outputs: [to], attributes },
    ...(forFile && { name: `copy${nodes.length + copies.length}` }),
  });
  const results = Object.entries(outputs).map(([name, tensor]) => {
    const result = resultName(name);
    const value = nameOf(tensor);
    const inside = held(tensor).dtype;
    if (inside !== tensor.dtype) copies.push(copy("Cast", value, result, { to: onnxType.int64 }));
    else if (computed.has(value) && !renamed.has(value)) renamed.set(value, result);
    else {
      const from = renamed.get(value) ?? value;
      copies.push(copy("Identity", from, result));
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
