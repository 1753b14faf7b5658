import { describe, expect, test } from "vitest";
import { codec, field, image, sequence, train } from "../../src/browser.ts";
import { loadedDiscs, testPicture, tinyLanguage, tinyModels } from "../../src/image/testing.ts";

// What a page does with the library. Node runs it too: these entry points need nothing of a browser.

const threads = 1;

describe.each(["state", "values"] as const)("an image model %s", (name) => {
  const images = loadedDiscs(12);
  const request = {
    ...{ model: tinyModels[name], language: tinyLanguage(name), fit: "resize" as const },
    ...{ seed: 5, path: "discs", plan: { steps: 8 } },
  };
  /** Trains in a store to the end of the plan, with a stop after each of some steps. */
  async function trained(stops: readonly number[]) {
    const store = train.memoryStore("discs");
    const config = await image.createRun(store, images, request);
    for (const last of [...stops, request.plan.steps]) {
      const model = image.imageTrainable(config, images, { validation: loadedDiscs(4) });
      const stop = new AbortController();
      await train.trainRun(store, config, model, {
        ...{ threads, signal: stop.signal },
        report: ({ step }) => void (step === last && stop.abort()),
      });
    }
    return store;
  }

  test("trains, and a stop on the way changes no bit; its files are a run that draws, goes on from pictures and scores", async () => {
    const store = await trained([]);
    const again = await trained([3]);
    const latest = train.runNames.latest;
    const [one, two] = await Promise.all([image.openImageRun(store), image.openImageRun(again)]);
    expect(one.step).toBe(8);
    expect(two.parameters).toEqual(one.parameters);
    // The optimizer's state too; files differ in their seconds, and so perhaps in their length.
    const arenas = ({ files }: typeof store, { model: { layout, optimizer } }: typeof one) =>
      train.decodeCheckpoint(files.get(latest)!, latest, layout, ["parameters", ...optimizer.slots])
        .arenas;
    expect(arenas(again, two)).toEqual(arenas(store, one));

    const fetched = train.memoryStore("fetched", Object.fromEntries(store.files));
    const run = await image.openImageRun(fetched);
    const { sampling } = await image.recommendedSampling(fetched, run.config);
    const drawn = await image.drawImages(run, { labels: [0, 1], seed: 1, threads, ...sampling });
    expect(drawn.map(({ raster }) => raster.data.length)).toEqual([64, 64]);
    const keep = run.language.lossless
      ? { coarse: 1 }
      : { outside: { x: 2, y: 2, width: 4, height: 4 } };
    const source = { raster: images.rasters[0]!, label: 0 };
    const [changed] = await image.drawFrom(run, [source], { keep, seed: 1, threads });
    expect(changed?.images).toHaveLength(1);
    const { bitsPerImage, staticCoder } = await image.evaluate(run, loadedDiscs(3), {
      staticCoder: await image.readStaticCoder(fetched),
      threads,
    });
    expect(bitsPerImage).toBeGreaterThan(0);
    expect(staticCoder?.bitsPerImage).toBeGreaterThan(0);
  });
});

test("a picture becomes a file and a picture again, and each of its beginnings one too", () => {
  const picture = testPicture(40, 30, 3);
  const language = image.imageLanguage(
    { wavelet: "bior4.4", finest: 0.125, color: "ycbcr" },
    picture,
  );
  const encoding = codec.encodeTokens(image.analyze(picture, language), language.tokens);
  const bytes = image.writeContainer(encoding, language);
  const whole = image.readContainer(bytes, "the picture");
  expect(whole.approximation).toEqual(encoding.approximation);
  for (const length of [40, 100, bytes.length - 1]) {
    const { approximation } = image.readContainer(bytes.subarray(0, length), "a beginning");
    expect(image.synthesize(approximation, language).raster.data).toHaveLength(3600);
  }
});

test.each(sequence.mixingNames)(
  "a sequence model with the mixing %s learns and writes text",
  async (mixing) => {
    const text = "the cat sat on the mat and the rat sat on the hat. ".repeat(12);
    const { config, corpus, kind } = await sequence.createSequenceInMemory(
      { train: [sequence.memoryDocument("cats", text)], valid: [] },
      {
        ...{ path: "cats", kind: "chars", seed: 1, plan: { steps: 3 } },
        options: {
          ...{ mixing, layers: 2, heads: 2, width: 8, context: 8, batch: 4, peak: 0.03 },
        },
      },
    );
    const store = train.memoryStore("cats");
    const { options } = config;
    const model = sequence.sequenceTrainable(sequence.buildSequence(config), corpus, options);
    await train.trainRun(store, config, model, { threads });
    const run = await sequence.openSequence(store);
    const tokens = await sequence.drawSequence(run, {
      ...{ length: 20, seed: 1, threads },
      prompt: run.kind.prompt!("the "), // texts have one
    });
    expect(new TextDecoder().decode(kind.decode(tokens))).toMatch(/^the .{16}$/s);
    const { nats } = await sequence.evaluateSequence(run, corpus.valid, { limit: 4, threads });
    expect(nats).toBeGreaterThan(0);
  },
);

test.each(field.familyNames)("a field %s fits a picture and zooms", async (model) => {
  const signal = field.pictureSignal(testPicture(16, 12, 1));
  const training = { plan: { steps: 3 }, batch: 64 };
  const config = field.createField(signal, {
    ...{ path: "the picture", model, parameters: 800, seed: 1 },
    ...(field.families[model].kind === "trained" && { training }),
  });
  const store = train.memoryStore("field");
  const { psnr } = await field.fitField(store, config, signal, { threads });
  expect(psnr).toBeGreaterThan(0);
  const saved = await field.openField(store);
  const twice = await field.renderField(saved, field.wholeView(signal.size, 2), { threads });
  expect(twice.size).toEqual([24, 32]);
  expect(twice.values.every(Number.isFinite)).toBe(true);
});
