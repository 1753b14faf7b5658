import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { encodeIdx } from "../formats/idx.ts";
import { openImages } from "./imageSource.ts";
import { loadImages } from "./loadImages.ts";
import { blankRaster } from "./raster.ts";
import { writeImage } from "./writeImage.ts";

/** A folder with these files: a picture for a number (its gray), bytes for bytes. */
async function folderOf(files: Record<string, number | Uint8Array | string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === "number") await writeImage(path, blankRaster(6, 4, 1, content));
    else await writeFile(path, content);
  }
  return root;
}

const idxImages = (count: number, side = 2) =>
  encodeIdx({
    shape: [count, side, side],
    data: Uint8Array.from({ length: count * side * side }, (_, i) => Math.floor(i / side / side)),
  });
const idxLabels = (...labels: number[]) =>
  encodeIdx({ shape: [labels.length], data: Uint8Array.from(labels) });

const mistake = (path: string, part: "train" | "test" | "all" = "all") =>
  openImages(path, { part }).then(
    () => "no error",
    (error: Error) => (error instanceof UserError ? error.message : error),
  );

describe("a folder of pictures", () => {
  it("has its sub-folders as classes, all in the order of names", async () => {
    const path = await folderOf({
      "b/2.png": 3,
      "b/10.png": 2,
      "a/x.PNG.png": 1,
      "a/notes.txt": "",
    });
    const source = await openImages(path, { part: "train" });
    expect(source.part).toBe("all");
    expect(source.classNames).toEqual(["a", "b"]);
    const { rasters, labels } = await loadImages(source, { color: "gray" });
    expect(rasters.map(({ data }) => data[0])).toEqual([1, 2, 3]);
    expect([...labels]).toEqual([0, 1, 1]);
  });

  it("without sub-folders is one class", async () => {
    const source = await openImages(await folderOf({ "a.png": 1, "b.png": 2 }), { part: "all" });
    expect([source.count, source.classNames.length, source.label(1)]).toEqual([2, 1, 0]);
  });

  it("with a folder train and a folder test has two parts", async () => {
    const path = await folderOf({ "train/a/1.png": 1, "train/b/1.png": 2, "test/a/1.png": 3 });
    const gray = async (part: "train" | "test" | "all") => {
      const { rasters } = await loadImages(await openImages(path, { part }), { color: "gray" });
      return rasters.map(({ data }) => data[0]);
    };
    expect(await gray("train")).toEqual([1, 2]);
    expect(await gray("test")).toEqual([3]);
    expect(await gray("all")).toEqual([1, 2, 3]);
  });

  it("says what is wrong with it in one sentence", async () => {
    expect(await mistake("/no/such")).toBe("/no/such does not exist");
    const empty = await temporaryFolder();
    expect(await mistake(empty)).toMatch(`${empty} holds no pictures (.png .jpg`);
    const emptyClass = await folderOf({ "a/1.png": 1, "b/notes.txt": "" });
    expect(await mistake(emptyClass)).toMatch(`the class folder ${emptyClass}/b holds no pictures`);
    expect(await mistake(await folderOf({ "a/1.png": 1, "2.png": 1 }))).toMatch(
      /both pictures and/,
    );
    expect(await mistake(await folderOf({ "train/a/1.png": 1, "test/z/1.png": 1 }))).toMatch(
      "different classes",
    );
    const text = await openImages(await folderOf({ "a.png": 1, "b.png": "text" }), { part: "all" });
    await expect(loadImages(text, { color: "gray" })).rejects.toThrow(
      /b\.png is not a picture that can be read: unsupported image format/,
    );
  });
});

describe("IDX files", () => {
  const four = {
    "train-images-idx3-ubyte": idxImages(3),
    "train-labels-idx1-ubyte": idxLabels(0, 2, 1),
    "t10k-images-idx3-ubyte": idxImages(2),
    "t10k-labels-idx1-ubyte": idxLabels(1, 1),
  };

  it("four together are a data set of two parts", async () => {
    const path = await folderOf(four);
    const counts = async (part: "train" | "test" | "all") => {
      const source = await openImages(path, { part });
      return [source.part, source.count, source.classNames.length];
    };
    expect(await counts("train")).toEqual(["train", 3, 3]);
    expect(await counts("test")).toEqual(["test", 2, 2]);
    expect(await counts("all")).toEqual(["all", 5, 3]);
    const all = await openImages(path, { part: "all" });
    expect([all.label(1), all.label(3), (await all.read(4)).data[0]]).toEqual([2, 1, 1]);
  });

  it("one alone finds the labels beside it, or does without", async () => {
    const path = await folderOf(four);
    const withLabels = await openImages(join(path, "train-images-idx3-ubyte"), { part: "train" });
    expect([withLabels.part, withLabels.count, withLabels.label(1)]).toEqual(["all", 3, 2]);
    const alone = await openImages(join(await folderOf({ shapes: idxImages(2) }), "shapes"), {
      part: "all",
    });
    expect([alone.count, alone.label(1), alone.classNames]).toEqual([2, 0, ["0"]]);
  });

  it("say what is wrong with them in one sentence", async () => {
    const { "t10k-images-idx3-ubyte": _, ...half } = four;
    expect(await mistake(await folderOf(half), "test")).toMatch(/ has no test part$/);
    const short = await folderOf({ ...four, "train-labels-idx1-ubyte": idxLabels(1) });
    expect(await mistake(short)).toBe(
      `${short}/train-labels-idx1-ubyte holds 1 labels, but train-images-idx3-ubyte has 3 images`,
    );
    const labels = await folderOf({ labels: idxLabels(1, 2) });
    expect(await mistake(join(labels, "labels"))).toMatch("an array of 2, not a list of");
    const none = await folderOf({ images: idxImages(0) });
    expect(await mistake(join(none, "images"))).toMatch(/holds no images$/);
  });
});

describe("loadImages", () => {
  it("scales folder pictures to the square, but never enlarges IDX images", async () => {
    const folder = await openImages(await folderOf({ "a.png": 9 }), { part: "all" });
    const [scaled] = (await loadImages(folder, { color: "rgb", size: 8 })).rasters;
    expect(scaled).toEqual(blankRaster(8, 8, 3, 9));
    const path = join(await folderOf({ images: idxImages(1, 28) }), "images");
    const idx = await openImages(path, { part: "all" });
    const sides = async (size: number) =>
      (await loadImages(idx, { color: "gray", size })).rasters[0]!.width;
    expect([await sides(32), await sides(28), await sides(16)]).toEqual([28, 28, 16]);
  });

  it("keeps full-size pictures to crop from, and refuses those too small", async () => {
    const source = await openImages(await folderOf({ "a.png": 9 }), { part: "all" });
    const crop = (size: number) => loadImages(source, { color: "gray", size, fit: "crop" });
    expect((await crop(4)).rasters).toEqual([blankRaster(6, 4, 1, 9)]);
    await expect(crop(5)).rejects.toThrow(/a\.png is 6×4 pixels, too small to cut 5×5 out of it/);
  });

  it("takes a spread of at most `limit`, counts as it goes and stops when told", async () => {
    const path = join(await folderOf({ images: idxImages(10) }), "images");
    const source = await openImages(path, { part: "all" });
    const counted: number[] = [];
    const onLoaded = (done: number) => counted.push(done);
    const { rasters } = await loadImages(source, { color: "gray", limit: 4, onLoaded });
    expect(rasters.map(({ data }) => data[0])).toEqual([0, 2, 5, 7]);
    expect(counted).toEqual([1, 2, 3, 4]);
    const signal = AbortSignal.abort();
    await expect(loadImages(source, { color: "gray", signal })).rejects.toThrow("aborted");
  });
});

const data = new URL("../../../shared/data", import.meta.url).pathname;
describe.skipIf(!existsSync(data))("real data (skipped where ../shared/data is absent)", () => {
  it("MNIST is 60,000 + 10,000 digits of 28×28", async () => {
    const all = await openImages(join(data, "mnist"), { part: "all" });
    expect([all.count, all.classNames.length, all.label(60_000)]).toEqual([70_000, 10, 7]);
    const { rasters } = await loadImages(all, { color: "gray", size: 32, limit: 100 });
    expect(rasters[0]).toMatchObject({ width: 28, height: 28, channels: 1 });
  });

  it("CIFAR-10 as JPEG has ten classes, Kodak crops are cut from full-size photographs", async () => {
    const cifar = await openImages(join(data, "cifar10-jpeg"), { part: "test" });
    expect([cifar.count, cifar.classNames.at(-1), cifar.label(1999)]).toEqual([2000, "truck", 9]);
    const kodak = await openImages(join(data, "kodak"), { part: "all" });
    const { rasters } = await loadImages(kodak, {
      color: "gray",
      size: 128,
      fit: "crop",
      limit: 1,
    });
    expect(rasters[0]).toMatchObject({ width: 768, height: 512, channels: 1 });
  });
});
