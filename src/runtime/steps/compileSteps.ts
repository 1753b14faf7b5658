import { type Source, sizeOf, type Tensor } from "../../graph/index.ts";
import { orderOf, rootsOf, type StepGraph } from "./stepGraph.ts";
import type { StepProgram } from "./stepProgram.ts";
import { findIndexed, unneeded } from "./tables.ts";
import { type Folded, writeSteps } from "./writeSteps.ts";

/**
 * Compiles the graph of one position of few sequences to one function of WebAssembly: weights and intermediate values have fixed
 * places in its memory, and a step is one call. Undefined where an operation or a type is not among those that it knows, or
 * where the platform has no WebAssembly with vectors.
 */
export function compileSteps(graph: StepGraph): StepProgram | undefined {
  const folded = foldConstants(graph);
  return folded && writeSteps(graph, { ...folded, ...tabulate(graph, folded) });
}

/** Computes once, for every number that an index can be, what depends on it alone. */
function tabulate(graph: StepGraph, folded: Folded): Partial<Folded> {
  const indexed = findIndexed(graph, folded.done);
  if (!indexed) return {};
  const { index, rows, values } = indexed;
  const outputs = Object.fromEntries(values.map((tensor, i) => [`${i}`, tensor]));
  const program = writeSteps({ outputs, cells: [] }, folded);
  if (!program || index.source.kind !== "input") return {};
  const tables = new Map(
    values.map((x) => {
      const table = new Float32Array(rows * sizeOf(x.shape));
      return [x, { index, rows, values: table }] as const;
    }),
  );
  for (let row = 0; row < rows; row++) {
    const result = program.run(0, { [index.source.name]: Int32Array.of(row) });
    for (const [i, x] of values.entries()) {
      tables.get(x)?.values.set(result[`${i}`] ?? [], row * sizeOf(x.shape));
    }
  }
  return { done: new Set([...folded.done, ...unneeded(graph, tables)]), tables };
}

/** Computes once what depends on constants alone. */
function foldConstants(graph: StepGraph): Folded | undefined {
  const done = new Set<Source>();
  const needed = new Set<Tensor>();
  const need = (tensors: readonly Tensor[]) => {
    for (const x of tensors) if (done.has(x.source) && x.source.kind === "operation") needed.add(x);
  };
  for (const step of orderOf(graph)) {
    if (step.kind === "constant") done.add(step);
    else if (step.kind === "operation") {
      if (step.inputs.every(({ source }) => done.has(source))) done.add(step);
      else need(step.inputs);
    } else if (step.kind !== "input") need(rootsOf(step));
  }
  need(Object.values(graph.outputs));
  const outputs = Object.fromEntries([...needed].map((tensor, i) => [`${i}`, tensor]));
  const nothing: Folded = { done: new Set(), values: new Map() };
  const results = writeSteps({ outputs, cells: [] }, nothing)?.run(0, {});
  if (!results) return undefined;
  const values = [...needed].map((tensor, i) => [tensor, results[`${i}`]!.slice()] as const); // one a name
  return { done, values: new Map(values) };
}
