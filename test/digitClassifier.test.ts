import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Classifier,
  readClassifier,
  recognize,
  trainClassifier,
  writeClassifier,
} from "../scripts/digitClassifier/classifier.ts";
import { distort } from "../scripts/digitClassifier/distort.ts";
import { judge } from "../scripts/digitClassifier/judge.ts";
import { encodeIdx } from "../src/data/formats/idx.ts";
import { loadImages } from "../src/data/images/loadImages.ts";
import { openImages } from "../src/data/images/openImages.ts";
import { blankRaster } from "../src/data/images/raster.ts";
import { writeImage } from "../src/data/images/writeImage.ts";
import { createRandom } from "../src/data/random/random.ts";
import { UserError } from "../src/errors/userError.ts";
import { digitsFolder } from "./digitsFolder.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const load = async (part: "train" | "test", limit: number) => {
  return loadImages(await openImages(await digitsFolder(), { part }), { color: "gray", limit });
};
const small = async (seed = 1) => trainClassifier(await load("train", 400), { epochs: 1, seed });
const accuracy = { real: 0.99, decoded: 0.98 };

describe("the digit classifier", () => {
  it("learns digits, and judges a folder of them as it recognizes them", async () => {
    const classifier = await trainClassifier(await load("train", 6000), { epochs: 3, seed: 1 });
    const { rasters, labels, classNames } = await load("test", 200);
    const found = await recognize(classifier, rasters);
    const right = found.filter((label, i) => label === labels[i]).length;
    expect(right).toBeGreaterThan(150);

    const folder = await temporaryFolder();
    for (const name of classNames) await mkdir(join(folder, name));
    for (const [i, raster] of rasters.entries())
      await writeImage(join(folder, classNames[labels[i]!]!, `${i}.png`), raster);
    const { images, recognized, share, classes } = await judge(classifier, folder);
    expect({ images, recognized, share }).toEqual({
      images: 200,
      recognized: right,
      share: right / 200,
    });
    const sum = Object.values(classes).reduce((total, of) => total + of.recognized, 0);
    expect(sum).toBe(right);
  });

  it("is decided by its seed", async () => {
    const [first, again, other] = [await small(), await small(), await small(2)];
    expect(again).toEqual(first);
    expect(other.parameters).not.toEqual(first.parameters);
  });

  it("reads back what was written, and refuses other files", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "a.safetensors");
    const classifier = await small();
    await writeClassifier(path, classifier, accuracy);
    expect(await readClassifier(path)).toEqual({ classifier, accuracy });
    await writeFile(path, "hello, world");
    await expect(readClassifier(path)).rejects.toThrow(UserError);
  });
});

describe("judging", () => {
  const judged = async (classifier: Classifier, name: string, side: number) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, name));
    await writeImage(join(folder, name, "1.png"), blankRaster(side, side, 1));
    return judge(classifier, folder);
  };

  it("takes classes by name, so that some may be missing", async () => {
    const parameters = new Float32Array((await small()).parameters.length); // all logits equal: finds class 0
    const classifier = { side: 28, classNames: [..."0123456789"], parameters };
    expect(await judged(classifier, "0", 28)).toMatchObject({ share: 1 });
    expect(await judged(classifier, "7", 28)).toMatchObject({ share: 0 });
  });

  it("says what is wrong with the pictures", async () => {
    const classifier = await small();
    await expect(judged(classifier, "cat", 28)).rejects.toThrow(/“cat” is not a class/);
    await expect(judged(classifier, "3", 30)).rejects.toThrow(/1.png is 30×30 pixels/);
    const path = join(await temporaryFolder(), "images");
    await writeFile(path, encodeIdx({ shape: [1, 28, 28], data: new Uint8Array(784) }));
    await expect(judge(classifier, path)).rejects.toThrow(/has no labels/);
    await expect(judge(classifier, "nowhere")).rejects.toThrow("nowhere does not exist");
  });
});

describe("a distortion", () => {
  it("moves a picture a little and loses none of it", () => {
    const raster = blankRaster(28, 28, 1);
    for (let y = 10; y < 18; y++) raster.data.fill(255, y * 28 + 10, y * 28 + 18);
    const into = new Float32Array(28 * 28);
    const random = createRandom(1);
    for (let draw = 0; draw < 50; draw++) {
      distort(raster, random, into);
      const mass = into.reduce((sum, x) => sum + x, 0);
      expect(mass / 64).toBeGreaterThan(0.7);
      expect(mass / 64).toBeLessThan(1.4);
      expect(Math.max(...into)).toBeLessThanOrEqual(1);
    }
  });
});
