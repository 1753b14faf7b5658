import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { imageLanguage } from "../language/language.ts";
import { replay } from "../language/replay.ts";
import type { Example } from "../model.ts";
import { type PerScale, perScale, scaleNames, scaleOf } from "../scales.ts";
import { someExamples } from "../testing.ts";
import { fitImportance } from "./importance.ts";

const language = imageLanguage(
  { wavelet: "haar", finest: 0.125, color: "ycbcr" },
  { width: 16, height: 12 },
);
const examples = someExamples(language, 10);
const scale = scaleOf(language.tokens);

/** Decisions of each scale in an image, on average. */
const decisions = { shape: 0, detail: 0 };
for (const { coefficients } of examples)
  for (const { site } of replay(coefficients, language.tokens))
    decisions[scale(site)] += 1 / examples.length;

/** Fitted to keep a share of the decisions of each scale. */
const fitted = (images: readonly Example[], shares: PerScale<number>) =>
  fitImportance(images, {
    language: language.tokens,
    scaleOf: scale,
    kept: () => perScale((s) => shares[s] * decisions[s]),
  });

describe.each([
  { shape: 0.05, detail: 0.05 },
  { shape: 0.9, detail: 0.3 },
  { shape: 0.2, detail: 1 },
])("to keep shares of %o", (shares) => {
  const importance = fitted(examples, shares);

  test("chances are above 0 and at most 1, and keep those shares of all decisions", () => {
    const sum = { shape: 0, detail: 0 };
    for (const { coefficients } of examples)
      for (const { site, approximation } of replay(coefficients, language.tokens)) {
        const chance = importance.chance(site, approximation);
        if (!(chance > 0 && chance <= 1)) throw new Error(`a chance of ${chance}`);
        sum[scale(site)] += chance / examples.length;
      }
    for (const s of scaleNames) expect(sum[s] / decisions[s]).toBeCloseTo(shares[s], 2);
    expect(importance.decisionsPerImage).toBeCloseTo(decisions.shape + decisions.detail, 9);
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
  const importance = fitted(examples, { shape: 0.2, detail: 0.2 });
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
  const one = fitted(examples.slice(0, 1), { shape: 0.1, detail: 0.1 });
  const none = fitted([], { shape: 0.1, detail: 0.1 });
  for (const importance of [one, none])
    for (const { site, approximation } of replay(
      examples[5]!.coefficients.map((x) => 4 * x), // 10 examples
      language.tokens,
    )) {
      const chance = importance.chance(site, approximation);
      if (!(chance > 0 && chance <= 1)) throw new Error(`a chance of ${chance}`);
    }
});
