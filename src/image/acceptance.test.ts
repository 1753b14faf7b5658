import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { encodeTokens } from "../codec/encode.ts";
import { fitContextCoder } from "../codec/entropy/contextCoder.ts";
import type { ImageSource } from "../data/images/imageSource.ts";
import { openImages } from "../data/images/openImages.ts";
import { spreadEvenly } from "../data/random/spreadEvenly.ts";
import { analyze, imageLanguage } from "./language/language.ts";
import { statsCounter } from "./stats.ts";

/*
 * Token counts of reference implementations. The suite counts a part of each set; the whole of MNIST is
 * `ondelette image stats --data ../shared/data/mnist`, which must print 84038688 tokens and 32.713 dB.
 */
const size = { width: 28, height: 28 };
const firstIndices = [0, 1, 2, 3, 4];

describe.each([
  {
    set: "mnist",
    wavelet: "haar",
    finest: 0.125,
    blocks: [1322, 1337, 1087, 1040, 1094],
    trees: [1156, 1208, 852, 808, 888],
    longest: { index: 34_421, tokens: 1742 },
  },
  {
    set: "fashion-mnist-part",
    wavelet: "bior4.4",
    finest: 0.0625,
    blocks: [1895, 1970, 1159, 1642, 1757],
    longest: { index: 1813 + 1878, tokens: 3098 },
  },
  {
    set: "fashion-mnist-part",
    wavelet: "haar",
    finest: 0.0625,
    blocks: [2089, 2038, 1263, 1692, 1864],
  },
] as const)("$set, $wavelet", ({ set, wavelet, finest, ...expected }) => {
  const folder = `../shared/data/${set}`;
  const here = existsSync(folder);

  describe.skipIf(!here)(here ? "counts tokens" : `skipped: ${folder} is absent`, () => {
    let source: ImageSource;
    beforeAll(async () => {
      source = await openImages(folder, { part: "all" });
    });
    const lengths = (vocabulary: "blocks" | "trees", indices: readonly number[]) => {
      const language = imageLanguage({ wavelet, finest, vocabulary }, size);
      return Promise.all(
        indices.map(
          async (i) =>
            encodeTokens(analyze(await source.read(i), language), language.tokens).tokens.length,
        ),
      );
    };

    test("as the paper's reading A does, image by image", async () => {
      expect(await lengths("blocks", firstIndices)).toEqual(expected.blocks);
      if ("trees" in expected) expect(await lengths("trees", firstIndices)).toEqual(expected.trees);
    });

    const { longest } = expected;
    if (longest !== undefined)
      test("of the longest stream of the whole set", async () => {
        expect(await lengths("blocks", [longest.index])).toEqual([longest.tokens]);
      });
  });
});

const mnist = "../shared/data/mnist";
const here = existsSync(mnist);

describe.skipIf(!here)(here ? "mnist, 2,000 images" : `skipped: ${mnist} is absent`, () => {
  test("statistics of an even spread lie by the whole set's", async () => {
    const source = await openImages(mnist, { part: "all" });
    const counter = statsCounter({ wavelet: "haar", finest: 0.125 });
    for (const i of spreadEvenly(source.count, 2000)) counter.add(await source.read(i));
    const { images, tokens, startingPlanes, share, psnr } = counter.result();
    expect(images).toBe(2000);
    expect(tokens).toEqual({ mean: 1192.772, max: 1697, min: 577, sum: 2_385_544 });
    expect(startingPlanes).toEqual({ 1: 442, 2: 1545, 3: 13 });
    expect(share.Insignificant).toBeCloseTo(0.365, 2);
    expect(share.Group4x4).toBeCloseTo(0.174, 2);
    expect(psnr.mean).toBeCloseTo(32.76, 2);
  });

  test("the static context coder comes near its 1083.0 bits per image", async () => {
    const language = imageLanguage({ wavelet: "haar", finest: 0.125 }, size);
    const streams = async (part: "train" | "test", count: number) => {
      const source = await openImages(mnist, { part });
      const rasters = await Promise.all(
        spreadEvenly(source.count, count).map((i) => source.read(i)),
      );
      return rasters.map((raster) => encodeTokens(analyze(raster, language), language.tokens));
    };
    const coder = fitContextCoder(await streams("train", 1000), language.tokens);
    const scored = await streams("test", 1000);
    const bits = scored.reduce((sum, stream) => sum + coder.bits(stream, language.tokens), 0);
    expect(bits / scored.length).toBeGreaterThan(1070);
    expect(bits / scored.length).toBeLessThan(1096);
  });
});
