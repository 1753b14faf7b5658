import { describe, expect, test } from "vitest";
import { cropAt } from "../../data/images/raster.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { analyze, imageLanguage } from "../language/language.ts";
import { noClass } from "../model.ts";
import { discPicture, loadedDiscs } from "../testing.ts";
import { captionReader, fitCaptionWords } from "../words/captionWords.ts";
import { commonSize, inClasses, scoredImages, trainingImages } from "./trainingSet.ts";

const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 8, height: 8 });

test("images must have a size in common", () => {
  const { rasters } = loadedDiscs(3);
  expect(commonSize(rasters, "photos")).toEqual({ width: 8, height: 8 });
  const mixed = [...rasters, discPicture(9, 8, 1, 0)];
  expect(() => commonSize(mixed, "photos")).toThrow(
    new UserError("the images of photos differ in size (8×8, 9×8)", "sizes-differ"),
  );
  expect(() => commonSize([], "photos")).toThrow("photos holds no images");
});

describe("images to train on", () => {
  test("are taken whole where they have the run's size", () => {
    const images = loadedDiscs(4);
    const training = trainingImages(images, language);
    expect(training.count).toBe(4);
    for (const [i, raster] of images.rasters.entries()) {
      const drawn = training.draw(i, createRandom(i));
      expect(drawn).toEqual({ coefficients: analyze(raster, language), label: i % 2 });
    }
  });

  test("are random squares of larger ones, drawn as often as squares fit side by side", () => {
    const images = loadedDiscs(2, { width: 20, height: 9 });
    const training = trainingImages(images, language);
    expect(training.count).toBe(4);
    const squares = [0, 1].flatMap((y) =>
      Array.from({ length: 13 }, (_, x) => analyze(cropAt(images.rasters[1]!, x, y, 8), language)),
    );
    const found = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const { coefficients, label } = training.draw(3, createRandom(seed));
      expect(label).toBe(1);
      found.add(squares.findIndex((square) => square.every((x, i) => x === coefficients[i])));
    }
    expect(found).not.toContain(-1);
    expect(found.size).toBeGreaterThan(10);
  });

  test("are of no class in a share of the draws, by the same chance that decides the rest", () => {
    const images = loadedDiscs(4);
    const dropped = trainingImages(images, language, { classDropout: 0.25 });
    const labels = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 400 }, (_, i) => dropped.draw(i % 4, random).label);
    };
    expect(labels(1)).toEqual(labels(1));
    expect(labels(1)).not.toEqual(labels(2));
    const none = labels(1).filter((label) => label === noClass).length / 400;
    expect(none).toBeGreaterThan(0.18);
    expect(none).toBeLessThan(0.32);
    expect(labels(1).every((label, i) => label === noClass || label === i % 2)).toBe(true);
    // A run without it draws what it drew before there was such a thing.
    const [own, old] = [createRandom(1), createRandom(1)];
    trainingImages(images, language).draw(0, own);
    expect(own.state()).toEqual(old.state());
  });

  test("are told with their captions; a share of them without, and another share without anything", () => {
    const images = { ...loadedDiscs(1), captions: ["red apple"] };
    const words = fitCaptionWords(images.captions)!; // of letters
    const training = trainingImages(images, language, {
      ...{ words, classDropout: 0.2, textDropout: 0.1 },
    });
    const drawn = Array.from({ length: 2000 }, (_, seed) => training.draw(0, createRandom(seed)));
    const silent = drawn.filter((example) => example.words?.length === 0);
    const untold = drawn.filter(({ label }) => label === noClass);
    expect(silent.length / drawn.length).toBeCloseTo(0.3, 1);
    expect(untold.length / drawn.length).toBeCloseTo(0.2, 1);
    expect(silent).toEqual(expect.arrayContaining(untold));
    expect(trainingImages(images, language).draw(0, createRandom(1)).words).toBeUndefined();

    // What is added to the guess stands behind the room for pieces, wherever the caption is told as it is written.
    const added = trainingImages(images, language, {
      ...{ words, takenBack: new Map([[0, [7, 8]]]), textDropout: 0.1 },
    });
    const plain = captionReader(words).read("red apple");
    for (let seed = 0; seed < 50; seed++) {
      const told = added.draw(0, createRandom(seed)).words ?? [];
      if (told.slice(0, plain.length).join() === plain.join()) {
        expect(told).toHaveLength(words.length + 2);
        expect(told.slice(words.length)).toEqual([7, 8]);
      } else expect(told.length).toBeLessThanOrEqual(words.length);
    }
  });

  test("must be large enough, and of the very size where the run's is no square", () => {
    const small = loadedDiscs(1, { width: 7 });
    expect(() => trainingImages(small, language)).toThrow(UserError);
    expect(() => scoredImages(small, language)).toThrow(
      "an image of 7×8 pixels is not of the run's size, 8×8",
    );
    const wide = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 8, height: 4 });
    expect(() => trainingImages(loadedDiscs(1), wide)).toThrow(
      "8×8 pixels is not of the run's size",
    );
    expect(trainingImages(loadedDiscs(2, { height: 4 }), wide).count).toBe(2);
  });
});

test("images to be scored are cut into squares side by side", () => {
  const images = loadedDiscs(2, { width: 17, height: 16 });
  const scored = scoredImages(images, language);
  expect(scored.map(({ label }) => label)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  expect(scored[3]!.raster).toEqual(cropAt(images.rasters[0]!, 8, 8, 8));
});

describe("classes", () => {
  const images = loadedDiscs(4);
  test("are told by name, whatever their order and number", () => {
    const found = inClasses(images, ["a", "odd", "even"]);
    expect([...found.labels]).toEqual([2, 1, 2, 1]);
    expect(found.classNames).toEqual(["a", "odd", "even"]);
  });

  test("all count as the one class of a run without classes", () => {
    expect([...inClasses(images, ["photos"]).labels]).toEqual([0, 0, 0, 0]);
  });

  test("that a run does not know are refused", () => {
    expect(() => inClasses(images, ["even", "prime"])).toThrow(
      'there are images of a class "odd" that the run does not know (even, prime)',
    );
  });
});
