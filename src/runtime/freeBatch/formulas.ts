import type { DType } from "../../graph/index.ts";
import type { FileValue, Initializer, OnnxNode } from "../onnxProto.ts";
import { valuesOf } from "../values.ts";
import { type Affine, cannotFollow } from "./probe.ts";

/** Nodes and constants that compute what follows the batch size; each formula once. */
export interface Formulas {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly Initializer[];
  constant(dtype: DType, shape: readonly number[], numbers: ArrayLike<number>): string;
  node(type: string, inputs: readonly string[], attributes?: OnnxNode["attributes"]): string;
  /** `times batch + plus` for each rule, int64 `[rules]`. */
  numbers(rules: readonly Affine[]): string;
  /** The batch size as int64 `[1]`. */
  batch(): string;
}

/** No formulas yet; `inputs` are those of the graph, one of which has the batch size as a length. */
export function createFormulas(inputs: readonly FileValue[]): Formulas {
  const nodes: OnnxNode[] = [];
  const initializers: Initializer[] = [];
  const known = new Map<string, string>();
  const remember = (key: string, make: (name: string) => void): string => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const name = `/batch/${known.size}`;
    known.set(key, name);
    make(name);
    return name;
  };
  const formulas: Formulas = {
    nodes,
    initializers,
    constant: (dtype, shape, numbers) =>
      remember(`${dtype}[${shape}]:${Array.from(numbers)}`, (name) => {
        const values = valuesOf(dtype, numbers);
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        initializers.push({ name, dtype, shape, bytes });
      }),
    node: (type, args, attributes = {}) =>
      remember(JSON.stringify([type, args, attributes]), (name) => {
        nodes.push({ type, domain: "", inputs: args, outputs: [name], attributes, name });
      }),
    batch() {
      for (const { name, shape } of inputs) {
        const axis = shape.indexOf("batch");
        if (axis >= 0) return formulas.node("Shape", [name], { start: axis, end: axis + 1 });
      }
      throw cannotFollow("no input has the batch as one of its axes");
    },
    numbers(rules) {
      const column = (numbers: number[]) => formulas.constant("int64", [rules.length], numbers);
      const times = column(rules.map((rule) => rule.times));
      const scaled = formulas.node("Mul", [formulas.batch(), times]);
      return formulas.node("Add", [scaled, column(rules.map((rule) => rule.plus))]);
    },
  };
  return formulas;
}
