import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { Measure, Trainable } from "../../train/trainable.ts";
import { optimizer, rateOf, usualValidation } from "../trainable.ts";
import { classifierModel, classifierScores, exampleInputs } from "./classifier.ts";
import { exampleBatches, examplesInOrder, lengthOf } from "./examples.ts";
import type { BuiltClassifier } from "./run.ts";
import { openClassifierScorer } from "./score.ts";
import type { Task } from "./task.ts";

/** The share of right answers of batches of a size. */
export const classifierMeasure = (batch: number): Measure => ({
  ...{ key: "accuracy", unit: "% right", digits: 1, higherIsBetter: true },
  of: ({ correct = Number.NaN }) => (100 * correct) / batch,
});

export interface ClassifierTraining {
  /** Examples of a batch. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly peak: number;
  /** Validation examples that are scored during training, spread over all; by default those of 32,768 positions. */
  readonly watched?: number;
}

/** A classifier in training on a task: the share of right answers, each before a step learned from it. */
export function classifierTrainable(
  model: BuiltClassifier,
  task: Task,
  options: ClassifierTraining,
): Trainable {
  const { size, mixing, layout } = model;
  const { context } = size;
  const { batch, peak, watched = Math.ceil(usualValidation / context) } = options;
  const shape = { batch, context, symbols: task.symbols };
  return {
    ...{ layout, optimizer, rate: rateOf(peak) },
    rhythm: { by: "steps", first: 100, growth: 1.5 },
    examples: "examples",
    measure: classifierMeasure(batch),
    objective: (length) => {
      const inputs = exampleInputs({ batch, context: length });
      return (p) => {
        const { mean, correct } = classifierScores(
          classifierModel(p, inputs, size, mixing),
          inputs.labels,
        );
        return { loss: mean, metrics: { correct } };
      };
    },
    batches(random) {
      const batchOf = exampleBatches(task.train, shape, random.fork("batches"));
      return async (step) => {
        const feeds = { ...(await batchOf(step)) };
        return { shape: lengthOf(feeds), examples: batch, feeds };
      };
    },
    async validator(options) {
      const scorer = await openClassifierScorer(model, shape, options);
      return {
        async score(parameters, { final }) {
          const indices = spreadEvenly(task.valid.count, final ? undefined : watched);
          const scored = examplesInOrder(task.valid, indices, shape);
          const { accuracy, nats } = await scorer.score(parameters, scored);
          return { accuracy: 100 * accuracy, nats };
        },
        [Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
      };
    },
  };
}
