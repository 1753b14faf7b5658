import { type Source, type Tensor, topological } from "../../graph/index.ts";

/**
 * What a graph of one position keeps for later positions, and how an input of the graph follows from it. Cells stand in the
 * order in which the model asked for them, so that a cell needs inputs of earlier cells alone.
 */
export type Cell =
  /** `result` is the attention of `q` to the keys and values of all positions up to this one; all `[batch, heads, 1, depth]`. */
  | {
      readonly kind: "attention";
      readonly result: Tensor;
      readonly q: Tensor;
      readonly k: Tensor;
      readonly v: Tensor;
    }
  /** `before` is `x` as it was `lags[i]` positions ago in feature i of its last axis, zero before the start. */
  | {
      readonly kind: "delay";
      readonly before: Tensor;
      readonly x: Tensor;
      readonly lags: readonly number[];
    }
  /** `before` is what `now` was one position ago, zero before the start. */
  | { readonly kind: "carried"; readonly before: Tensor; readonly now: Tensor };

/** A graph that computes one position, and is run position after position. */
export interface StepGraph {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly cells: readonly Cell[];
  /** An input that is fed with the number of the position, int32 `[1]`. */
  readonly position?: Tensor;
}

/** A source that is an operation. */
export type Operation = Extract<Source, { readonly kind: "operation" }>;

/** What a cell must be given at every position. */
export function rootsOf(cell: Cell): readonly Tensor[] {
  if (cell.kind === "attention") return [cell.q, cell.k, cell.v];
  return [cell.kind === "delay" ? cell.x : cell.now];
}

/** Everything that a graph computes, each after what it needs; cells stand after their roots. */
export function orderOf({ outputs, cells }: StepGraph): readonly (Source | Cell)[] {
  const order = new Set<Source | Cell>();
  for (const cell of cells) {
    for (const source of topological(rootsOf(cell))) order.add(source);
    order.add(cell);
  }
  for (const source of topological(Object.values(outputs))) order.add(source);
  return [...order];
}

/**
 * The sources that later positions need: those of keys, of values, and of all that is carried or delayed. The attention of the
 * last layer is not among them, nor what follows it.
 */
export function lastingSources({ cells }: StepGraph): ReadonlySet<Source> {
  let lasting: ReadonlySet<Source> = new Set();
  for (;;) {
    const roots = cells.flatMap((cell) => {
      if (cell.kind !== "attention") return rootsOf(cell);
      return lasting.has(cell.result.source) ? rootsOf(cell) : [cell.k, cell.v];
    });
    const all = new Set(topological(roots));
    if (all.size === lasting.size) return all;
    lasting = all;
  }
}
