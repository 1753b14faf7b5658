import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { blankRaster } from "../../data/images/raster.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { describeTraining } from "../../train/testing.ts";
import { train } from "../../train/train.ts";
import { discPicture, loadedDiscs } from "../testing.ts";
import { classChances, classifyImages, recognition } from "./classifyImages.ts";
import { buildImageClassifier, createImageClassifier } from "./run.ts";
import { openImageClassifier } from "./runFolder.ts";
import { imageClassifierTrainable } from "./trainable.ts";

/** Bars that stand or lie somewhere, with noise. */
function bars(count: number, seed: number): LoadedImages {
  const random = createRandom(seed);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 2);
  const rasters = Array.from(labels, (label) => {
    const at = 1 + random.integer(8);
    const raster = blankRaster(10, 10, 1);
    for (let i = 0; i < 100; i++) {
      const along = label === 0 ? i % 10 : Math.floor(i / 10);
      raster.data[i] = (along === at ? 200 : 0) + random.integer(50);
    }
    return raster;
  });
  return { classNames: ["standing", "lying"], rasters, labels };
}

const tiny = { channels: 8, blocks: 1, batch: 8 };
const request = { color: "gray", resize: false, seed: 1, path: "bars" } as const;
const configOf = (images: LoadedImages, more: { readonly color?: "gray" | "rgb" } = {}) =>
  createImageClassifier(images, { ...request, ...more, options: tiny, plan: { steps: 1 } });

describeTraining("a classifier of images", async () => {
  const images = bars(20, 1);
  const config = configOf(images);
  return { config, model: imageClassifierTrainable(config, images, bars(6, 2)) };
});

/** A classifier of bars, trained for some steps. */
async function trainedOnBars(steps: number) {
  const images = bars(64, 1);
  const config = configOf(images);
  const model = imageClassifierTrainable(config, images, bars(40, 2));
  const { parameters, validation } = await train(model, { steps }, { threads: 1 });
  return { run: { config, ...buildImageClassifier(config), parameters, step: steps }, validation };
}

describe("a classifier of images", () => {
  test("learns to tell bars that stand from bars that lie", async () => {
    const { run, validation } = await trainedOnBars(60);
    expect(validation.accuracy).toBeGreaterThan(95);
    const found = await recognition(run, bars(40, 2), { threads: 1 });
    expect(100 * found.share).toBe(validation.accuracy);
    const counts = Object.values(found.classes);
    expect(Object.keys(found.classes)).toEqual(["standing", "lying"]);
    expect(counts.map(({ images }) => images)).toEqual([20, 20]);
    expect(counts.reduce((sum, { recognized }) => sum + recognized, 0)).toBe(found.recognized);
  });

  test("takes classes by name, in any order, and some may be missing", async () => {
    const { run } = await trainedOnBars(1);
    // A head of zeros, and a bias that always says “lying”.
    const bias = run.layout.parameters.find(({ name }) => name === "head.bias")!.offset;
    run.parameters.fill(0, bias - 2 * 8);
    run.parameters[bias + 1] = 1;
    const { rasters } = bars(3, 3);
    const named = (...classNames: string[]) =>
      recognition(run, { classNames, rasters, labels: Uint16Array.of(0, 0, 0) }, { threads: 1 });
    expect(await named("lying")).toEqual({
      ...{ images: 3, recognized: 3, share: 1 },
      classes: { lying: { images: 3, recognized: 3, share: 1 } },
    });
    expect(await named("standing", "lying")).toMatchObject({ recognized: 0, share: 0 });
    await expect(named("crooked")).rejects.toThrow(/a class "crooked" that the run does not know/);
    await expect(classifyImages(run, [discPicture(9, 10, 1, 1)])).rejects.toThrow(
      "a picture has 9×10 pixels, and the classifier reads 10×10",
    );
  });

  test("classifies every picture, for any number of pictures", async () => {
    const { run } = await trainedOnBars(20);
    const { rasters } = bars(130, 5);
    const all = await classifyImages(run, rasters, { threads: 1 });
    const apart = await classifyImages(run, rasters.slice(95, 130), { threads: 1 });
    expect(all.slice(95)).toEqual(apart);
    expect(await classifyImages(run, [], { threads: 1 })).toEqual(new Uint16Array());
  });

  test("gives every class a probability; the likeliest is the class of the picture", async () => {
    const { run } = await trainedOnBars(20);
    const { rasters } = bars(101, 7);
    const chances = await classChances(run, rasters, { threads: 1 });
    const classes = await classifyImages(run, rasters, { threads: 1 });
    expect(chances.length).toBe(202);
    classes.forEach((found, i) => {
      const [standing = 0, lying = 0] = chances.subarray(2 * i, 2 * i + 2);
      expect(standing + lying).toBeCloseTo(1, 6);
      expect(found).toBe(lying > standing ? 1 : 0);
    });
  });

  test("of color looks at three planes, of any size that is given", () => {
    const config = configOf(loadedDiscs(12, { channels: 3, width: 21, height: 34 }), {
      color: "rgb",
    });
    expect(config).toMatchObject({ width: 21, height: 34, options: { shift: 2 } });
    const { parameters } = buildImageClassifier(config).layout;
    expect(parameters[0]).toMatchObject({ name: "stem.kernel", shape: [8, 75] });
    expect(parameters.at(-2)).toMatchObject({ name: "head.weight", shape: [16, 2] });
  });

  test("of one class is refused", () => {
    const one = { ...bars(4, 1), classNames: ["bar"], labels: new Uint16Array(4) };
    expect(() => configOf(one)).toThrow(UserError);
    expect(() => configOf(one)).toThrow("bars holds pictures of one class");
  });

  test("is not opened from a folder that holds none", async () => {
    await expect(openImageClassifier(await temporaryFolder())).rejects.toThrow(
      "is not a run folder",
    );
  });
});
