import { expect, test } from "vitest";
import { agreeing, encodeTokens, fixedWhere, lowestStartingPlane } from "../../codec/index.ts";
import { drawAmong } from "../../codec/testing.ts";
import {
  analyze,
  type ImageLanguageOptions,
  imageLanguage,
  synthesize,
} from "../language/language.ts";
import { discPicture } from "../testing.ts";
import { fillHole } from "./fillHole.ts";
import { aroundHole } from "./hole.ts";

const hole = { x: 7, y: 9, width: 9, height: 8 };

/** Root mean square difference of the pixels around the hole, 1 from black to white. */
function apartAround(a: Float64Array, b: Float64Array, width: number, channels: number): number {
  let [sum, count] = [0, 0];
  for (const [i, x] of a.entries()) {
    const pixel = Math.floor(i / channels);
    const [dx, dy] = [(pixel % width) - hole.x, Math.floor(pixel / width) - hole.y];
    if (dx >= 0 && dy >= 0 && dx < hole.width && dy < hole.height) continue;
    sum += (x - b[i]!) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

test.each<ImageLanguageOptions & { size: number }>([
  { wavelet: "haar", finest: 0.125, size: 28 },
  { wavelet: "haar", finest: 0.125, size: 24, vocabulary: "trees", reading: "B" },
  { wavelet: "haar", finest: 0.0625, size: 20, color: "ycbcr", padding: "edge" },
])("pixels around the hole stay nearly as an encoder leaves them: %o", ({ size, ...options }) => {
  const channels = options.color === "ycbcr" ? 3 : 1;
  const sums = { encoded: 0, filled: 0, bounded: 0, free: 0 };
  for (let seed = 0; seed < 6; seed++) {
    const raster = discPicture(size, size, channels, seed);
    const language = imageLanguage(options, raster);
    const coefficients = analyze(raster, language);
    const bounds = aroundHole(raster, hole, language);
    const given = Float64Array.from(raster.data, (x) => x / 255);
    const apart = (approximation: Float64Array) =>
      apartAround(synthesize(approximation, language).samples, given, size, channels);
    const plane = encodeTokens(coefficients, language.tokens).startingPlane;
    const lowest = lowestStartingPlane(bounds, language.tokens.finestPlane);
    const drawn = (allowed: ReturnType<typeof agreeing>) =>
      drawAmong(allowed, Math.max(plane, lowest), language.tokens, seed).approximation;
    sums.encoded += apart(encodeTokens(coefficients, language.tokens).approximation);
    sums.filled += apart(drawn(fillHole(raster, hole, bounds, language)().allowed!));
    sums.bounded += apart(drawn(agreeing(bounds, language.tokens)));
    const kept = bounds.low.map((low, i) => Number(low === bounds.high[i]));
    sums.free += apart(drawn(agreeing(fixedWhere(kept, coefficients), language.tokens)));
  }
  expect(sums.filled).toBeLessThan(2 * sums.encoded);
  // Each alone does not do that: bounds without what follows from tokens, and kept coefficients without bounds.
  expect(sums.bounded).toBeGreaterThan(1.5 * sums.filled);
  expect(sums.free).toBeGreaterThan(1.5 * sums.bounded);
});
