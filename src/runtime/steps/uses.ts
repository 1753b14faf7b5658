import type { Source, Tensor } from "../../graph/index.ts";
import type { Held } from "./held.ts";
import type { Program, Room } from "./program.ts";
import { type Cell, rootsOf, type StepGraph } from "./stepGraph.ts";

/** How often each tensor is needed. */
export function countUses(
  graph: StepGraph,
  order: readonly (Source | Cell)[],
): ReadonlyMap<Tensor, number> {
  const uses = new Map<Tensor, number>();
  const use = (x: Tensor) => uses.set(x, (uses.get(x) ?? 0) + 1);
  Object.values(graph.outputs).forEach(use);
  for (const step of order) {
    if (step.kind === "operation") step.inputs.forEach(use);
    else if (step.kind !== "input" && step.kind !== "constant") rootsOf(step).forEach(use);
  }
  return uses;
}

/** Gives rooms back when nothing needs them any more. */
export function watchRooms(program: Program, uses: ReadonlyMap<Tensor, number>) {
  const left = new Map<Room, number>();
  return {
    /** A value has been computed. */
    made(tensor: Tensor, { room }: Held) {
      if (room) left.set(room, (left.get(room) ?? 0) + (uses.get(tensor) ?? 0));
    },
    /** Values have been used. */
    used(values: readonly (Held | undefined)[]) {
      for (const value of values) {
        const room = value?.room;
        const count = room && left.get(room);
        if (!count) continue;
        left.set(room, count - 1);
        if (count === 1) program.release(room);
      }
    },
  };
}
