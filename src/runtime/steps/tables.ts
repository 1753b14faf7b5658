import { type Source, sizeOf, type Tensor } from "../../graph/index.ts";
import { type Operation, orderOf, rootsOf, type StepGraph } from "./stepGraph.ts";

/** What a value is for each number that an input can be, row after row. */
export interface Table {
  /** The input, a single integer. */
  readonly index: Tensor;
  readonly rows: number;
  readonly values: Float32Array;
}

/** More numbers than this would take longer to compute beforehand than they save. */
const mostNumbers = 2 ** 21;

/** Values that depend on one index alone, and contain a product: it is cheaper to look them up. */
export interface Indexed {
  readonly index: Tensor;
  readonly rows: number;
  readonly values: readonly Tensor[];
}

/**
 * Finds what of a graph depends on one integer that is fed, such as the token, and on what is `done`, constants: the queries, keys and values
 * of a first layer may. The integer looks up rows of tables, which tells how many values it has.
 */
export function findIndexed(graph: StepGraph, done: ReadonlySet<Source>): Indexed | undefined {
  const order = orderOf(graph);
  /** The input by which an operation looks up a row, if it does. */
  const indexOf = ({ name, inputs }: Operation): readonly Tensor[] => {
    const [table, index] = inputs;
    const looksUp = name === "gather" && table && done.has(table.source);
    const isFed = index?.source.kind === "input" && index !== graph.position;
    return looksUp && isFed && sizeOf(index.shape) === 1 ? [index] : [];
  };
  const index = order.flatMap((step) => (step.kind === "operation" ? indexOf(step) : []))[0];
  if (!index) return undefined;
  /** Sources that depend on the index alone, and whether a product is among what they need. */
  const own = new Map<Source, boolean>([[index.source, false]]);
  let rows = Number.POSITIVE_INFINITY;
  const values = new Set<Tensor>();
  const leave = (tensors: readonly Tensor[]) => {
    for (const x of tensors) if (own.get(x.source) && x.dtype === "float32") values.add(x);
  };
  for (const step of order) {
    if (step.kind === "operation" && !done.has(step)) {
      const isOwn = step.inputs.every((x) => done.has(x.source) || own.has(x.source));
      if (isOwn) {
        const reads = step.inputs.some((x) => own.get(x.source));
        own.set(step, reads || step.name === "matmul");
        if (indexOf(step)[0] === index) rows = Math.min(rows, step.inputs[0]?.shape[0] ?? 0);
      } else leave(step.inputs);
    } else if (step.kind !== "operation" && step.kind !== "input" && step.kind !== "constant") {
      leave(rootsOf(step));
    }
  }
  leave(Object.values(graph.outputs));
  const numbers = [...values].reduce((sum, x) => sum + sizeOf(x.shape), 0);
  return numbers > 0 && rows * numbers <= mostNumbers
    ? { index, rows, values: [...values] }
    : undefined;
}

/** Operations that need not be computed where the values of tables are looked up. */
export function unneeded(graph: StepGraph, tables: ReadonlyMap<Tensor, Table>): readonly Source[] {
  const needed = new Set<Source>();
  const visit = (tensors: readonly Tensor[]) => {
    for (const x of tensors) {
      if (tables.has(x) || needed.has(x.source)) continue;
      needed.add(x.source);
      if (x.source.kind === "operation") visit(x.source.inputs);
    }
  };
  visit(Object.values(graph.outputs));
  for (const cell of graph.cells) visit(rootsOf(cell));
  return orderOf(graph).flatMap((step) =>
    step.kind === "operation" && !needed.has(step) ? [step] : [],
  );
}
