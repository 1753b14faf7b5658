/**
 * One training step of a small GPT (forward, backward, clipping, AdamW) here and in jax-js (Wasm), and how near it comes
 * to the rate of ONNX Runtime's own matrix product. All in one run: this machine's speed may change between runs.
 */
import { availableParallelism } from "node:os";
import { jit, numpy as np, tree } from "@jax-js/jax";
import { adamw } from "../src/nn/index.ts";
import type { Arrays } from "../src/runtime/index.ts";
import { compileTrainer } from "../src/train/index.ts";
import { batch, gptStart, layout, length, objective, options } from "../test/gptStep.ts";
import {
  jaxLossAndGradients,
  jaxOneHot,
  jaxWeights,
  startJax,
  type Weights,
} from "../test/jaxGpt.ts";
import { matmulRate, median, type Product, stepFlops, time } from "./measure.ts";

const learningRate = 1e-3;

/** The products of the step's feed-forward layers: forward and for the gradient of a weight. */
const shapes: readonly Product[] = [
  [1024, 128, 512],
  [1024, 512, 128],
  [512, 1024, 128],
];

/** AdamW with clipping in jax-js, one jitted step over the tree of parameters. */
function jaxStep() {
  const lossAndGradients = jaxLossAndGradients(options);
  const update = jit((p: Weights, m: Weights, v: Weights, g: Weights, correct: np.Array) => {
    const names = Object.keys(p);
    const norm = np.sqrt(
      names
        .map((name) => np.square(g[name]!.ref).sum())
        .reduce((a, b) => a.add(b)), // names of g
    );
    const scale = np.minimum(np.array(1).div(norm.add(1e-6)), 1);
    const [p1, m1, v1]: [Weights, Weights, Weights] = [{}, {}, {}];
    for (const name of names) {
      const gradient = g[name]!.mul(scale.ref); // all trees have these names
      m1[name] = m[name]!.mul(0.9).add(gradient.ref.mul(0.1)); // as above
      v1[name] = v[name]!.mul(0.99).add(np.square(gradient).mul(0.01)); // as above
      const rate = correct.ref.mul(learningRate);
      const decayed = p[name]!.ref.mul(p[name]!.shape.length >= 2 ? 1 - 0.01 * learningRate : 1); // as above
      p1[name] = decayed.sub(m1[name].ref.mul(rate).div(np.sqrt(v1[name].ref).add(1e-8)));
      p[name]!.dispose(); // as above
    }
    scale.dispose();
    correct.dispose();
    return [p1, m1, v1] as [Weights, Weights, Weights];
  });
  return { lossAndGradients, update };
}

/** This engine on a number of threads: its step, and ONNX Runtime's products on as many. */
async function engine(threads: number, feeds: Arrays, arena: Float32Array) {
  const trainer = await compileTrainer(objective, { optimizer: adamw(), clip: 1, threads });
  const zero = new Float32Array(trainer.layout.size);
  trainer.restore({ parameters: arena, m: zero, v: zero }, 0);
  const steps: number[] = [];
  const rates: number[][] = shapes.map(() => []);
  return {
    threads,
    async round() {
      steps.push(await time(() => trainer.train(feeds, learningRate), 25, 5));
      for (const [i, shape] of shapes.entries()) {
        rates[i]!.push(await matmulRate(shape, threads)); // one list a shape
      }
    },
    step: () => median(steps),
    /** Mean over the shapes, GFLOP/s. */
    rate: () => rates.map(median).reduce((a, b) => a + b) / shapes.length,
    close: () => trainer.close(),
  };
}

export async function main(): Promise<void> {
  const { feeds, parameters: arena } = gptStart();
  const gflop = stepFlops((p) => objective(p).loss) / 1e9;
  console.log(
    `GPT of ${(layout.size / 1e6).toFixed(2)} M parameters, ${options.layers} layers, width ${options.width}, ` +
      `batch ${batch} x ${length} tokens; ${gflop.toFixed(2)} GFLOP of matrix products a step`,
  );

  await startJax();
  const { lossAndGradients, update } = jaxStep();
  let p = jaxWeights(layout, arena);
  let m = jaxWeights(layout, new Float32Array(layout.size));
  let v = jaxWeights(layout, new Float32Array(layout.size));
  const one = {
    tokens: jaxOneHot(feeds.tokens, batch, options.vocabulary),
    targets: jaxOneHot(feeds.targets, batch, options.vocabulary),
  };
  const jaxTrain = async () => {
    const [, g] = lossAndGradients(tree.ref(p), one.tokens.ref, one.targets.ref);
    [p, m, v] = update(p, m, v, g, np.array(1));
    await p["head.bias"]?.ref.data();
  };

  // All take turns, so that a slow moment of the machine affects all.
  const engines = await Promise.all(
    [...new Set([availableParallelism(), 1])].map((threads) => engine(threads, feeds, arena)),
  );
  const jaxSteps: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const each of engines) await each.round();
    jaxSteps.push(await time(jaxTrain, 3, 1));
  }
  const jax = median(jaxSteps);
  console.log(`jax-js (Wasm)         ${jax.toFixed(1)} ms per step (medians)`);
  for (const { threads, step, rate, close } of engines) {
    const reached = gflop / (step() / 1e3);
    console.log(
      `ondelette, ${threads} thread${threads > 1 ? "s" : " "}  ${step().toFixed(1)} ms per step: ` +
        `${(jax / step()).toFixed(1)}x jax-js; ${reached.toFixed(0)} GFLOP/s, ` +
        `${((100 * reached) / rate()).toFixed(0)} % of the matmul rate of ${rate().toFixed(0)} GFLOP/s`,
    );
    await close();
  }
  console.log("needed, on an idle machine with 2 cores: 7x and 50 %");
}
