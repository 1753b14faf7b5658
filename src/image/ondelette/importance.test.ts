import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random.ts";
import { imageLanguage } from "../language.ts";
import { someExamples } from "../testing.ts";
import { fitImportance } from "./importance.ts";
import { replay } from "./replay.ts";

const language = imageLanguage(
  { wavelet: "haar", finest: 0.125, colour: "ycbcr" },
  { width: 16, height: 12 },
);
const examples = someExamples(language, 10);

describe.each([0.05, 0.3, 0.9, 1])("to keep a share of %d", (share) => {
  const importance = fitImportance(examples, language.tokens, () => share);

  test("chances are above 0 and at most 1, and keep that share of all decisions", () => {
    let [sum, count] = [0, 0];
    for (const { coefficients } of examples)
      for (const { site, approximation } of replay(coefficients, language.tokens)) {
        const chance = importance.chance(site, approximation);
        if (!(chance > 0 && chance <= 1)) throw new Error(`a chance of ${chance}`);
        sum += chance;
        count++;
      }
    expect(sum / count).toBeCloseTo(share, 3);
    expect(importance.decisionsPerImage).toBeCloseTo(count / examples.length, 9);
  });

  test("what is kept, counted by 1 / chance, stands for all that there is", () => {
    const random = createRandom(1);
    let [kept, count] = [0, 0];
    for (let round = 0; round < 5; round++)
      for (const { coefficients } of examples)
        for (const { site, approximation } of replay(coefficients, language.tokens)) {
          const chance = importance.chance(site, approximation);
          if (random.uniform() < chance) kept += 1 / chance;
          count++;
        }
    expect(kept / count).toBeGreaterThan(0.95);
    expect(kept / count).toBeLessThan(1.05);
  });
});

test("decisions that differ among images are kept more often than those that are all alike", () => {
  const importance = fitImportance(examples, language.tokens, () => 0.2);
  const mean = { refine: [0, 0], silent: [0, 0] };
  for (const { coefficients } of examples)
    for (const { site, approximation } of replay(coefficients, language.tokens)) {
      // A bit of a known coefficient is a toss; a block in the finest chroma almost always says nothing.
      const silent = site.kind === 0 && site.channel > 0 && site.level === language.levels;
      const entry = site.kind === 3 ? mean.refine : silent ? mean.silent : undefined;
      if (!entry) continue;
      entry[0]! += importance.chance(site, approximation);
      entry[1]! += 1;
    }
  const [refine, silent] = [mean.refine, mean.silent].map(([sum, n]) => sum! / n!);
  expect(refine).toBeGreaterThan(silent!);
});

test("images of contexts that were never seen, or no images at all, still have a chance", () => {
  const fitted = fitImportance(examples.slice(0, 1), language.tokens, () => 0.1);
  const none = fitImportance([], language.tokens, () => 0.1);
  for (const importance of [fitted, none])
    for (const { site, approximation } of replay(
      examples[5]!.coefficients.map((x) => 4 * x), // 10 examples
      language.tokens,
    )) {
      const chance = importance.chance(site, approximation);
      if (!(chance > 0 && chance <= 1)) throw new Error(`a chance of ${chance}`);
    }
});
