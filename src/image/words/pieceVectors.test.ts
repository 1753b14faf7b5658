import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { initialize } from "../../train/trainer.ts";
import { imageLanguage } from "../language/language.ts";
import type { Example } from "../model.ts";
import { buildModel } from "../models.ts";
import { someExamples, tinyModels } from "../testing.ts";
import { coarseWidth } from "./coarseCorner.ts";
import { fitPieceVectors, fitVectorMatrix, takenBack } from "./pieceVectors.ts";
import { startWithWords } from "./startWithWords.ts";

const size = { width: 16, height: 16 };
const gray = imageLanguage({ wavelet: "haar", finest: 0.25 }, size);
const color = imageLanguage({ wavelet: "haar", finest: 0.25, color: "ycbcr" }, size);

describe("the vectors of words at the start", () => {
  test("have a number for each coarse coefficient", () => {
    expect(coarseWidth(gray)).toBe(64);
    expect(coarseWidth(color)).toBe(3 * 64);
    const tiny = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 4, height: 12 });
    expect(coarseWidth(tiny)).toBe(4 * 8);
  });

  test("add up to what pictures with these words have in common, of words that never stood together too", () => {
    // A bright and a dark picture, both moved left or right: words 1 and 2, 3 and 4.
    const made = (bright: number, side: number): Example => {
      const coefficients = new Float64Array(16 * 16);
      coefficients[0] = bright;
      coefficients[2] = side;
      return { coefficients, label: 0, words: [bright > 0 ? 1 : 2, side > 0 ? 3 : 4] };
    };
    const seen = [made(1, 1), made(1, -1), made(-1, 1)].flatMap((one) => new Array(20).fill(one));
    const training = { count: seen.length, draw: (i: number) => seen[i]! };
    const vectors = fitPieceVectors(training, gray, 4);
    expect(vectors).toHaveLength(5 * 64);
    const guess = ({ words = [] }: Example, at: number) =>
      words.reduce((sum, word) => sum + vectors[64 * word + at]!, 0);
    const unseen = made(-1, -1);
    for (const at of [0, 2]) {
      expect(guess(unseen, at)).toBeLessThan(guess(made(1, 1), at) - 1);
      expect(guess(unseen, at)).toBeLessThan(-0.5);
    }
    expect([...vectors.subarray(0, 64)].every((x) => x === 0)).toBe(true);
  });

  test("do not tell what the class tells, and are zeros of pictures that are all alike", () => {
    const [one] = someExamples(gray, 1);
    const alike = Array.from({ length: 8 }, (_, i) => ({ ...one!, words: [1 + (i % 2)] }));
    const vectors = fitPieceVectors({ count: 8, draw: (i) => alike[i]! }, gray, 2);
    expect(Math.max(...vectors.map(Math.abs))).toBeLessThan(1e-6);
    // Class 1 is brighter, and all of it is called the same.
    const classes = alike.map(({ coefficients }, i) => ({
      ...{
        coefficients: coefficients.map((x) => x * (1 + (i % 2))),
        label: i % 2,
        words: [1 + (i % 2)],
      },
    }));
    const ofClasses = fitPieceVectors({ count: 8, draw: (i) => classes[i]! }, gray, 2);
    expect(Math.max(...ofClasses.map(Math.abs))).toBeLessThan(1e-6);
  });
});

describe("what is added to a guess in training", () => {
  test("takes back what the guess knows of the image itself", () => {
    // Word 1 is said of one image alone, word 2 of all others, which are darker.
    const seen = Array.from({ length: 24 }, (_, i): Example => {
      const coefficients = new Float64Array(16 * 16);
      coefficients[0] = (i === 5 ? 4 : -1) + 0.1 * (i % 3);
      return { coefficients, label: 0, words: [i === 5 ? 1 : 2] };
    });
    const training = { count: 24, draw: (i: number) => seen[i]! };
    const fitted = fitPieceVectors(training, gray, 2);
    const added = takenBack(training, 24, gray, 2);
    expect(added.size).toBe(24);
    expect(fitted[64]!).toBeGreaterThan(0.5);
    expect(fitted[64]! + added.get(5)![0]!).toBeCloseTo(0, 6);
    // What many images have in common stays.
    expect(fitted[128]!).toBeLessThan(-0.1);
    expect(fitted[128]! + added.get(6)![0]!).toBeCloseTo(fitted[128]!, 1);
  });
});

describe("the matrix for vectors of a user's encoder", () => {
  test("brings them to a guess of the picture", () => {
    // The first number of a vector tells how bright the picture is, the others tell nothing.
    const random = createRandom(1);
    const seen = Array.from({ length: 200 }, (): Example => {
      const words = [random.normal(), random.normal(), random.normal()];
      const coefficients = new Float64Array(16 * 16);
      coefficients[0] = 4 * words[0]! + random.normal();
      return { coefficients, label: 0, words };
    });
    const matrix = fitVectorMatrix({ count: 200, draw: (i) => seen[i]! }, gray, 3);
    expect(matrix).toHaveLength(3 * 64);
    expect([0, 64, 128].map((at) => matrix[at]!)).toEqual([
      expect.closeTo(1, 0),
      expect.closeTo(0, 0),
      expect.closeTo(0, 0),
    ]);
    expect(matrix[0]).toBeGreaterThan(0.8);
  });
});

test.each([
  ["pieces", { kind: "pieces", pieces: 4, length: 2, width: 64 }, "words.pieces"],
  ["vectors", { kind: "vectors", length: 3, width: 64 }, "words.guess.weight"],
] as const)(
  "a model that is told %s starts with them, and is random otherwise",
  (_, words, name) => {
    const examples = someExamples(gray, 12).map((example, i) => ({
      ...example,
      words: words.kind === "pieces" ? [1 + (i % 4)] : [i % 2, 1, -1],
    }));
    const { layout } = buildModel(tinyModels.state, {
      ...{ language: gray, classes: 2, highestPlane: 4, words },
    });
    const training = { count: 12, draw: (i: number) => examples[i]! };
    const started = startWithWords(layout, createRandom(1), training, {
      language: gray,
      classes: 2,
      words,
    });
    const random = initialize(layout, createRandom(1).fork("start"));
    const changed = layout.parameters.filter(({ offset, shape }) => {
      const end = offset + shape.reduce((product, length) => product * length, 1);
      return started.subarray(offset, end).some((x, i) => x !== random[offset + i]);
    });
    const names = changed.map((parameter) => parameter.name);
    expect(names.sort()).toEqual([name, "words.deviations", "words.means"].sort());
  },
);
