import { describe, expect, test } from "vitest";
import { encodeTokens } from "../../codec/index.ts";
import { analyze } from "../language/language.ts";
import { discPicture, untrainedRun } from "../testing.ts";
import { drawFrom, drawnFromSheet } from "./drawFrom.ts";
import { aroundHole } from "./hole.ts";

const run = untrainedRun({
  language: { wavelet: "bior2.2", finest: 0.25, color: "ycbcr" },
  classDropout: 0.1,
});
const sources = [0, 1, 2].map((i) => ({ raster: discPicture(10, 8, 3, i), label: i % 2 }));
const options = { seed: 1, threads: 1 };

/** For each coefficient whether it belongs to one of so many coarse levels; 1 if so. */
const levelsOf = (coarse: number): number[] => {
  const { level } = run.language.tokens.places;
  const count = 3 * level.length;
  return Array.from({ length: count }, (_, i) => Number(level[i % level.length]! <= coarse));
};

describe("drawings from pictures", () => {
  test("are decided by the seed, each by itself, and have the picture's class and size", async () => {
    const keep = { coarse: 1 };
    const all = await drawFrom(run, sources, { ...options, keep, drawings: 2 });
    expect(await drawFrom(run, sources.slice(0, 1), { ...options, keep, drawings: 2 })).toEqual(
      all.slice(0, 1),
    );
    for (const [i, { source, kept, images }] of all.entries()) {
      expect(source).toBe(sources[i]);
      expect(images.length).toBe(2);
      for (const { label, raster } of images) {
        expect(label).toBe(i % 2);
        expect(raster).toMatchObject({ width: 10, height: 8, channels: 3 });
        expect(raster).not.toEqual(kept);
      }
    }
    expect(await drawFrom(run, sources, { ...options, seed: 2, keep, drawings: 2 })).not.toEqual(
      all,
    );
  });

  test("of many pictures are the same as of few, and their tokens are counted through", async () => {
    const keep = { tokens: 100 };
    const told: number[] = [];
    const many = sources.slice(0, 2);
    const all = await drawFrom(run, many, {
      ...{ ...options, keep, drawings: 41 },
      onProgress: (tokens) => told.push(tokens),
    });
    const one = await drawFrom(run, many.slice(0, 1), { ...options, keep, drawings: 41 });
    expect(all.slice(0, 1)).toEqual(one);
    expect(all.map(({ images }) => images.length)).toEqual([41, 41]);
    const streams = one[0]!.images.map(({ drawing }) => `${drawing.tokens}`);
    expect(new Set(streams).size).toBeGreaterThan(30);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const tokens = all.flatMap(({ images }) => images).map((image) => image.drawing.tokens.length);
    expect(told.at(-1)).toBe(tokens.reduce((sum, n) => sum + n, 0));
  });

  test("by particles keep what is kept, each by itself, and are other drawings", async () => {
    const outside = { x: 3, y: 2, width: 4, height: 4 };
    for (const keep of [{ coarse: 1 }, { outside }, { tokens: 40 }]) {
      const ways = { ...options, keep, guidance: 2 };
      const told: number[] = [];
      const onProgress = (tokens: number) => told.push(tokens);
      const all = await drawFrom(run, sources, { ...ways, particles: 3, onProgress });
      const counts = all.map(({ images }) => images[0]!.drawing.tokens.length);
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      expect(told.at(-1)).toBe(counts.reduce((sum, n) => sum + n, 0));
      expect(await drawFrom(run, sources.slice(0, 1), { ...ways, particles: 3 })).toEqual(
        all.slice(0, 1),
      );
      expect(await drawFrom(run, sources, ways)).not.toEqual(all);
      for (const { source, images } of all) {
        const encoding = encodeTokens(analyze(source.raster, run.language), run.language.tokens);
        const { approximation, tokens } = images[0]!.drawing;
        if ("tokens" in keep) {
          expect(tokens.slice(0, keep.tokens)).toEqual(encoding.tokens.slice(0, keep.tokens));
          continue;
        }
        const { low, high } =
          "outside" in keep
            ? aroundHole(source.raster, outside, run.language)
            : { low: levelsOf(keep.coarse), high: levelsOf(Number.POSITIVE_INFINITY) };
        const isFixed = (_: number, i: number) => low[i] === high[i];
        expect(approximation.some(isFixed)).toBe(true);
        expect(approximation.filter(isFixed)).toEqual(encoding.approximation.filter(isFixed));
      }
    }
  });

  test("by no particles are refused", async () => {
    const keep = { coarse: 1 };
    await expect(drawFrom(run, sources, { ...options, keep, particles: 0 })).rejects.toThrow(
      "the number of particles must be a whole number from 1, not 0",
    );
  });

  test("of a whole picture are the encoded picture", async () => {
    for (const keep of [
      { coarse: Number.POSITIVE_INFINITY },
      { tokens: Number.POSITIVE_INFINITY },
    ]) {
      for (const { source, kept, images } of await drawFrom(run, sources, { ...options, keep })) {
        const encoding = encodeTokens(analyze(source.raster, run.language), run.language.tokens);
        expect(images[0]!.drawing).toEqual(encoding);
        expect(images[0]!.raster).toEqual(kept);
      }
    }
  });

  test("stand on a sheet beside the picture and its kept part, a row for each picture", async () => {
    const drawn = await drawFrom(run, sources, { ...options, keep: { coarse: 0 }, drawings: 3 });
    const sheet = drawnFromSheet(drawn, run.config.classNames);
    const one = drawnFromSheet(drawn.slice(0, 1), []);
    expect(sheet.height).toBeGreaterThan(2.5 * (one.height - 20));
    expect(one.width).toBeGreaterThan(5 * 7 * 10);
    const many = await drawFrom(run, sources.slice(0, 1), {
      ...options,
      keep: { coarse: 0 },
      drawings: 12,
    });
    expect(drawnFromSheet(many, []).height).toBeGreaterThan(one.height);
  });
});
