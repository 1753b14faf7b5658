import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { discPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";
import { discs, sentenceOf, tinyModel } from "./testing.ts";

describe("image sample --from", () => {
  let folder = "";
  let run = "";
  let data = "";
  const path = (name: string) => join(folder, name);
  const sample = (out: string, ...more: string[]) =>
    ondelette("image", "sample", "--run", run, "--threads", "1", "-o", path(out), ...more);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ondelette-test-"));
    data = await discs(folder);
    run = path("run");
    const words = ["--data", data, "--steps", "1", "--threads", "1", "--finest", "0.25"];
    await ondelette("image", "train", "--out", run, ...words, ...tinyModel("state"));
    await writeImage(path("same.png"), discPicture(8, 8, 3, 1));
    await writeImage(path("large.png"), discPicture(20, 12, 3, 1));
    await writeImage(path("small.png"), discPicture(4, 4, 1, 1));
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("a picture and a class give a sheet of the picture, its kept part and the drawings", async () => {
    const from = ["--from", path("same.png"), "--class", "1"];
    const drawn = await sample(
      "a.png",
      ...from,
      "--keep",
      "outside:2,2,3,3",
      "--count",
      "3",
      "--json",
    );
    expect(JSON.parse(drawn.out)).toMatchObject({ images: 3 });
    const sheet = await readImage(path("a.png"));
    expect(sheet.width).toBeGreaterThan(5 * 8 * 9);
    const all = await sample("all.png", ...from, "--keep", "coarse:all", "--count", "1");
    expect(all.code).toBe(0);
    expect((await sample("tokens.png", ...from, "--tokens", "5")).code).toBe(0);
    const beside = await sample("b.png", ...from, "--keep", "outside:8,0,3,3", "--count", "1");
    expect(beside.err).toContain("the hole lies outside of the 8×8 pixels: nothing is drawn\n");
    // All levels, all tokens, and all but nothing are the same picture.
    await sample("t.png", ...from, "--tokens", "all", "--count", "1");
    const [one, two, three] = await Promise.all(
      ["all", "b", "t"].map((x) => readImage(path(`${x}.png`))),
    );
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  test("particles make other drawings, and need a picture to fit to", async () => {
    const from = ["--from", path("same.png"), "--class", "1", "--keep", "coarse:1"];
    expect((await sample("p1.png", ...from, "--particles", "1", "--temperature", "1")).code).toBe(
      0,
    );
    expect((await sample("p3.png", ...from, "--particles", "3", "--temperature", "1")).code).toBe(
      0,
    );
    expect(await readImage(path("p3.png"))).not.toEqual(await readImage(path("p1.png")));
    const without = await sample("p.png", "--particles", "3");
    expect(sentenceOf(without)).toBe(
      "--particles needs --from, the picture of which a part is taken",
    );
  });

  test("data give a row for each picture, or a file for each in a folder of its class", async () => {
    const drawn = await sample(
      "d.png",
      "--from",
      data,
      "--keep",
      "coarse:1",
      "--count",
      "2",
      "--json",
    );
    expect(JSON.parse(drawn.out)).toMatchObject({ images: 8 });
    expect(
      (await sample("e/", "--from", data, "--keep", "outside:1,1,2,2", "--count", "4")).code,
    ).toBe(0);
    const files = await Promise.all(["0", "1"].map((name) => readdir(path(join("e", name)))));
    expect(files.flat().length).toBe(4);
    expect((await sample("f/", "--from", data, "--keep", "coarse:0", "--class", "1")).code).toBe(0);
    expect(await readdir(path("f"))).toEqual(["1"]);
  });

  test("larger and smaller pictures are brought to the run's size, and this is said", async () => {
    const large = await sample(
      "l.png",
      "--from",
      path("large.png"),
      "--class",
      "0",
      "--keep",
      "coarse:1",
    );
    expect(large.err).toContain("large.png is 20×12 pixels; it is scaled to cover the run's 8×8\n");
    const small = await sample("s.png", "--from", path("small.png"), "--class", "0");
    expect(small).toMatchObject({ code: 0 });
    expect(small.err).toContain("small.png is 4×4 pixels; each becomes 2×2 of the run's 8×8\n");
  });

  test.each<[string, string[], string]>([
    [
      "no picture",
      ["--keep", "coarse:1"],
      "--keep needs --from, the picture of which a part is taken",
    ],
    ["nothing kept", ["--from", "same.png", "--class", "1"], "--from needs --keep or --tokens"],
    ["two parts", ["--from", "same.png", "--keep", "coarse:1", "--tokens", "3"], "give one"],
    [
      "no part",
      ["--from", "same.png", "--keep", "fine:1"],
      "--keep must be coarse:K, coarse:all or outside:X,Y,WIDTH,HEIGHT",
    ],
    [
      "no hole",
      ["--from", "same.png", "--class", "1", "--keep", "outside:1,1,0,2"],
      "at least one each way, not 0×2",
    ],
    [
      "no number",
      ["--from", "same.png", "--tokens", "few"],
      "--tokens must be a whole number or all, not few",
    ],
    ["no class", ["--from", "same.png", "--keep", "coarse:1"], "give --class, one of 0, 1"],
    [
      "a strip",
      ["--from", "same.png", "--keep", "coarse:1", "--strip"],
      "leave it out with --from",
    ],
    [
      "too many levels",
      ["--from", "same.png", "--class", "1", "--keep", "coarse:9"],
      "0 to 2 coarse ones can be kept, not 9",
    ],
    [
      "a small picture",
      ["--from", "small.png", "--class", "1", "--keep", "coarse:all"],
      "says nothing about details finer than coarse:1",
    ],
    [
      "a small picture",
      ["--from", "small.png", "--class", "1", "--tokens", "2"],
      "only --keep coarse:K can be taken",
    ],
    [
      "a missing file",
      ["--from", "none.png", "--class", "1", "--keep", "coarse:1"],
      "does not exist",
    ],
  ])("%s: %j is a mistake", async (_, words, sentence) => {
    const placed = words.map((word) => (word.endsWith(".png") ? path(word) : word));
    expect(sentenceOf(await sample("no.png", ...placed))).toContain(sentence);
  });
});
