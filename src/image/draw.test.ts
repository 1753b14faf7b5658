import { describe, expect, test } from "vitest";
import { createRandom } from "../data/random/random.ts";
import { type DrawnImage, drawImages, drawRequests, sampleSheet, sheetOf } from "./draw.ts";
import { drawStartingPlane } from "./language/startingPlanes.ts";
import type { DrawRequest } from "./model.ts";
import type { ImageConfig } from "./run.ts";
import { coarseToFine } from "./strip.ts";
import { untrainedRun } from "./testing.ts";

const run = untrainedRun({
  classNames: ["a", "b", "c"],
  startingPlanes: [{ "-1": 1, "1": 3 }, { "0": 5 }, {}],
});
const threads = 1;

describe("images that are drawn", () => {
  test("are decided by the seed, each by itself", async () => {
    const all = await drawImages(run, { labels: [0, 1, 2, 0], seed: 3, threads });
    const some = await drawImages(run, { labels: [0, 1], seed: 3, threads });
    expect(some).toEqual(all.slice(0, 2));
    const others = await drawImages(run, { labels: [0, 1], seed: 4, threads });
    expect(others).not.toEqual(some);
  });

  test("in lots are those that are drawn at once, by their numbers", async () => {
    const labels = [0, 1, 2, 0];
    const all = await drawImages(run, { labels, seed: 3, threads });
    const lot = await drawImages(run, { labels: labels.slice(2), first: 2, seed: 3, threads });
    expect(lot).toEqual(all.slice(2));
  });

  test("come some at a time, in order, and are asked for no sooner than needed", async () => {
    const labels = [0, 1, 2, 0, 1];
    const all = await drawImages(run, { labels, seed: 3, threads });
    let asked = 0;
    const told: number[] = [];
    function* requests(): Generator<DrawRequest> {
      const random = createRandom(3);
      for (const [i, label] of labels.entries()) {
        asked++;
        const own = random.fork(`image ${i}`);
        const startingPlane = drawStartingPlane(run.config.startingPlanes, label, own);
        yield { label, startingPlane, random: own };
      }
    }
    const options = { threads, together: 2, onProgress: (n: number) => told.push(n) };
    const found: DrawnImage[] = [];
    for await (const image of drawRequests(run, requests(), options)) {
      found.push(image);
      expect(asked).toBe(Math.min(5, 2 * Math.ceil(found.length / 2)));
    }
    expect(found).toEqual(all);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(all.reduce((sum, { drawing }) => sum + drawing.tokens.length, 0));
  });

  test("have the run's size and colors, their class, and a starting plane that it has", async () => {
    const labels = [0, 0, 0, 0, 1, 2];
    const images = await drawImages(run, { labels, seed: 1, threads });
    for (const [i, { label, drawing, raster }] of images.entries()) {
      expect(label).toBe(labels[i]);
      expect(raster).toMatchObject({ width: 10, height: 8, channels: 3 });
      expect([[-1, 1], [0], [-1, 0, 1]][label]).toContain(drawing.startingPlane);
    }
  });
});

describe("guidance is refused", () => {
  const draw = (own: Partial<ImageConfig>, guidance: number) =>
    drawImages(
      { ...run, config: { ...run.config, ...own } },
      { labels: [1], seed: 1, guidance, threads },
    );
  test("of a run that was always told the class, and of one class", async () => {
    const error = await draw({}, 2).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "no-guidance" });
    expect(String(error)).toContain("was always told the class in training");
    await expect(draw({ classNames: ["a"], startingPlanes: [{ "1": 1 }] }, 2)).rejects.toThrow(
      "has one class only",
    );
    expect(await draw({}, 1)).toHaveLength(1);
    expect(await draw({ classDropout: 0.1 }, 2)).toHaveLength(1);
  });
  test("out of its range, as temperature and top-p are", async () => {
    await expect(draw({ classDropout: 0.1 }, -1)).rejects.toThrow("guidance must be a number");
  });
});

describe("sheets", () => {
  test("have a row for each class, with its name", async () => {
    const { sheet, images } = await sampleSheet(run, { perClass: 2, seed: 1, threads });
    expect(images.map(({ label }) => label)).toEqual([0, 0, 1, 1, 2, 2]);
    const nameless = sheetOf(images, [], 2);
    expect(sheet.height).toBe(nameless.height);
    expect(sheet.width).toBeGreaterThan(nameless.width);
  });

  test("show how images sharpen, eight pictures of each, the last one whole", async () => {
    const images = await drawImages(run, { labels: [0, 1, 2], seed: 1, threads });
    const one = coarseToFine(images.slice(0, 1), run.language);
    const all = coarseToFine(images, run.language);
    expect(all.width).toBe(one.width);
    expect(all.height).toBeGreaterThan(2 * one.height);
    expect(one.width).toBeGreaterThan(7 * one.height);
  });
});
