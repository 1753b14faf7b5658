// An image model of your own: a network that sees one decision of the image language and its surroundings at a time.
// Run: node examples/05-own-image-model.ts [FOLDER]   (the digits are drawn into FOLDER once)
import { coefficientCount, encodeTokens, replayTokens, type Site, walk } from "ondelette/codec";
import * as data from "ondelette/data";
import { input, type Tensor } from "ondelette/graph";
import * as image from "ondelette/image";
import {
  adamw,
  chooseToken,
  crossEntropy,
  freeze,
  layoutOf,
  linear,
  type Scope,
} from "ondelette/nn";
import { compile } from "ondelette/runtime";
import { trainRun } from "ondelette/train";

const [seen, tokens, rows, images] = [32, 7, 8192, 4];
const network = (p: Scope, x: Tensor, width: number) =>
  linear(p.in("out"), linear(p.in("in"), x, width).gelu(), tokens);

/** A decision as numbers: what is asked where, the class, and how large the coefficients around are known to be. */
function see(
  { kind, level, band, plane, threshold, offset, row, column }: Site,
  known: Float64Array,
  label: number,
): number[] {
  const parent = Math.floor(row / 2) * 32 + Math.floor(column / 2);
  const around = [offset, offset + 1, offset - 1, offset - 32, offset - 33, parent].map(
    (i) => known[i] ?? 0,
  );
  const oneHot = [kind, 4 + level, 10 + label, 20 + band];
  return [
    ...Array.from({ length: 24 }, (_, i) => Number(oneHot.includes(i))),
    plane / 4,
    column / 32,
    ...around.map((value) => Math.log2(1 + Math.abs(value) / threshold)),
  ];
}

const own: image.ModelDefinition<{ width: number; peak: number }> = {
  defaults: { width: 64, peak: 1e-2 },
  build({ language: { tokens: language } }, { width, peak }) {
    const cost = (p: Scope) => {
      const options = { legal: input("legal", [rows, tokens], "bool") };
      return crossEntropy(
        network(p, input("x", [rows, seen]), width),
        input("answers", [rows], "int32"),
        options,
      );
    };
    /** All decisions of some images, for `cost`; rows that are left over have no answer and do not count. */
    const decisions = (examples: image.Example[]) => {
      const feeds = {
        x: new Float32Array(rows * seen),
        legal: new Uint8Array(rows * tokens),
        answers: new Int32Array(rows).fill(-1),
      };
      let next = 0;
      for (const { coefficients, label } of examples) {
        replayTokens(encodeTokens(coefficients, language), language, (site, token, known) => {
          if (next === rows) return;
          feeds.x.set(see(site, known, label), next * seen);
          for (let t = 0; t < tokens; t++) feeds.legal[next * tokens + t] = (site.legal >> t) & 1;
          feeds.answers[next++] = token;
        });
      }
      return feeds;
    };
    const layout = layoutOf(cost);
    return {
      layout,
      optimizer: adamw(),
      rate: { peak, warmup: 20, decayFrom: 0.3, floor: 0.02 },
      objective: () => (p) => {
        const { mean, sum } = cost(p);
        return { loss: mean, metrics: { bitsPerImage: sum.div(images * Math.LN2) } };
      },
      batches(training, random) {
        const order = data.shuffledForever(training.count, random);
        return (step) => {
          const some = Array.from({ length: images }, (_, i) =>
            training.draw(order(step * images + i), random),
          );
          return { shape: rows, examples: images, feeds: decisions(some) };
        };
      },
      async scorer(parameters, options) {
        const executable = await compile({ nats: cost(freeze(layout, parameters)).sum }, options);
        const bits = async (example: image.Example) =>
          Number((await executable.run(decisions([example]))).nats[0]) / Math.LN2;
        return {
          bits: (examples) => Promise.all(examples.map(bits)),
          [Symbol.asyncDispose]: executable.close,
        };
      },
      sampler: (parameters, options) => ({
        async draw(requests, sampling) {
          const logits = network(freeze(layout, parameters), input("x", [1, seen]), width);
          const executable = await compile({ logits }, options);
          const drawings: image.Drawing[] = [];
          for (const { label, startingPlane, random } of requests) {
            const approximation = new Float64Array(coefficientCount(language.geometry));
            const drawn: number[] = [];
            const steps = walk(language, startingPlane, approximation);
            for (let step = steps.next(); !step.done; ) {
              const x = Float32Array.from(see(step.value, approximation, label));
              const { logits } = await executable.run({ x });
              drawn.push(
                chooseToken(logits as Float32Array, step.value.legal, random.uniform(), sampling),
              );
              step = steps.next(drawn.at(-1)!);
            }
            drawings.push({ startingPlane, tokens: Uint8Array.from(drawn), approximation });
          }
          await executable.close();
          return drawings;
        },
      }),
    };
  },
};

const folder = process.argv[2] ?? "data/printed-digits";
await data.printedDigits(folder);
const run = `${folder}-own-model`;
const training = await data.loadImages(await data.openImages(folder, { part: "train" }), {
  color: "gray",
  limit: 2000,
});
const config = await image.createRun(run, training, {
  model: { name: "own", options: own.defaults },
  language: { wavelet: "haar", finest: 1 / 4 },
  fit: "resize",
  seed: 1,
  path: folder,
  plan: { steps: 200 },
});
const { metrics } = await trainRun(
  run,
  config,
  image.imageTrainable(config, training, { own: image.buildRun(config, { own }) }),
);
console.log(metrics);
const { sheet } = await image.sampleSheet(await image.openImageRun(run, { own }), {
  perClass: 8,
  seed: 1,
});
await data.writeImage(`${run}/samples.png`, sheet);
