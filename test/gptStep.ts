import { createRandom } from "../src/data/random/random.ts";
import { concat, gradient, input, type Tensor } from "../src/graph/index.ts";
import { type GptOptions, gpt } from "../src/nn/layers/gpt.ts";
import { crossEntropy } from "../src/nn/layers/losses.ts";
import { adamw } from "../src/nn/optimizers/adamw.ts";
import { bindInputs, feedsOf, layoutOf, type Scope } from "../src/nn/parameters.ts";
import { compile } from "../src/runtime/compile.ts";
import { compileTrainer, initialize } from "../src/train/trainer.ts";

/** The GPT of the benchmarks: 0.83 M parameters. */
export const options: GptOptions = {
  ...{ layers: 4, heads: 4, width: 128, vocabulary: 65, context: 128 },
};
export const [batch, length] = [8, 128];

const tokens = input("tokens", [batch, length], "int32");
const targets = input("targets", [batch, length], "int32");

export const objective = (p: Scope) => ({
  loss: crossEntropy(gpt(p, tokens, options), targets).mean,
  metrics: {},
});
export const layout = layoutOf(objective);

/** The start of a training and a batch, the same at every call and on every machine. */
export function gptStart() {
  const random = createRandom(1);
  const ids = () =>
    Int32Array.from({ length: batch * length }, () => random.integer(options.vocabulary));
  const feeds = { tokens: ids(), targets: ids() };
  return { feeds, parameters: initialize(layout, random) as Float32Array<ArrayBuffer> }; // newly made
}

/** What one training step comes to. */
export interface GptStep {
  readonly loss: number;
  readonly gradientNorm: number;
  /** In the order of the layout. */
  readonly gradients: Float32Array;
}

/** One training step by the engine of this environment, and the gradients that it uses. */
export async function gptStep(threads: number): Promise<GptStep> {
  const { feeds, parameters } = gptStart();
  await using trainer = await compileTrainer(objective, { optimizer: adamw(), clip: 1, threads });
  const zero = new Float32Array(layout.size);
  trainer.restore({ parameters, m: zero, v: zero }, 0);
  const { loss, gradientNorm } = await trainer.train(feeds, 1e-3);

  const bound = bindInputs(layout);
  const all: readonly Tensor[] = gradient(objective(bound.scope).loss, bound.tensors);
  await using executable = await compile(
    {
      gradients: concat(
        all.map((g) => g.reshape([-1])),
        0,
      ),
    },
    { threads },
  );
  const { gradients } = await executable.run({ ...feeds, ...feedsOf(layout, parameters) });
  return { loss, gradientNorm, gradients: gradients as Float32Array }; // models compute in float32
}
