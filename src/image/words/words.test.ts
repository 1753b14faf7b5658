import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeTokens } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { compileTrainer, initialize } from "../../train/trainer.ts";
import { imageLanguage } from "../language/language.ts";
import {
  type DrawRequest,
  type Example,
  noClass,
  type Scorer,
  type WordsOfRegion,
} from "../model.ts";
import { buildModel } from "../models.ts";
import { someExamples, tinyModels } from "../testing.ts";

const threads = 1;
const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 8, height: 8 });
const examples = someExamples(language, 6).map((example): Example => ({ ...example, label: 0 }));
const planes = examples.map(
  ({ coefficients }) => encodeTokens(coefficients, language.tokens).startingPlane,
);
const setting = {
  ...{ language, classes: 1, highestPlane: Math.max(...planes) },
  words: { kind: "pieces", pieces: 6, length: 3, width: 64 } as const,
};

/** The models that are told words: all but `values`. */
const wordModels = ["state", "paper"] as const;

// What these models do with words.
describe.each(wordModels)("the model %s, told words,", (name) => {
  const model = buildModel(tinyModels[name], setting);
  const random = createRandom(5);
  const parameters = initialize(model.layout, random).map((x) => x + 0.1 * random.normal());

  describe("as a scorer", () => {
    let scorer: Scorer;
    beforeAll(async () => {
      scorer = await model.scorer(parameters, { threads });
    });
    afterAll(() => scorer[Symbol.asyncDispose]());
    const [image] = examples as [Example];

    test("gives a picture other bits for other words", async () => {
      const told = [[], [1], [2], [1, 2]].map((words) => ({ ...image, words }));
      const bits = await scorer.bits(told);
      expect(new Set(bits.map((b) => b.toFixed(3))).size).toBe(4);
      const [silent] = await scorer.bits([image]);
      expect(silent! / bits[0]!).toBeCloseTo(1, 5);
    });

    test("scores each image with its own words, independent of the batch", async () => {
      const told = examples.map((example, i) => ({ ...example, words: i % 2 ? [i] : [] }));
      const together = await scorer.bits([...told, ...told, ...told]);
      for (const [i, example] of told.entries()) {
        const [alone] = await scorer.bits([example]);
        for (const k of [i, i + 6, i + 12]) expect(together[k]! / alone!).toBeCloseTo(1, 4);
      }
    });
  });

  const draw = (words?: readonly WordsOfRegion[]) => {
    const request: DrawRequest = {
      ...{ label: 0, startingPlane: setting.highestPlane, words },
      random: createRandom("a picture"),
    };
    return model.sampler(parameters, { threads }).draw([request], {});
  };

  test("draws another picture for other words, and the same for none as for nothing", async () => {
    const [silent, none, one, two] = await Promise.all([
      ...[draw(), draw([{ words: [] }]), draw([{ words: [1, 4] }]), draw([{ words: [2, 5] }])],
    ]);
    expect(none).toEqual(silent);
    expect(one).not.toEqual(silent);
    expect(two).not.toEqual(one);
  });

  test("learns what words mean, and what pictures are like of which nothing is said", async () => {
    // Pictures that are told apart by their words alone.
    const told = examples.map((example, i) => ({ ...example, words: [i + 1] }));
    const training = {
      count: told.length,
      draw: (i: number, chance: ReturnType<typeof createRandom>) => {
        const example = told[i % told.length]!; // one of them
        return chance.uniform() < 0.2 ? { ...example, words: [] } : example;
      },
    };
    const batch = model.batches(training, createRandom(3));
    const trainer = await compileTrainer(model.objective((await batch(1)).shape), {
      ...{ optimizer: model.optimizer, threads },
    });
    const zero = new Float32Array(model.layout.size);
    const slots = Object.fromEntries(model.optimizer.slots.map((slot) => [slot, zero]));
    trainer.restore({ ...slots, parameters: initialize(model.layout, createRandom(1)) }, 0);
    for (let step = 1; step <= 120; step++) {
      await trainer.train((await batch(step)).feeds, 1e-2);
    }
    const learned = trainer.state().parameters!.slice();
    await trainer.close();
    const scorer = await model.scorer(learned, { threads });
    const meanOf = async (words: (i: number) => number[]) => {
      const bits = await scorer.bits(told.map((example, i) => ({ ...example, words: words(i) })));
      return bits.reduce((sum, b) => sum + b, 0) / bits.length;
    };
    const right = await meanOf((i) => [i + 1]);
    const none = await meanOf(() => []);
    const wrong = await meanOf((i) => [((i + 1) % told.length) + 1]);
    await scorer[Symbol.asyncDispose]();
    expect(right).toBeLessThan(none - 1);
    expect(none).toBeLessThan(wrong - 1);
  });
});

describe.each(wordModels)("the model %s, told vectors of a user's encoder,", (name) => {
  const model = buildModel(tinyModels[name], {
    ...setting,
    words: { kind: "vectors", length: 4, width: 64 },
  });
  const random = createRandom(5);
  const parameters = initialize(model.layout, random).map((x) => x + 0.1 * random.normal());

  test("gives a picture other bits for other vectors, and draws another picture", async () => {
    await using scorer = await model.scorer(parameters, { threads });
    const vectors = [[], [0, 0, 0, 0], [2, 0, 0, 0], [1, -1, 1, -1]];
    const [image] = examples as [Example];
    const bits = await scorer.bits(vectors.map((words) => ({ ...image, words })));
    expect(bits[0]! / bits[1]!).toBeCloseTo(1, 5);
    expect(new Set(bits.slice(1).map((b) => b.toFixed(3))).size).toBe(3);
    const requests = vectors.map(
      (words): DrawRequest => ({
        ...{ label: 0, startingPlane: setting.highestPlane, words: [{ words }] },
        random: createRandom("a picture"),
      }),
    );
    const [silent, zero, one, two] = await model
      .sampler(parameters, { threads })
      .draw(requests, {});
    expect(zero).toEqual(silent);
    expect(one).not.toEqual(silent);
    expect(two).not.toEqual(one);
  });
});

test("guidance leads away from what is drawn of a picture of which nothing is said", async () => {
  const model = buildModel(tinyModels.state, setting);
  const random = createRandom(5);
  const parameters = initialize(model.layout, random).map((x) => x + 0.3 * random.normal());
  const draw = async (words: readonly number[], guidance: number) => {
    const request = { label: 0, startingPlane: setting.highestPlane, words: [{ words }] };
    const sampler = model.sampler(parameters, { threads });
    const [drawing] = await sampler.draw([{ ...request, random: createRandom(1) }], { guidance });
    return drawing!.tokens;
  };
  const untold = { label: noClass, startingPlane: setting.highestPlane };
  const [free] = await model
    .sampler(parameters, { threads })
    .draw([{ ...untold, random: createRandom(1) }], {});
  expect(await draw([1, 4], 0)).toEqual(free!.tokens); // 0: as if nothing were said
  expect(await draw([1, 4], 3)).not.toEqual(await draw([1, 4], 1));
});

test("the model values refuses words", () => {
  const options = { wavelet: "haar", lossless: true, order: "coefficients" } as const;
  const exact = imageLanguage(options, { width: 8, height: 8 });
  expect(() => buildModel(tinyModels.values, { ...setting, language: exact })).toThrow(
    "is not told captions",
  );
});

describe("words for parts of a picture", () => {
  const all = { x: 0, y: 0, width: 8, height: 8 };
  const left = { ...all, width: 4 };
  const model = buildModel(tinyModels.state, setting);
  const random = createRandom(5);
  const parameters = initialize(model.layout, random).map((x) => x + 0.3 * random.normal());
  const draw = async (words: readonly WordsOfRegion[]) => {
    const request = { label: 0, startingPlane: setting.highestPlane, words };
    const [drawing] = await model
      .sampler(parameters, { threads })
      .draw([{ ...request, random: createRandom("a picture") }], {});
    return drawing!.tokens;
  };

  test("that cover all of it are words for the whole", async () => {
    const whole = await draw([{ words: [1, 4] }]);
    expect(await draw([{ words: [1, 4], region: all }])).toEqual(whole);
    const halves = [
      { words: [1, 4], region: left },
      { words: [1, 4], region: { ...left, x: 4 } },
    ];
    expect(await draw(halves)).toEqual(whole);
    expect(await draw([{ words: [1, 4], region: left }])).not.toEqual(whole);
  });

  test("are refused by the model paper, which has no places", async () => {
    const paper = buildModel(tinyModels.paper, setting);
    const request: DrawRequest = {
      ...{ label: 0, startingPlane: setting.highestPlane, random: createRandom(1) },
      words: [{ words: [1], region: left }],
    };
    await expect(
      paper.sampler(initialize(paper.layout, createRandom(1)), { threads }).draw([request], {}),
    ).rejects.toThrow("the image model paper is told words for whole pictures alone");
  });
});
