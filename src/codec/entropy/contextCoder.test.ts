import { expect, test } from "vitest";
import { encodeTokens } from "../encode.ts";
import { tokenLanguage } from "../tokenLanguage.ts";
import { fitContextCoder } from "./contextCoder.ts";

const geometry = { channels: 1, height: 1, width: 1, levels: 0 };
const language = tokenLanguage({ geometry, finestPlane: 0 });
const stream = (value: number) => encodeTokens(Float64Array.of(value), language);

test("probabilities are add-½ frequencies over the legal tokens of the context", () => {
  // At its only site a lone coefficient is Group4x4, Neg or Pos; 1.5 is Pos.
  const coder = fitContextCoder([stream(1.5), stream(1.5)], language);
  expect(coder.bits(stream(1.5), language)).toBeCloseTo(-Math.log2(2.5 / 3.5), 12);
  expect(coder.bits(stream(-1.5), language)).toBeCloseTo(-Math.log2(0.5 / 3.5), 12);
});

test("a context that never occurred is uniform over its legal tokens", () => {
  const coder = fitContextCoder([stream(1.5)], language);
  // 2.5 begins one plane higher and is refined once.
  expect(coder.bits(stream(2.5), language)).toBeCloseTo(Math.log2(3) + 1, 12);
});

test("an empty stream costs nothing", () => {
  expect(fitContextCoder([], language).bits(stream(0.5), language)).toBe(0);
});
