import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../test/evaluate.ts";
import {
  agreeing,
  beginningWith,
  coefficientCount,
  decodeTokens,
  encodeTokens,
  fixedWhere,
  tokenCount,
  vocabularies,
} from "../codec/index.ts";
import { createRandom } from "../data/random/random.ts";
import { input, sizeOf } from "../graph/index.ts";
import { bind, freeze } from "../nn/parameters.ts";
import { compile, exportOnnx, onnxSummary, valuesOf } from "../runtime/index.ts";
import type { Batch } from "../train/trainable.ts";
import { compileTrainer, initialize } from "../train/trainer.ts";
import { type ImageLanguageOptions, imageLanguage } from "./language/language.ts";
import { replay } from "./language/replay.ts";
import { type DrawRequest, noClass, type Scorer } from "./model.ts";
import { buildModel, type ModelChoice, modelNames } from "./models.ts";
import type { ByScale, ImageSampling } from "./sampling.ts";
import { someExamples, tinyModels, tinyOwnModel } from "./testing.ts";

const threads = 1;
const languages: Record<string, [ImageLanguageOptions, { width: number; height: number }]> = {
  "gray squares in blocks": [
    { wavelet: "haar", finest: 0.25 },
    { width: 8, height: 8 },
  ],
  "color of 12×7 in trees, read as B": [
    { wavelet: "bior2.2", finest: 0.5, vocabulary: "trees", reading: "B", color: "ycbcr" },
    { width: 12, height: 7 },
  ],
  "lossless color of 9×5": [
    { wavelet: "haar", lossless: true, order: "coefficients", color: "ycbcr", levels: 2 },
    { width: 9, height: 5 },
  ],
};
/**
 * Each language with two models. `state` reads the coefficients in a way of its own for each; `paper` and `own` see tokens, of which
 * there are two vocabularies.
 */
const settings: readonly { name: ModelChoice["name"] | "own"; images: keyof typeof languages }[] = [
  ...Object.keys(languages).map((images) => ({ name: "state" as const, images })),
  { name: "values", images: "lossless color of 9×5" },
  { name: "paper", images: "gray squares in blocks" },
  { name: "paper", images: "color of 12×7 in trees, read as B" },
  { name: "own", images: "color of 12×7 in trees, read as B" },
];

// What training, scoring and sampling rely on, of every model of the language.
describe.each(settings)("the model $name of $images", ({ name, images }) => {
  const language = imageLanguage(...languages[images]!); // a key of it
  const tokens = language.tokens;
  const examples = someExamples(language, 12);
  const planes = examples.map(
    ({ coefficients }) => encodeTokens(coefficients, tokens).startingPlane,
  );
  const highestPlane = Math.max(...planes);
  const setting = { language, classes: 2, highestPlane };
  const choice = name === "own" ? { name, options: tinyOwnModel.defaults } : tinyModels[name];
  const model = buildModel(choice, setting, { own: tinyOwnModel });
  const random = createRandom(7);
  // The start is shaken: layers that begin at zero would hide what they do.
  const parameters = initialize(model.layout, random).map((x) => x + 0.1 * random.normal());
  const training = { count: examples.length, draw: (i: number) => examples[i]! }; // i < count

  describe("as a scorer", () => {
    let scorer: Scorer;
    let fair: Scorer;
    beforeAll(async () => {
      scorer = await model.scorer(parameters, { threads });
      fair = await model.scorer(new Float32Array(model.layout.size), { threads });
    });
    afterAll(() => Promise.all([scorer[Symbol.asyncDispose](), fair[Symbol.asyncDispose]()]));

    test("gives an image the same bits whatever is scored beside it", async () => {
      const together = await scorer.bits(examples);
      const [alone] = await scorer.bits(examples.slice(3, 4));
      const [, last] = await scorer.bits([examples[11]!, examples[3]!]); // 12 examples
      for (const bits of [alone, last]) expect(bits! / together[3]!).toBeCloseTo(1, 5);
      expect(new Set(together).size).toBe(examples.length);
    });

    // Of whole integers the shares of tokens follow, and none is fair.
    test.skipIf(name === "values")(
      "with all parameters zero, counts log2 of the number of legal tokens at each decision",
      async () => {
        const expected = examples.map(({ coefficients }) => {
          let bits = 0;
          for (const { site } of replay(coefficients, tokens))
            bits += Math.log2(tokenCount(site.legal));
          return bits;
        });
        for (const [i, bits] of (await fair.bits(examples)).entries()) {
          expect(bits / expected[i]!).toBeCloseTo(1, 5); // as many as examples
        }
      },
    );

    test("gives class and image their say", async () => {
      const [example] = examples;
      const [one, other] = await scorer.bits([example!, { ...example!, label: 1 }]);
      expect(Math.abs(one! - other!)).toBeGreaterThan(1e-3);
    });

    test("scores an image whose class is not told unlike one of any class", async () => {
      const [example] = examples;
      const bits = await scorer.bits([0, 1, noClass].map((label) => ({ ...example!, label })));
      expect(new Set(bits).size).toBe(3);
    });

    test("counts nothing for an image without tokens, and nothing for no images", async () => {
      const blank = new Float64Array(coefficientCount(tokens.geometry));
      expect(await scorer.bits([{ coefficients: blank, label: 0 }])).toEqual([0]);
      expect(await scorer.bits([])).toEqual([]);
    });

    test("scores images that begin above every plane of the training images", async () => {
      const dark = buildModel(
        choice,
        { ...setting, highestPlane: highestPlane - 2 },
        {
          own: tinyOwnModel,
        },
      );
      await using other = await dark.scorer(initialize(dark.layout, random), { threads });
      const [bits] = await other.bits(examples);
      expect(bits).toBeGreaterThan(0);
      expect(bits).toBeLessThan(1e5);
    });
  });

  describe("as a sampler", () => {
    const sampler = model.sampler(parameters, { threads });
    const requests = (count: number): DrawRequest[] =>
      Array.from({ length: count }, (_, i) => ({
        label: i % 2,
        startingPlane: planes[i]!, // count ≤ 12
        random: createRandom(`image ${i}`),
      }));

    test("draws whole streams that a decoder takes", async () => {
      const drawings = await sampler.draw(requests(6), {});
      expect(drawings.map((d) => d.startingPlane)).toEqual(planes.slice(0, 6));
      for (const drawing of drawings) {
        expect(decodeTokens(drawing, tokens)).toEqual(drawing.approximation);
        const longer = { ...drawing, tokens: Uint8Array.of(...drawing.tokens, 0) };
        expect(() => decodeTokens(longer, tokens)).toThrow("complete");
        // Trees leave an encoder no choice, but a sampler one: to name the leaves of a silent tree one by one.
        const encoding = encodeTokens(drawing.approximation, tokens);
        const same = encoding.startingPlane === drawing.startingPlane;
        if (tokens.vocabulary === "blocks" && same) {
          expect(encoding.tokens).toEqual(drawing.tokens);
        }
      }
    });

    test("draws the same image for the same seed whatever is drawn beside it", async () => {
      const all = await sampler.draw(requests(5), { temperature: 0.9 });
      const [, second] = await sampler.draw(requests(2), { temperature: 0.9 });
      const [last] = await sampler.draw(requests(5).slice(4), { temperature: 0.9 });
      expect(second).toEqual(all[1]);
      expect(last).toEqual(all[4]);
    });

    test("draws likelier images the colder it is", async () => {
      // The likeliest token of each decision makes an image that costs fewer bits than chance does.
      const greedy = await sampler.draw(requests(4), { temperature: 0 });
      expect(await sampler.draw(requests(4), { topK: 1 })).toEqual(greedy);
      const scorer = await model.scorer(parameters, { threads });
      for (const drawing of greedy) {
        const encoding = encodeTokens(drawing.approximation, tokens);
        if (encoding.startingPlane !== drawing.startingPlane) continue;
        const example = { coefficients: drawing.approximation, label: greedy.indexOf(drawing) % 2 };
        const [bits] = await scorer.bits([example]);
        let most = 0;
        for (const { site } of replay(example.coefficients, tokens)) {
          most += Math.log2(tokenCount(site.legal));
        }
        expect(bits).toBeLessThan(most);
      }
      await scorer[Symbol.asyncDispose]();
    });

    test("draws the same with guidance of weight 1 as without, and images of no class with weight 0", async () => {
      const streams = async (label: number | undefined, sampling: ImageSampling) => {
        const asked = requests(3).map((request) => ({ ...request, label: label ?? request.label }));
        return (await sampler.draw(asked, sampling)).map((drawing) => drawing.tokens);
      };
      const plain = await streams(undefined, {});
      expect(await streams(undefined, { guidance: 1 })).toEqual(plain);
      const free = await streams(noClass, {});
      expect(free).not.toEqual(plain);
      expect(await streams(undefined, { guidance: 0 })).toEqual(free);
    });

    test("draws whole streams by guidance, whatever is drawn beside them", async () => {
      const guided = await sampler.draw(requests(4), { guidance: 3 });
      expect(guided).not.toEqual(await sampler.draw(requests(4), {}));
      for (const drawing of guided)
        expect(decodeTokens(drawing, tokens)).toEqual(drawing.approximation);
      const [, , third] = guided;
      expect(await sampler.draw(requests(4).slice(2, 3), { guidance: 3 })).toEqual([third]);
    });

    test("guides each scale by a weight of its own", async () => {
      const draw = (guidance: ByScale) => sampler.draw(requests(3), { guidance });
      expect(await draw({ shape: 3, detail: 3 })).toEqual(await draw(3));
      expect(await draw({ shape: 3 })).toEqual(await draw({ shape: 3, detail: 1 }));
      expect(await draw({ shape: 3 })).not.toEqual(await draw({ detail: 3 }));
      // A weight of all but 1 asks both questions everywhere: what is left out where it is 1 changes nothing.
      expect(await draw({ detail: 3 })).toEqual(await draw({ shape: 1 + 1e-9, detail: 3 }));
    });

    test("takes a temperature for each scale", async () => {
      const draw = (temperature: ByScale) => sampler.draw(requests(3), { temperature });
      expect(await draw({ shape: 0.5, detail: 0.5 })).toEqual(await draw(0.5));
      expect(await draw({ detail: 0.5 })).toEqual(await draw({ shape: 1, detail: 0.5 }));
      expect(await draw({ detail: 0.5 })).not.toEqual(await draw({ shape: 0.5 }));
    });

    test("counts tokens as they are drawn, and draws nothing if nothing is asked", async () => {
      let told = 0;
      const drawings = await sampler.draw(requests(3), {}, (count) => {
        expect(count).toBeGreaterThanOrEqual(told);
        told = count;
      });
      expect(told).toBeGreaterThan(0);
      expect(told).toBeLessThanOrEqual(drawings.reduce((sum, d) => sum + d.tokens.length, 0));
      expect(await sampler.draw([], {})).toEqual([]);
    });

    test("takes only tokens that are allowed: coefficients that are kept are not changed", async () => {
      // Where the walls bound what is drawn by what is coarser, only all that is coarser can be kept.
      const { level } = tokens.places;
      const isKept = (k: number, i: number) =>
        tokens.bounds ? level[k % level.length]! <= 1 : (k + i) % 3 > 0;
      const some = requests(4).map((request, i) => {
        const { coefficients } = examples[i]!; // 4 of 12
        const kept = coefficients.map((_, k) => Number(isKept(k, i)));
        const allowed = agreeing(fixedWhere(kept, coefficients), tokens);
        return { ...request, allowed };
      });
      for (const [i, { approximation }] of (await sampler.draw(some, {})).entries()) {
        const expected = encodeTokens(examples[i]!.coefficients, tokens).approximation;
        const ofKept = (values: Float64Array) => values.filter((_, k) => isKept(k, i));
        expect(ofKept(approximation)).toEqual(ofKept(expected));
        expect(approximation).not.toEqual(expected);
      }
    });

    test("goes on from the beginning of a stream as it went on itself", async () => {
      const [whole] = await sampler.draw(requests(1), { temperature: 0 });
      for (const length of [1, whole!.tokens.length >> 1, whole!.tokens.length]) {
        const allowed = beginningWith(whole!.tokens.subarray(0, length));
        const request = { ...requests(1)[0]!, allowed };
        expect(await sampler.draw([request], { temperature: 0 })).toEqual([whole]);
      }
    });

    test("draws an empty stream where the plane says that there is nothing", async () => {
      const startingPlane = tokens.finestPlane - 1;
      const request = { label: 0, startingPlane, random: createRandom(1) };
      const [drawing] = await sampler.draw([request], {});
      expect(drawing?.tokens.length).toBe(0);
    });
  });

  test("as a file, computes what its graph computes, for any batch", async () => {
    const outputs = (batch: number) => model.outputs!(freeze(model.layout, parameters), { batch });
    const bytes = exportOnnx((batch) => ({ outputs: outputs(batch) }), {
      descriptions: model.descriptions!,
    });
    const summary = onnxSummary(bytes);
    for (const { description } of [...summary.inputs, ...summary.outputs]) {
      expect(description).toBeDefined();
    }
    const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
    for (const batch of [1, 3]) {
      await using executable = await compile(outputs(batch), { threads });
      const fed = executable.inputs.map(({ name, dtype, shape }, i) => {
        const numbers = someNumbers(sizeOf(shape), 0, 2, i + 1).map((x) =>
          dtype === "int32" ? Math.floor(x) : x,
        );
        return { name, dtype, shape, values: valuesOf(dtype, numbers) };
      });
      const expected = await executable.run(
        Object.fromEntries(fed.map(({ name, values }) => [name, values])),
      );
      const found = await session.run(
        Object.fromEntries(
          fed.map(({ name, dtype, shape, values }) => [name, new Tensor(dtype, values, shape)]),
        ),
      );
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
      for (const [name, values] of Object.entries(expected)) {
        const [a, b] = [found[name]!.data, values].map((x) => Array.from(x as Float32Array));
        expect(relativeError(a!, b!)).toBeLessThan(1e-5);
      }
    }
    await session.release();
  });

  describe("in training", () => {
    const batches = () => model.batches(training, createRandom(3));
    /** Parameters and metrics after one step on a batch. */
    const afterStep = async ({ shape, examples: count, feeds }: Batch) => {
      const trainer = await compileTrainer(model.objective(shape), {
        optimizer: model.optimizer,
        threads,
      });
      trainer.restore(start, 0);
      const metrics = await trainer.train(feeds, 1e-2);
      const { parameters: after } = trainer.state();
      await trainer.close();
      return { shape, count, metrics, after: after!.slice() }; // the arenas include them
    };
    const zero = new Float32Array(model.layout.size);
    const slots = Object.fromEntries(model.optimizer.slots.map((slot) => [slot, zero]));
    const start = { ...slots, parameters };

    test("the batch of a step does the same whether or not others were drawn before it", async () => {
      const used = batches();
      const second = await afterStep(used(2));
      used(3);
      used(4);
      const fifth = await afterStep(used(5));
      expect(await afterStep(batches()(5))).toEqual(fifth);
      expect(await afterStep(used(2))).toEqual(second);
      expect(fifth.after).not.toEqual(second.after);
    });

    test("the bits that batches report are on average those that the scorer counts", async () => {
      const batch = batches();
      const scorer = await model.scorer(parameters, { threads });
      const bits = await scorer.bits(examples);
      await scorer[Symbol.asyncDispose]();
      const expected = bits.reduce((sum, b) => sum + b, 0) / bits.length;

      const { shape } = batch(1);
      const { scope } = bind(model.layout, input("parameters", [model.layout.size]));
      const { metrics } = model.objective(shape)(scope);
      const executable = await compile({ bits: metrics.bitsPerImage }, { threads });
      let sum = 0;
      const steps = 36; // whole data sets, for batches of 4 as for larger ones that chance thins out
      for (let step = 1; step <= steps; step++) {
        const result = await executable.run({ ...onlyInputs(batch(step).feeds), parameters });
        sum += Number(result.bits[0]);
      }
      expect(sum / steps / expected).toBeGreaterThan(0.95);
      expect(sum / steps / expected).toBeLessThan(1.05);

      function onlyInputs(feeds: Batch["feeds"]) {
        const names = new Set(executable.inputs.map((value) => value.name));
        return Object.fromEntries(Object.entries(feeds).filter(([key]) => names.has(key)));
      }
      await executable.close();
    });

    test("lowers the loss", async () => {
      const batch = batches();
      const trainer = await compileTrainer(model.objective(batch(1).shape), {
        optimizer: model.optimizer,
        threads,
      });
      trainer.restore(start, 0);
      const losses: number[] = [];
      for (let step = 1; step <= 40; step++) {
        losses.push((await trainer.train(batch(step).feeds, 1e-2)).bitsPerImage);
      }
      const mean = (some: number[]) => some.reduce((sum, x) => sum + x, 0) / some.length;
      // Of a lossless stream more than half is the noise of the pictures, which nobody can learn.
      const most = language.lossless ? 0.92 : 0.85;
      expect(mean(losses.slice(-5))).toBeLessThan(most * mean(losses.slice(0, 5)));
      await trainer.close();
    });
  });
});

test("every model and every vocabulary is in this suite", () => {
  const models = new Set(settings.map(({ name }) => name));
  expect([...models].sort()).toEqual([...modelNames, "own"].sort());
  const covered = Object.values(languages).map(([options]) => options.vocabulary ?? "blocks");
  expect([...new Set(covered)].sort()).toEqual([...vocabularies].sort());
});
