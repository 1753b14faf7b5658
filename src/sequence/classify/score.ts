import { bindInputs, feedsOf } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/compile.ts";
import type { BatchShape } from "../corpus/batches.ts";
import { classifierModel, classifierScores, exampleInputs } from "./classifier.ts";
import { type ExampleBatch, lengthOf } from "./examples.ts";
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

/** Prepares a classifier for scoring batches of so many rows; a length of rows is compiled when it first occurs. */
export async function openClassifierScorer(
  { size, mixing, layout }: BuiltClassifier,
  { batch }: Pick<BatchShape, "batch">,
  options: CompileOptions = {},
): Promise<ClassifierScorer> {
  const compileFor = (context: number) => {
    const inputs = exampleInputs({ batch, context });
    const logits = classifierModel(bindInputs(layout).scope, inputs, size, mixing);
    const { nats, correct, count } = classifierScores(logits, inputs.labels);
    return compile({ nats, correct, count }, options);
  };
  const compiled = new Map<number, Awaited<ReturnType<typeof compileFor>>>();
  const of = async (length: number) => {
    const known = compiled.get(length) ?? (await compileFor(length));
    compiled.set(length, known);
    return known;
  };
  return {
    async score(parameters, batches) {
      const known = feedsOf(layout, parameters);
      const sum = { nats: 0, correct: 0, count: 0 };
      for await (const batch of batches) {
        const executable = await of(lengthOf(batch));
        const result = await executable.run({ ...known, ...batch });
        sum.nats += Number(result.nats[0]);
        sum.correct += Number(result.correct[0]);
        sum.count += Number(result.count[0]);
      }
      const { count } = sum;
      return { examples: count, accuracy: sum.correct / count, nats: sum.nats / count };
    },
    async [Symbol.asyncDispose]() {
      for (const executable of compiled.values()) await executable.close();
    },
  };
}
