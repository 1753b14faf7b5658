import type { Tensor } from "../graph/index.ts";
import { emit } from "./emit.ts";
import { freeBatch, freeTypes } from "./freeBatch/freeBatch.ts";
import type { Probe } from "./freeBatch/probe.ts";
import { structuralDifference } from "./freeBatch/structure.ts";
import { type ModelMetadata, writeModel } from "./onnxProto.ts";

/** What an exported file says about itself. */
export interface ExportOptions extends ModelMetadata {
  /** What inputs and outputs hold, by name. The file lists its inputs in this order; those not named come last. */
  readonly descriptions?: Readonly<Record<string, string>>;
}

/** A model for one batch size: the graphs of its outputs by name, on inputs that have the batch as an axis. */
export type BatchModel = (batch: number) => { readonly outputs: Readonly<Record<string, Tensor>> };

/** Primes, so that no other length of a model is likely to equal one of them or a multiple. */
const triedBatches = [13, 17, 29];

/** Sizes at which a model may be built differently, since an axis of length 1 broadcasts. */
const smallBatches = [1, 2];

/**
 * A model as the bytes of an ONNX file that runs with any batch size. `build` is called for several sizes; what differs
 * between their graphs becomes a free length or is computed in the file from the shape of an input. Parameters that were
 * bound with `freeze` are stored in the file under their names. The file has operators of the ONNX standard only (opset 21).
 *
 * Throws a UserError that names the operation where the model depends on the batch size in a way that one file cannot
 * follow, such as a constant for each example that is neither repeated nor evenly spaced.
 *
 * @example
 * ```ts
 * const bytes = exportOnnx((batch) => {
 *   const x = input("x", [batch, 784]);
 *   return { outputs: { logits: model(freeze(layout, parameters), x) } };
 * }, { description: "Digits", descriptions: { x: "gray levels, 0 to 1" } });
 * await writeFile("digits.onnx", bytes);
 * ```
 */
export function exportOnnx(build: BatchModel, options: ExportOptions = {}): Uint8Array {
  const probe = (batch: number): Probe => ({ batch, graph: emit(build(batch).outputs, "file") });
  const probes = triedBatches.map(probe);
  const graph = freeBatch(probes);
  for (const batch of smallBatches) {
    const small = probe(batch);
    const some = [...probes.slice(0, 2), small];
    freeTypes(some, "inputs");
    freeTypes(some, "outputs");
    // With another structure, as where a step does nothing at this size, constants cannot be compared.
    if (structuralDifference(some) === undefined) freeBatch(some);
  }
  const { descriptions = {}, ...metadata } = options;
  const described = <V extends { readonly name: string }>(value: V) => {
    const description = descriptions[value.name];
    return description === undefined ? value : { ...value, description };
  };
  const order = [...Object.keys(descriptions), ...graph.inputs.map(({ name }) => name)];
  const place = ({ name }: { readonly name: string }) => order.indexOf(name);
  const inputs = graph.inputs.map(described).sort((a, b) => place(a) - place(b));
  return writeModel({ ...graph, inputs, outputs: graph.outputs.map(described) }, metadata);
}
