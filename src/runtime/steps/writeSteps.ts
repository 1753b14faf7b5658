import {
  type DType,
  type Source,
  sizeOf,
  type Tensor,
  type TensorType,
} from "../../graph/index.ts";
import { get, storeInteger } from "../../wasm/assembler.ts";
import { type Biased, findBiased } from "./biasedProducts.ts";
import { layCells } from "./cells.ts";
import { findInner, operandsOf, writeChain } from "./chains.ts";
import { gatherRows } from "./copyKernels.ts";
import { constantOf, type Held, laneOf, lastingRoomFor } from "./held.ts";
import { type Kernel, numberBytes } from "./kernel.ts";
import { type Applied, lowerings } from "./lowerings.ts";
import { lowerMatmul } from "./lowerMatmul.ts";
import { createProgram, mostFed, type Program } from "./program.ts";
import { lastingSources, type Operation, orderOf, rootsOf, type StepGraph } from "./stepGraph.ts";
import { type Boundary, type StepProgram, startProgram } from "./stepProgram.ts";
import type { Table } from "./tables.ts";
import { countUses, watchRooms } from "./uses.ts";

/** What depends on constants alone: sources that need not be computed again, and the values that others need of them. */
export interface Folded {
  readonly done: ReadonlySet<Source>;
  readonly values: ReadonlyMap<Tensor, ArrayLike<number>>;
  /** Values that are looked up by an index that is fed. */
  readonly tables?: ReadonlyMap<Tensor, Table>;
}

/** Types of what can be fed. */
const fedTypes: readonly DType[] = ["float32", "int32"];

/** Writes a graph as a program; undefined where it has a part that cannot be written. */
export function writeSteps(graph: StepGraph, folded: Folded): StepProgram | undefined {
  return writeInOrder(graph, folded, false) ?? writeInOrder(graph, folded, true);
}

/** The same; `deferred` updates carried state at the end of a step, which works where a later operation still reads the old value. */
function writeInOrder(
  graph: StepGraph,
  folded: Folded,
  deferred: boolean,
): StepProgram | undefined {
  const program = createProgram(framesOf(graph));
  const held = new Map<Tensor, Held>();
  const inputs: Boundary[] = [];
  const found = (tensor: Tensor): Held | undefined => {
    const { source, shape, dtype } = tensor;
    const lane = laneOf(dtype);
    if (!lane) return undefined;
    const values = source.kind === "constant" ? source.values : folded.values.get(tensor);
    if (values) return constantOf(program, shape, lane, values);
    const table = folded.tables?.get(tensor);
    if (table) {
      const value = lastingRoomFor(program, shape, lane);
      const index = heldOf(table.index);
      if (!index) return undefined;
      program.callAlways({
        ...{ name: "gather", kernel: gatherRows },
        values: [
          ...[value.address(), program.hold(table.values), index.address()],
          ...[index.address() + numberBytes, sizeOf(shape) * numberBytes, table.rows],
        ],
      });
      return value;
    }
    const isFed = source.kind === "input" && fedTypes.includes(dtype);
    if (!isFed || later?.has(tensor)) return undefined;
    const value = lastingRoomFor(program, shape, lane);
    inputs.push({ name: source.name, ...boundaryOf(tensor, value) });
    return value;
  };
  /** What cells feed from some entry on, before which it is not known. */
  let later: ReadonlySet<Tensor> | undefined;
  const lasting = lastingSources(graph);
  const heldOf = (tensor: Tensor): Held | undefined => {
    const value = held.get(tensor) ?? found(tensor);
    if (value) held.set(tensor, value);
    return value;
  };

  if (graph.position) {
    const room = lastingRoomFor(program, graph.position.shape, "integer");
    held.set(graph.position, room);
    program.call("position", storePosition, room.address(), "position");
  }
  const cells = layCells(graph.cells, program, heldOf, { deferred, lasting });
  if (!cells) return undefined;
  later = cells.later;
  for (const [tensor, value] of cells.fed) held.set(tensor, value);

  const order = orderOf(graph).filter((step) => !folded.done.has(step as Source)); // cells are not among them
  const uses = countUses(graph, order);
  const biased = findBiased(order, uses, heldOf);
  const inner = findInner(order, uses, new Set(biased.sums.keys()));
  const rooms = watchRooms(program, uses);
  for (const step of order) {
    if (step.kind === "input" || step.kind === "constant") continue;
    program.begin(step.kind !== "operation" || lasting.has(step));
    if (step.kind !== "operation") {
      const values = cells.write(step);
      if (!values) return undefined;
      for (const [tensor, value] of values) {
        held.set(tensor, value);
        rooms.made(tensor, value);
      }
      // What is carried may be needed until the end.
      if (step.kind !== "carried") rooms.used(rootsOf(step).map(heldOf));
    } else if (!biased.products.has(step) && !inner.has(step)) {
      const sum = biased.sums.get(step);
      const isChain = step.inputs.some(({ source }) => inner.has(source));
      const values = isChain
        ? writeChain(step, inner, program, heldOf)
        : writeOperation(step, program, heldOf, sum);
      if (!values) return undefined;
      for (const [i, value] of values.entries()) {
        held.set(step.outputs[i]!, value); // one an output
        rooms.made(step.outputs[i]!, value); // one an output
      }
      rooms.used(operandsOf(sum?.product ?? step, inner).map(heldOf));
    }
  }

  const outputs: Boundary[] = [];
  const results: Held[] = [];
  for (const [name, tensor] of Object.entries(graph.outputs)) {
    const value = heldOf(tensor);
    if (!value) return undefined;
    results.push(cells.settled(value));
    outputs.push({ name, ...boundaryOf(tensor, results.at(-1)!) }); // just put there
  }
  const finished = cells.finish(results);
  const ready = finished && program.finish();
  return (
    ready &&
    startProgram(ready, { inputs, outputs, frames: framesOf(graph), ...cells, ...finished })
  );
}

/** Without cells there is nothing to be fed. */
const framesOf = ({ cells }: StepGraph): number => (cells.length > 0 ? mostFed : 1);

const boundaryOf = (type: TensorType, value: Held): Omit<Boundary, "name"> => ({
  ...{ type, address: value.address(), size: sizeOf(type.shape) },
});

/** `(address, number)`. */
const storePosition = (): Kernel => ({
  ...{ parameters: 2, integers: 0, vectors: 0, body: storeInteger(get(0), get(1)) },
});

function writeOperation(
  step: Operation,
  program: Program,
  heldOf: (x: Tensor) => Held | undefined,
  biased: Biased | undefined,
): readonly Held[] | undefined {
  const applied = appliedOf(biased?.product ?? step, heldOf);
  if (!applied) return undefined;
  if (biased) {
    // The sum may have axes that the product has not; they have length 1.
    const product = { ...applied, outputs: step.outputs } as Applied<"matmul">;
    return lowerMatmul(program, product, biased.bias);
  }
  const lower = lowerings[step.name] as
    | ((program: Program, applied: Applied<typeof step.name>) => readonly Held[] | undefined)
    | undefined;
  return lower?.(program, applied);
}

function appliedOf(
  { name, inputs, outputs, attributes }: Operation,
  heldOf: (x: Tensor) => Held | undefined,
): Applied<typeof name> | undefined {
  const values = inputs.map(heldOf);
  if (!values.every((value) => value !== undefined)) return undefined;
  return { name, inputs: values, outputs, attributes } as Applied<typeof name>; // the attributes of that operation
}
