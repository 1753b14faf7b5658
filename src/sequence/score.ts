import { input } from "../graph/index.ts";
import { crossEntropy } from "../nn/layers/losses.ts";
import { bindInputs, feedsOf } from "../nn/parameters.ts";
import { type CompileOptions, compile, inputsAmong } from "../runtime/compile.ts";
import type { BatchShape, TokenBatch } from "./corpus/batches.ts";
import { sequenceModel } from "./model.ts";
import type { BuiltModel } from "./run.ts";

/** What tokens cost: -ln of their probability, in all. */
export interface Score {
  readonly nats: number;
  readonly tokens: number;
}

/** Tells what tokens cost under a model. */
export interface SequenceScorer extends AsyncDisposable {
  score(
    parameters: Float32Array<ArrayBuffer>,
    batches: AsyncIterable<TokenBatch> | Iterable<TokenBatch>,
    onBatch?: (tokens: number) => void,
  ): Promise<Score>;
}

/** Compiles a model for scoring batches of a shape. */
export async function openScorer(
  { size, mixing, layout }: BuiltModel,
  { batch, context }: BatchShape,
  options: CompileOptions = {},
): Promise<SequenceScorer> {
  const inputs = input("inputs", [batch, context], "int32");
  const targets = input("targets", [batch, context], "int32");
  const { scope } = bindInputs(layout);
  const { sum, count } = crossEntropy(sequenceModel(scope, inputs, size, mixing), targets);
  const executable = await compile({ sum, count }, options);
  return {
    async score(parameters, batches, onBatch) {
      // A part that is for training alone has parameters that no score depends on.
      const known = inputsAmong(executable, feedsOf(layout, parameters));
      let [nats, tokens] = [0, 0];
      for await (const { inputs, targets } of batches) {
        const result = await executable.run({ ...known, inputs, targets });
        nats += Number(result.sum[0]);
        tokens += Number(result.count[0]);
        onBatch?.(tokens);
      }
      return { nats, tokens };
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
