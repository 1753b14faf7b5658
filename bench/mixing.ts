/**
 * What each mixing adds to a training step of a sequence model (forward, backward, clipping, AdamW), as a share of the step
 * without. The models take turns, one step each, so that a slow moment of the machine affects all.
 * `npm run bench -- mixing [names]`, for example `npm run bench -- mixing haar,shift`.
 */
import { availableParallelism } from "node:os";
import { createRandom } from "../src/data/index.ts";
import { input } from "../src/graph/index.ts";
import { adamw, crossEntropy, type Scope } from "../src/nn/index.ts";
import {
  type MixingName,
  mixingNames,
  mixingOf,
  type SequenceSize,
  sequenceModel,
} from "../src/sequence/index.ts";
import { compileTrainer, initialize } from "../src/train/index.ts";

/** The two sizes that the aim of 5 % is set for. */
const sizes: readonly (SequenceSize & { readonly batch: number })[] = [
  { layers: 10, heads: 8, width: 128, context: 512, symbols: 27, batch: 4 },
  { layers: 6, heads: 8, width: 256, context: 1024, symbols: 27, batch: 2 },
];
const rounds = 20;
const warmup = 3;

async function variant(name: MixingName, size: (typeof sizes)[number], threads: number) {
  const { batch, context } = size;
  const inputs = input("inputs", [batch, context], "int32");
  const targets = input("targets", [batch, context], "int32");
  const mixing = mixingOf(name);
  const objective = (p: Scope) => ({
    loss: crossEntropy(sequenceModel(p, inputs, size, mixing), targets).mean,
    metrics: {},
  });
  const trainer = await compileTrainer(objective, { optimizer: adamw(), threads });
  const random = createRandom(1);
  const zero = new Float32Array(trainer.layout.size);
  const parameters = initialize(trainer.layout, random);
  trainer.restore({ parameters, m: zero, v: zero }, 0);
  const ids = () => Int32Array.from({ length: batch * context }, () => random.integer(27));
  const feeds = { inputs: ids(), targets: ids() };
  const times: number[] = [];
  return {
    name,
    times,
    async step() {
      const start = performance.now();
      await trainer.train(feeds, 1e-3);
      times.push(performance.now() - start);
    },
    close: () => trainer.close(),
  };
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN;

export async function main(asked: readonly string[]): Promise<void> {
  const wanted = asked[0]?.split(",") ?? mixingNames;
  const names = mixingNames.filter((name) => name === "none" || wanted.includes(name));
  const threads = availableParallelism();
  for (const size of sizes) {
    const { layers, width, context, batch } = size;
    console.log(
      `${layers} layers x ${width}, batch ${batch} x ${context} tokens, ${threads} threads`,
    );
    const variants: Awaited<ReturnType<typeof variant>>[] = [];
    for (const name of names) variants.push(await variant(name, size, threads));
    for (let round = 0; round < warmup + rounds; round++) {
      for (const each of variants) {
        await each.step();
        if (round < warmup) each.times.length = 0;
      }
    }
    const plain = variants.find(({ name }) => name === "none")?.times ?? [];
    for (const { name, times, close } of variants) {
      // Of each round, since a round's steps lie side by side in time.
      const added = times.map((ms, i) => ms / plain[i]! - 1); // as many rounds
      const percent = (q: number) => `${(100 * quantile(added, q)).toFixed(1)} %`;
      const sign = quantile(added, 0.5) < 0 ? "" : "+";
      console.log(
        `  ${name.padEnd(18)} ${quantile(times, 0.5).toFixed(0).padStart(5)} ms` +
          (name === "none"
            ? ""
            : `   ${sign}${percent(0.5)}  (quartiles ${percent(0.25)}, ${percent(0.75)})`),
      );
      await close();
    }
  }
  console.log("aimed at, for haar: at most 5 %");
}
