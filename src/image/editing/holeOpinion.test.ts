import { expect, test } from "vitest";
import { encodeTokens, replayTokens } from "../../codec/index.ts";
import { tokenLimit } from "../../codec/tokens.ts";
import type { Raster } from "../../data/images/raster.ts";
import { analyze, type ImageLanguageOptions, imageLanguage } from "../language/language.ts";
import { aroundHole } from "./hole.ts";
import { holeOpinion } from "./holeOpinion.ts";

/** A smooth picture: what is in a hole follows from what is around it. */
function waves(side: number, channels: 1 | 3): Raster {
  const data = Uint8Array.from({ length: side * side * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    return 128 + 60 * Math.sin(x / 4 + (i % channels)) + 50 * Math.cos(y / 5);
  });
  return { width: side, height: side, channels, data };
}

test.each<ImageLanguageOptions & { x: number }>([
  { wavelet: "haar", finest: 0.125, x: 9 },
  { wavelet: "bior4.4", finest: 0.125, x: 9, vocabulary: "trees", reading: "B" },
  { wavelet: "haar", finest: 0.125, x: 21, color: "ycbcr", padding: "edge" },
])("tells most tokens of a smooth picture: %o", ({ x, ...options }) => {
  const raster = waves(28, options.color === "ycbcr" ? 3 : 1);
  const language = imageLanguage(options, raster);
  const hole = { x, y: 9, width: 7, height: 6 };
  const bounds = aroundHole(raster, hole, language);
  const { weigh, learn } = holeOpinion(raster, hole, bounds, language)!();
  let [told, asked] = [0, 0];
  replayTokens(
    encodeTokens(analyze(raster, language), language.tokens),
    language.tokens,
    (site, token, known) => {
      if (bounds.low[site.offset] === bounds.high[site.offset]) return;
      const weights = weigh(site, known);
      const legal = Array.from({ length: tokenLimit }, (_, t) => t).filter(
        (t) => (site.legal >> t) & 1,
      );
      const best = legal.reduce((a, b) => (weights[b]! > weights[a]! ? b : a));
      asked++;
      told += Number(best === token);
    },
  );
  expect(asked).toBeGreaterThan(100);
  expect(told / asked).toBeGreaterThan(0.85);
  // It learns from what it is told.
  const offset = bounds.low.findIndex((low, i) => low !== bounds.high[i]);
  expect(() => learn(offset, -1, 1)).not.toThrow();
});

test("of a large hole there is none, since its work would be too much", () => {
  const raster = waves(40, 1);
  const language = imageLanguage({ wavelet: "haar", finest: 0.125 }, raster);
  const hole = { x: 4, y: 4, width: 30, height: 30 };
  expect(holeOpinion(raster, hole, aroundHole(raster, hole, language), language)).toBeUndefined();
});
