/**
 * One training step of a small GPT (forward, backward, clipping, AdamW) here and in jax-js (Wasm), with `--torch` also in
 * PyTorch, and how near it comes to the rate of ONNX Runtime's own matrix product. All take turns in one run, and what is
 * compared is compared turn by turn: this machine's speed may change from one second to the next.
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
import {
  median,
  openProducts,
  type Product,
  processorMs,
  type Rate,
  stepFlops,
} from "./measure.ts";
import { openTorch } from "./torchGpt.ts";

const learningRate = 1e-3;
const turns = 9;
/** Steps of one turn, and calls of products of each shape in it. */
const [stepsOfTurn, callsOfTurn] = [8, 9];

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

/** What the turns of one contestant took, in milliseconds a step. */
interface Turns {
  readonly wall: number[];
  /** Of all threads together. */
  readonly processor: number[];
}

/** One turn: `steps` steps after one that warms the caches up. */
async function turn(step: () => Promise<unknown>, steps: number, { wall, processor }: Turns) {
  await step();
  const [start, used] = [performance.now(), processorMs()];
  for (let i = 0; i < steps; i++) await step();
  wall.push((performance.now() - start) / steps);
  processor.push((processorMs() - used) / steps);
}

/** This engine on a number of threads: its steps, and ONNX Runtime's products on as many. */
async function openEngine(threads: number, feeds: Arrays, arena: Float32Array) {
  const trainer = await compileTrainer(objective, { optimizer: adamw(), clip: 1, threads });
  const zero = new Float32Array(trainer.layout.size);
  trainer.restore({ parameters: arena, m: zero, v: zero }, 0);
  const products = await openProducts(shapes, threads);
  const times: Turns = { wall: [], processor: [] };
  const rates: Rate[] = [];
  const step = () => trainer.train(feeds, learningRate);
  return {
    ...{ threads, times, rates, step },
    async round() {
      await turn(step, stepsOfTurn, times);
      rates.push(await products.rate(callsOfTurn));
    },
    async close() {
      await trainer.close();
      await products.close();
    },
  };
}

/** The median over turns of how many times as long the first took. */
const ratio = (a: readonly number[], b: readonly number[]): number =>
  median(a.map((ms, i) => ms / b[i]!)); // as many turns

const shown = ({ wall, processor }: Turns): string =>
  `${median(wall).toFixed(1)} ms per step (processor ${median(processor).toFixed(1)})`;

export async function main(words: readonly string[]): Promise<void> {
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
  const jax: Turns = { wall: [], processor: [] };

  const counts = [...new Set([availableParallelism(), 1])];
  const engines = await Promise.all(counts.map((threads) => openEngine(threads, feeds, arena)));
  await using torch = words.includes("--torch")
    ? await openTorch(counts, { feeds, arena, learningRate })
    : undefined;
  if (torch) {
    const first = engines[0]!; // one a count
    const losses: number[] = [];
    for (let i = 0; i < torch.losses.length; i++) losses.push((await first.step()).loss);
    console.log(torch.witness(losses));
  }

  for (let round = 0; round < turns; round++) {
    for (const each of engines) await each.round();
    await turn(jaxTrain, 1, jax);
    await torch?.round(stepsOfTurn);
  }
  console.log(`jax-js (Wasm)         ${shown(jax)}`);
  for (const { threads, times, rates, close } of engines) {
    const reached = (clock: keyof Turns) => times[clock].map((ms) => gflop / (ms / 1e3));
    const share = (clock: keyof Turns) =>
      (
        100 *
        ratio(
          reached(clock),
          rates.map((rate) => rate[clock]),
        )
      ).toFixed(0); // one a turn
    console.log(
      `ondelette, ${threads} thread${threads > 1 ? "s" : " "}  ${shown(times)}: ` +
        `${ratio(jax.wall, times.wall).toFixed(1)}x jax-js; ${median(reached("wall")).toFixed(0)} GFLOP/s, ` +
        `${share("wall")} % of the matmul rate of ${median(rates.map(({ wall }) => wall)).toFixed(0)} GFLOP/s, ` +
        `by processor time ${share("processor")} %`,
    );
    const theirs = torch?.times.get(threads);
    if (theirs) {
      console.log(
        `PyTorch, ${threads} thread${threads > 1 ? "s" : " "}    ${shown(theirs)}: ondelette is ` +
          `${ratio(theirs.wall, times.wall).toFixed(2)}x as fast, ` +
          `by processor time ${ratio(theirs.processor, times.processor).toFixed(2)}x`,
      );
    }
    await close();
  }
  console.log("needed, on an idle machine with 2 cores: 7x jax-js, 70 % and 1.2x PyTorch");
}
