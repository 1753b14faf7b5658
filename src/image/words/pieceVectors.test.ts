import { describe, expect, test } from "vitest";
import { imageLanguage } from "../language/language.ts";
import type { Example } from "../model.ts";
import { someExamples } from "../testing.ts";
import { coarseWidth } from "./coarseCorner.ts";
import { fitPieceVectors } from "./pieceVectors.ts";

const size = { width: 16, height: 16 };
const gray = imageLanguage({ wavelet: "haar", finest: 0.25 }, size);
const color = imageLanguage({ wavelet: "haar", finest: 0.25, color: "ycbcr" }, size);

describe("the vectors of words at the start", () => {
  test("have a number for each coarse coefficient", () => {
    expect(coarseWidth(gray)).toBe(64);
    expect(coarseWidth(color)).toBe(96);
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
