import { input, type Tensor } from "../../graph/index.ts";
import { linear } from "../../nn/layers/layers.ts";
import { crossEntropy } from "../../nn/layers/losses.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { BatchShape } from "../corpus/batches.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { type SequenceSize, sequenceTrunk } from "../model.ts";
import { type Readout, type ReadoutName, readouts } from "./readout.ts";

/** Sizes of a classifier: those of its trunk, and how many classes it tells apart. */
export interface ClassifierSize extends SequenceSize {
  readonly classes: number;
  /** How features become those of a sequence: see {@link readouts}, or one's own; the last true token's by default. */
  readonly readout?: ReadoutName | Readout;
}

/**
 * The trunk of a sequence model and a linear head on what the readout makes of its features: inputs `[batch, length]` and
 * true lengths `[batch]` to logits `[batch, classes]`. The trunk is causal, so what fills a row up behind its last true
 * token tells on nothing.
 */
export function classifierModel(
  p: Scope,
  { inputs, lengths }: { readonly inputs: Tensor; readonly lengths: Tensor },
  size: ClassifierSize,
  mixing: Mixing,
): Tensor {
  const { classes, readout = "last" } = size;
  const read = typeof readout === "string" ? readouts[readout] : readout;
  const features = sequenceTrunk(p, inputs, size, mixing);
  return linear(p.in("head"), read(features, lengths), classes, { role: "head" });
}

/** The inputs of a classifier's graph, by the names that an `ExampleBatch` feeds. */
export function exampleInputs({ batch, context }: BatchShape) {
  return {
    inputs: input("inputs", [batch, context], "int32"),
    lengths: input("lengths", [batch], "int32"),
    labels: input("labels", [batch], "int32"),
  };
}

/** How logits `[batch, classes]` meet labels `[batch]`, as scalars; a label of -1 does not count. */
export interface ClassifierScores {
  /** Mean of -ln p of the true class. */
  readonly mean: Tensor;
  /** Its sum. */
  readonly nats: Tensor;
  /** How many have the true class as the most likely. */
  readonly correct: Tensor;
  /** How many count. */
  readonly count: Tensor;
}

/** Cross-entropy and right answers. */
export function classifierScores(logits: Tensor, labels: Tensor): ClassifierScores {
  const { mean, sum, count } = crossEntropy(logits, labels);
  const correct = logits.argMax(-1).cast("int32").equal(labels).cast("float32").sum();
  return { mean, nats: sum, correct, count };
}
