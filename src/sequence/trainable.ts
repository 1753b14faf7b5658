import { input } from "../graph/index.ts";
import { muon } from "../nn/optimizers/muon.ts";
import { nearest } from "../nn/optimizers/polar.ts";
import type { StableOptions } from "../train/schedule.ts";
import type { Measure, Rhythm, Trainable } from "../train/trainable.ts";
import { evaluationBatches, type TokenBatch, trainingBatches } from "./corpus/batches.ts";
import type { Corpus } from "./corpus/parts.ts";
import { branchDropout } from "./dropout.ts";
import { sequenceLoss } from "./model.ts";
import type { BuiltModel } from "./run.ts";
import { openScorer } from "./score.ts";

export interface SequenceTraining {
  /** Windows of a batch. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly peak: number;
  /** Part of what blocks add to the residual stream that is dropped, from 0 to below 1; nothing by default. */
  readonly dropout?: number;
  /** What a token is called: "character". */
  readonly unit?: string;
  /** Tokens of the validation part that are scored during training, spread over it in whole windows. */
  readonly validationTokens?: number;
}

/** The learning rate of sequence models and classifiers. */
export const rateOf = (peak: number): StableOptions => ({
  peak,
  warmup: 100,
  decayFrom: 0.2,
  floor: 0.02,
});

/** Hidden matrices learn by Muon, all else by AdamW. */
export const optimizer = muon({
  ...{ polynomials: nearest(4), normalized: true },
  adamw: { beta2: 0.99, weightDecay: 0.1 },
});

/** Tokens that are scored during training. */
export const usualValidation = 32_768;

/** The mean loss of a token, which is a `unit`. */
export const sequenceMeasure = (unit: string): Measure => ({
  ...{ key: "nats", unit: `nats/${unit}` },
  of: ({ nats = Number.NaN }) => nats,
});

const rhythm: Rhythm = { by: "steps", first: 50, growth: 1.25 };

/** A sequence model in training on a corpus: nats per token of whole windows. */
export function sequenceTrainable(
  model: BuiltModel,
  corpus: Corpus,
  {
    batch,
    peak,
    dropout = 0,
    unit = "token",
    validationTokens = usualValidation,
  }: SequenceTraining,
): Trainable {
  const { size, mixing, layout } = model;
  const { context } = size;
  const drop = branchDropout(dropout, [batch, context, size.width], size.layers);
  return {
    ...{ layout, optimizer, rhythm, rate: rateOf(peak) },
    examples: "tokens",
    measure: sequenceMeasure(unit),
    objective: () => {
      const shape = [batch, context];
      const tensors = {
        ...{ inputs: input("inputs", shape, "int32"), targets: input("targets", shape, "int32") },
      };
      return (p) => {
        const { loss, nats } = sequenceLoss(p, tensors, size, mixing, drop.options);
        return { loss, metrics: { nats } };
      };
    },
    batches(random) {
      const masks = drop.masks(random.fork("dropout"));
      const batchOf = trainingBatches(corpus.train, {
        ...{ batch, context, random: random.fork("batches") },
      });
      return async (step) => {
        const { inputs, targets } = await batchOf(step);
        const examples = targets.filter((target) => target >= 0).length;
        return { shape: batch, feeds: { inputs, targets, ...masks(step) }, examples };
      };
    },
    async validator(options) {
      const some: TokenBatch[] = [];
      const limit = Math.ceil(validationTokens / context);
      for await (const each of evaluationBatches(corpus.valid, { batch, context, limit })) {
        some.push(each);
      }
      const scorer = await openScorer(model, { batch, context }, options);
      return {
        async score(parameters) {
          const { nats, tokens } = await scorer.score(parameters, some);
          return { nats: nats / tokens };
        },
        [Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
      };
    },
  };
}
