import type { Initializer, OnnxGraph, OnnxNode } from "../onnxProto.ts";
import type { Probe } from "./probe.ts";

/** The first difference between the graphs that is not one of constants or lengths; undefined if there is none. */
export function structuralDifference(probes: readonly Probe[]): string | undefined {
  const [first, ...others] = probes as readonly [Probe, ...Probe[]];
  for (const other of others) {
    const [a, b] = [first.graph, other.graph];
    const sizes = `a batch of ${first.batch} and one of ${other.batch}`;
    for (const side of ["inputs", "outputs"] as const) {
      const list = (graph: OnnxGraph) =>
        graph[side].map(({ name, dtype, shape }) => `${name} ${dtype} ${shape.length}`).join();
      if (list(a) !== list(b)) return `${sizes} have different ${side}`;
    }
    /** From the names of values in `a` to those in `b`. */
    const names = new Map(a.inputs.map(({ name }) => [name, name]));
    const results = new Set<string | undefined>(a.outputs.map(({ name }) => name));
    const [constantsA, constantsB] = [initializersOf(a), initializersOf(b)];
    for (let i = 0; i < Math.max(a.nodes.length, b.nodes.length); i++) {
      const [x, y] = [a.nodes[i], b.nodes[i]];
      const where = `operation ${nodeName(x ?? y)} is not the same for ${sizes}`;
      if (!x || !y) return where;
      const form = ({ type, domain, attributes, inputs, outputs }: OnnxNode) =>
        JSON.stringify([type, domain, attributes, inputs.length, outputs.length]);
      const argumentsAgree = x.inputs.every((name, j) => {
        const match = y.inputs[j]!; // of one length, by their form
        return constantsA.has(name)
          ? constantsB.has(match)
          : (names.get(name) ?? (name === "" ? "" : undefined)) === match;
      });
      const resultsAgree = x.outputs.every(
        (name, j) => name === y.outputs[j] || !(results.has(name) || results.has(y.outputs[j])),
      );
      if (form(x) !== form(y) || !argumentsAgree || !resultsAgree) return where;
      x.outputs.forEach((name, j) => {
        names.set(name, y.outputs[j]!);
      });
    }
  }
  return undefined;
}

/** A node in messages: `reshape12 (Reshape)`. */
export const nodeName = (node: OnnxNode | undefined): string => `${node?.name} (${node?.type})`;

/** The constants of a graph by name. */
export const initializersOf = (graph: OnnxGraph): ReadonlyMap<string, Initializer> =>
  new Map(graph.initializers.map((initializer) => [initializer.name, initializer]));
