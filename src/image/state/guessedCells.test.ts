import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { constant } from "../../graph/index.ts";
import { compile } from "../../runtime/index.ts";
import { type ImageLanguageOptions, imageLanguage } from "../language/language.ts";
import { coarseWidth } from "../words/coarseCorner.ts";
import { guessedCells } from "./guessedCells.ts";
import { gridCells, gridSide } from "./stateSummary.ts";

async function cellsOf(guess: ArrayLike<number>, options: ImageLanguageOptions, side = 32) {
  const language = imageLanguage(options, { width: side, height: side });
  const guesses = constant(guess, [1, coarseWidth(language)]);
  await using graph = await compile({ cells: guessedCells(guesses, language) }, { threads: 1 });
  const values = [...((await graph.run({})).cells as Float32Array)];
  const numbers = values.length / gridCells;
  return Array.from({ length: gridCells }, (_, cell) =>
    values.slice(cell * numbers, (cell + 1) * numbers),
  );
}

const gray = { wavelet: "haar", finest: 0.125 } as const;
const only = (index: number, width = 64) =>
  Float32Array.from({ length: width }, (_, i) => (i === index ? 1 : 0));

describe("what a guess says of each cell", () => {
  test("is the coefficients that lie there, and the mean of all of them", async () => {
    // Of seven bands of the corner a coefficient lies at each cell: the scaling band of 2×2, details of 2×2 and of 4×4.
    const bright = await cellsOf(only(0), gray);
    for (const [cell, numbers] of bright.entries()) {
      const there = cell % gridSide < gridSide / 2 && cell < gridCells / 2;
      expect(numbers.slice(0, 7)).toEqual([there ? 1 : 0, 0, 0, 0, 0, 0, 0]);
      expect(numbers.slice(7)).toEqual([there ? expect.closeTo(bright[0]![7]!, 6) : 0]);
    }
    expect(bright[0]![7]!).toBeGreaterThan(0.1);
    // A coefficient of the coarsest details tells the left of a quarter from its right.
    const sided = (await cellsOf(only(2), gray)).map((numbers) => numbers.at(-1)!);
    expect(sided.slice(0, 4)).toEqual(
      [1, 1, -1, -1].map((sign) => expect.closeTo(sign * sided[0]!)),
    );
    expect(Math.abs(sided[0]!)).toBeGreaterThan(0.1);
    expect(sided.slice(4, 8)).toEqual([0, 0, 0, 0]);
  });

  test.each<[string, ImageLanguageOptions, number]>([
    ["color", { ...gray, color: "ycbcr" }, 32],
    ["longer filters", { ...gray, wavelet: "bior4.4" }, 32],
    ["exact integers", { wavelet: "haar", lossless: true }, 32],
    ["a larger picture", gray, 64],
    ["an odd size", gray, 27],
    ["a small picture", gray, 8],
  ])("has means of about 1, in %s", async (_, options, side) => {
    const random = createRandom(1);
    const width = options.color ? 192 : 64;
    const guess = Float32Array.from({ length: width }, () => random.normal());
    const cells = await cellsOf(guess, options, side);
    const square = (values: readonly number[]) =>
      values.reduce((sum, x) => sum + x * x, 0) / values.length;
    const means = cells.flatMap((numbers) => numbers.slice(options.color ? -3 : -1));
    expect(Math.sqrt(square(means))).toBeGreaterThan(0.3);
    expect(Math.sqrt(square(means))).toBeLessThan(3);
  });
});
