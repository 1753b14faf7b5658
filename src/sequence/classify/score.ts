import { bindInputs, feedsOf } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/compile.ts";
import type { BatchShape } from "../corpus/batches.ts";
import { classifierModel, classifierScores, exampleInputs } from "./classifier.ts";
import type { ExampleBatch } from "./examples.ts";
import type { BuiltClassifier } from "./run.ts";

/** How well examples are told apart. */
export interface ClassifierScore {
  readonly examples: number;
  /** Share of them whose most likely class is the true one. */
  readonly accuracy: number;
  /** Mean of -ln p of the true class. */
  readonly nats: number;
}

/** Tells how well a classifier does. */
export interface ClassifierScorer extends AsyncDisposable {
  score(
    parameters: Float32Array<ArrayBuffer>,
    batches: AsyncIterable<ExampleBatch> | Iterable<ExampleBatch>,
  ): Promise<ClassifierScore>;
}

/** Compiles a classifier for scoring batches of a shape. */
export async function openClassifierScorer(
  { size, mixing, layout }: BuiltClassifier,
  shape: BatchShape,
  options: CompileOptions = {},
): Promise<ClassifierScorer> {
  const inputs = exampleInputs(shape);
  const logits = classifierModel(bindInputs(layout).scope, inputs, size, mixing);
  const { nats, correct, count } = classifierScores(logits, inputs.labels);
  const executable = await compile({ nats, correct, count }, options);
  return {
    async score(parameters, batches) {
      const known = feedsOf(layout, parameters);
      const sum = { nats: 0, correct: 0, count: 0 };
      for await (const batch of batches) {
        const result = await executable.run({ ...known, ...batch });
        sum.nats += Number(result.nats[0]);
        sum.correct += Number(result.correct[0]);
        sum.count += Number(result.count[0]);
      }
      const { count } = sum;
      return { examples: count, accuracy: sum.correct / count, nats: sum.nats / count };
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
