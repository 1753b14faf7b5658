import { describe } from "../../graph/index.ts";
import type { FileValue, Initializer, OnnxGraph } from "../onnxProto.ts";
import { replaceConstants } from "./following.ts";
import { createFormulas } from "./formulas.ts";
import { type Affine, affine, batches, cannotFollow, type Probe } from "./probe.ts";
import { initializersOf, structuralDifference } from "./structure.ts";

/**
 * One graph for any batch size from graphs of the same model for three: where all agree it is kept, and a constant that
 * follows the batch size is computed from the shape of an input. Lengths that follow it are named in the types of inputs
 * and outputs. Throws a UserError where the graphs differ in any other way.
 */
export function freeBatch(probes: readonly Probe[]): OnnxGraph<FileValue> {
  const [first] = probes;
  if (!first) throw cannotFollow("no batch size was tried");
  const difference = structuralDifference(probes);
  if (difference) throw cannotFollow(difference);

  const inputs = freeTypes(probes, "inputs");
  const outputs = freeTypes(probes, "outputs");
  const formulas = createFormulas(inputs);
  const tables = probes.map(({ graph }) => initializersOf(graph));
  const nodes = first.graph.nodes.map((node, i) => {
    const alternatives = node.inputs.map((name, j) => {
      if (!tables[0]?.has(name)) return undefined;
      // The structure is the same, so that the others have constants here too.
      const constants = probes.map(({ graph }, k) => tables[k]!.get(graph.nodes[i]!.inputs[j]!)!);
      return constants.every((constant) => sameConstant(constant, constants[0]!))
        ? undefined
        : constants;
    });
    return replaceConstants(node, probes, alternatives, formulas);
  });

  const all = [...formulas.nodes, ...nodes];
  const used = new Set(all.flatMap((node) => node.inputs));
  const kept = first.graph.initializers.filter(({ name }) => used.has(name));
  return {
    nodes: all,
    initializers: [...kept, ...formulas.initializers],
    inputs,
    outputs,
    portable: first.graph.portable,
  };
}

function sameConstant(a: Initializer, b: Initializer): boolean {
  return (
    describe(a) === describe(b) &&
    (a.bytes === b.bytes || a.bytes.every((byte, i) => byte === b.bytes[i]))
  );
}

/**
 * Inputs or outputs with the lengths that follow the batch size as names: "batch", "3*batch", "batch+1". Throws a
 * UserError where a value does not exist at every probe or has a length without a rule.
 */
export function freeTypes(probes: readonly Probe[], side: "inputs" | "outputs"): FileValue[] {
  const lists = probes.map(({ graph }) => new Map(graph[side].map((value) => [value.name, value])));
  const names = [...new Set(lists.flatMap((list) => [...list.keys()]))];
  return names.map((name) => {
    const values = lists.map((list) => list.get(name));
    const [first] = values;
    const shown = values.map((value) => (value ? describe(value) : "missing"));
    const fault = `"${name}" is ${shown.join(", ")} for batches of ${batches(probes)}`;
    if (!first || values.some((value) => value?.dtype !== first.dtype)) throw cannotFollow(fault);
    if (values.some((value) => value?.shape.length !== first.shape.length)) {
      throw cannotFollow(fault);
    }
    const shape = first.shape.map((length, axis) => {
      const lengths = values.map((value) => value?.shape[axis] ?? Number.NaN);
      const rule = affine(lengths, probes);
      if (!rule) throw cannotFollow(fault);
      return rule.times === 0 ? length : lengthName(rule);
    });
    return { ...first, shape };
  });
}

/** How the type of an input or output names a length that follows the batch size. */
const lengthName = ({ times, plus }: Affine): string =>
  `${times === 1 ? "" : `${times}*`}batch${plus > 0 ? "+" : ""}${plus === 0 ? "" : plus}`;
