import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { encodeIdx } from "../formats/idx.ts";
import { imageExtensions } from "./imageExtensions.ts";
import { loadImages } from "./loadImages.ts";
import { openImages } from "./openImages.ts";
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

  it("has the same classes in both parts, those of the test part alone last", async () => {
    const path = await folderOf({
      ...{ "train/b/1.png": 1, "train/c/1.png": 2 },
      ...{ "test/a/1.png": 3, "test/c/1.png": 4 },
    });
    const open = (part: "train" | "test" | "all") => openImages(path, { part });
    expect((await open("train")).classNames).toEqual(["b", "c"]);
    for (const part of ["test", "all"] as const) {
      const source = await open(part);
      expect(source.classNames).toEqual(["b", "c", "a"]);
      const { rasters, labels } = await loadImages(source, { color: "gray" });
      const grays = rasters.map(({ data }) => data[0]);
      const classOf = new Map(grays.map((gray, i) => [gray, source.classNames[labels[i]!]]));
      expect([classOf.get(3), classOf.get(4)]).toEqual(["a", "c"]);
    }
  });

  it("without class folders has one class, which both parts share", async () => {
    const path = await folderOf({ "train/1.png": 1, "test/1.png": 2 });
    const source = await openImages(path, { part: "all" });
    expect(source.classNames).toEqual([basename(path)]);
    expect([source.label(0), source.label(1)]).toEqual([0, 0]);
  });

  it("with one part alone says which part is missing", async () => {
    const path = await folderOf({ "train/a/1.png": 1, "train/b/1.png": 2 });
    for (const part of ["train", "all"] as const) {
      const source = await openImages(path, { part });
      expect([source.part, source.classNames]).toEqual([part, ["a", "b"]]);
    }
    expect(await mistake(path, "test")).toBe(
      `${path} has a folder “train”, but none for the test part, which would be named test, testing, val, valid, validation`,
    );
    const half = await folderOf({ "validation/a/1.png": 1 });
    expect(await mistake(half, "train")).toBe(
      `${half} has a folder “validation”, but none for the train part, which would be named train, training`,
    );
    // A train beside a car is a class.
    const toys = await openImages(await folderOf({ "train/1.png": 1, "car/1.png": 2 }), {});
    expect([toys.part, toys.classNames]).toEqual(["all", ["car", "train"]]);
  });

  it("takes test before val, and names what it does not use", async () => {
    for (const name of ["test", "testing", "val", "valid", "validation"]) {
      const path = await folderOf({ "train/a/1.png": 1, [`${name}/a/1.png`]: 2 });
      expect((await openImages(path, { part: "test" })).count).toBe(1);
    }
    const notices: string[] = [];
    const notice = (sentence: string) => notices.push(sentence);
    const files = { "train/a/1.png": 1, "test/a/1.png": 2, "val/a/1.png": 3, "val/a/2.png": 3 };
    const path = await folderOf(files);
    expect((await openImages(path, { part: "test", notice })).count).toBe(1);
    expect(notices).toEqual([`${path}/val is not used: the parts of ${path} are train and test`]);
  });

  it("follows links to class folders and to pictures, and never runs in circles", async () => {
    const path = await folderOf({ "far/1.png": 1, "far/2.png": 2, "data/b/1.png": 3 });
    await symlink("../far", join(path, "data", "a"));
    await symlink("../../far/1.png", join(path, "data", "b", "0.png"));
    const source = await openImages(join(path, "data"));
    expect(source.classNames).toEqual(["a", "b"]);
    const { rasters } = await loadImages(source, { color: "gray" });
    expect(rasters.map(({ data }) => data[0])).toEqual([1, 2, 1, 3]);
    await symlink(".", join(path, "data", "self"));
    expect(await mistake(join(path, "data"))).toBe(
      `the class folder ${path}/data/self holds no pictures (${[...imageExtensions].join(" ")})`,
    );
  });

  it.skipIf(process.platform === "win32")("leaves out pipes and links to nothing", async () => {
    const path = await folderOf({ "a/1.png": 1, "a/2.png": 2 });
    execFileSync("mkfifo", [join(path, "a", "0.png")]);
    await symlink("nowhere", join(path, "a", "3.png"));
    await symlink("4.png", join(path, "a", "4.png"));
    const notices: string[] = [];
    const source = await openImages(path, { notice: (sentence) => notices.push(sentence) });
    expect(source.count).toBe(2);
    expect(notices).toEqual([
      `${path}/a/0.png is a named pipe and is left out`,
      `${path}/a/3.png is a link that leads nowhere and is left out`,
      `${path}/a/4.png is a link that leads nowhere and is left out`,
    ]);
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
    expect(await counts("test")).toEqual(["test", 2, 3]);
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

  it("name classes by the numbers of their labels, and only those that occur", async () => {
    const path = await folderOf({
      "train-images-idx3-ubyte": idxImages(3),
      "train-labels-idx1-ubyte": idxLabels(12, 10, 11),
      "t10k-images-idx3-ubyte": idxImages(2),
      "t10k-labels-idx1-ubyte": idxLabels(11, 11),
    });
    const [train, test] = await Promise.all([
      openImages(path, { part: "train" }),
      openImages(path, { part: "test" }),
    ]);
    expect(train.classNames).toEqual(["10", "11", "12"]);
    expect([train.label(0), train.label(1), train.label(2)]).toEqual([2, 0, 1]);
    expect([test.classNames, test.label(0)]).toEqual([["10", "11", "12"], 1]);
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

  const noise = Uint8Array.from({ length: 500 }, (_, i) => (i * i * 31) % 256);

  it("leaves out pictures that cannot be read, with one notice for all", async () => {
    const path = await folderOf({
      ...{ "a/1.png": 1, "a/2.png": "text", "b/3.png": noise, "b/4.png": 4, "b/5.png": 5 },
    });
    const source = await openImages(path);
    const notices: string[] = [];
    const notice = (sentence: string) => notices.push(sentence);
    const { rasters, labels } = await loadImages(source, { color: "gray", notice });
    expect(rasters.map(({ data }) => data[0])).toEqual([1, 4, 5]);
    expect([...labels]).toEqual([0, 1, 1]);
    expect(notices).toEqual([
      `${path}/a/2.png is not a picture that can be read: unsupported image format; it is left out; the same holds for 1 other picture`,
    ]);
  });

  it("refuses them where it is strict or nobody would hear of it, and where none of a class can be read", async () => {
    const source = await openImages(await folderOf({ "1.png": 1, "2.png": "text" }));
    const notice = () => {};
    const refused = /2.png is not a picture that can be read/;
    await expect(loadImages(source, { color: "gray" })).rejects.toThrow(refused);
    const strict = loadImages(source, { color: "gray", notice, strict: true });
    await expect(strict).rejects.toThrow(refused);
    const none = await openImages(await folderOf({ "1.png": "text" }));
    await expect(loadImages(none, { color: "gray", notice })).rejects.toThrow(/1.png is not/);
    const files = { "a/1.png": 1, "a/2.png": "text", "b/3.png": "text" };
    const lost = await openImages(await folderOf(files));
    await expect(loadImages(lost, { color: "gray", notice })).rejects.toThrow(/3.png is not/);
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
