import fc from "fast-check";
import { expect, test } from "vitest";
import { replayTokens } from "./decode.ts";
import { encodeTokens } from "./encode.ts";
import { anyLanguage, randomFrom } from "./testing.ts";
import { tokenLanguage } from "./tokenLanguage.ts";
import { blockTokens, tokenLimit } from "./tokens.ts";
import { coefficientCount } from "./walk/geometry.ts";
import { walk } from "./walk/walk.ts";
import { weighing } from "./weighing.ts";

test("whoever knows all coefficients finds the encoder's tokens the most probable", () => {
  fc.assert(
    fc.property(anyLanguage(), fc.integer(), (language, seed) => {
      const random = randomFrom(seed);
      const count = coefficientCount(language.geometry);
      const coefficients = Float64Array.from({ length: count }, () => (random() - 0.5) ** 3 * 60);
      const chance = (i: number, low: number, high: number) =>
        coefficients[i]! >= low && coefficients[i]! < high ? 1 : 1e-6;
      const weigh = weighing(chance, language);
      let missed = 0;
      replayTokens(encodeTokens(coefficients, language), language, (site, token, known) => {
        const weights = weigh(site, known);
        const others = Array.from({ length: tokenLimit }, (_, t) => t).filter(
          (t) => t !== token && (site.legal >> t) & 1,
        );
        if (others.some((t) => weights[t]! >= weights[token]!)) missed++;
      });
      expect(missed).toBe(0);
    }),
  );
});

test("a group is silent with the product of its members' chances, and broken with the rest", () => {
  const geometry = { channels: 1, height: 2, width: 2, levels: 0 };
  const language = tokenLanguage({ geometry, finestPlane: 0 });
  const silent = [0.5, 0.8, 1, 0.9];
  // Below the threshold with that chance, else positive.
  const chance = (i: number, low: number, high: number) =>
    (low < 0 && high > 0 ? silent[i]! : 0) + (high > 1 ? 1 - silent[i]! : 0);
  const known = new Float64Array(4);
  const site = walk(language, 0, known).next().value!;
  const weights = weighing(chance, language)(site, known);
  const { Group4x4, NowSignificantNeg, NowSignificantPos, Insignificant } = blockTokens;
  expect(weights[Group4x4]).toBeCloseTo(0.5 * 0.8 * 0.9, 5);
  expect(weights[NowSignificantPos]).toBeCloseTo(0.5, 5);
  expect(weights[NowSignificantNeg]).toBeCloseTo(0, 5);
  expect(weights[Insignificant]).toBeCloseTo(0.5 * (1 - 0.8 * 0.9), 5);
});
