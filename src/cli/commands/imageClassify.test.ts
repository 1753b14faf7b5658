import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { discPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";
import { discs, pictures, sentenceOf } from "./testing.ts";

const small = "--channels 8 --batch 4 --threads 1".split(" ");
const classify = (out: string, ...more: string[]) =>
  ondelette("image", "classify", "--out", out, ...more);
const recognize = (run: string, images: string, ...more: string[]) =>
  ondelette("image", "recognize", "--run", run, "--images", images, "--threads", "1", ...more);

describe("ondelette image classify and image recognize", () => {
  test("train, continue, and count what is recognized", async () => {
    const folder = await temporaryFolder();
    const data = await discs(folder);
    const out = join(folder, "run");
    const first = await classify(out, "--data", data, ...small, "--steps", "3");
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(
      /3 steps on 12 images .* % right in training, .* % right in validation/,
    );
    const more = await classify(out, "--resume", "--steps", "6", "--threads", "1", "--json");
    const trained = JSON.parse(more.out);
    expect(trained).toMatchObject({ run: out, classes: 2, step: 6, images: 24 });

    const printed = await recognize(out, data, "--part", "test");
    expect(printed).toMatchObject({ code: 0 });
    expect(printed.out).toMatch(/^0 +\d+\.\d\d % {2}\d of 3\n1 +.* of 2\nrecognized +.* of 5\n$/);
    const { share, images, recognized, classes } = JSON.parse(
      (await recognize(out, data, "--part", "test", "--json")).out,
    );
    expect(100 * share).toBe(trained.validation.accuracy);
    expect([images, recognized]).toEqual([5, 5 * share]);
    expect(Object.keys(classes)).toEqual(["0", "1"]);
    expect(JSON.parse((await recognize(out, data, "--json")).out).images).toBe(17);
  });

  test("scale pictures where a size is asked for, and hold a tenth out where there is no test part", async () => {
    const folder = await temporaryFolder();
    const sizes = Array.from({ length: 6 }, (_, i) => [12 + i, 14] as const);
    const data = await pictures(folder, { cat: sizes, dog: sizes });
    const out = join(folder, "run");
    const options = ["--size", "12", "--color", "rgb", "--flip", "--steps", "2"];
    const { code, out: text } = await classify(out, "--data", data, ...small, ...options, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(text).validation.accuracy).toBeGreaterThanOrEqual(0);
    expect(JSON.parse((await recognize(out, data, "--json")).out).images).toBe(12);
    const flipped = await classify(out, "--resume", "--size", "16");
    expect(sentenceOf(flipped)).toMatch(/--size 16 contradicts .*, which was made with 12/);
  });

  test("refuse what cannot be right, in one sentence", async () => {
    const folder = await temporaryFolder();
    const data = await discs(folder);
    const out = join(folder, "run");
    expect(await classify(out, "--data", data, ...small, "--steps", "1")).toMatchObject({
      code: 0,
    });
    const other = join(folder, "other");
    const refused = async (...args: string[]) => sentenceOf(await classify(other, ...args));
    expect(await refused()).toBe("--data is missing: a new run needs images");
    expect(await refused("--data", "/none")).toBe("/none does not exist");
    expect(await refused("--data", data, "--channels", "12")).toMatch("must be a multiple of 8");
    const single = await pictures(folder, {
      cat: [
        [8, 8],
        [8, 8],
      ],
    });
    expect(await refused("--data", single)).toMatch("holds pictures of one class");
    const sizes = await pictures(folder, { cat: [[8, 8]], dog: [[9, 8]] });
    expect(await refused("--data", sizes)).toMatch(/differ in size .* --size SIDE/);

    await mkdir(join(folder, "samples", "0"), { recursive: true });
    const sample = join(folder, "samples", "0", "1.png");
    await writeImage(sample, discPicture(9, 9, 1, 1));
    expect(sentenceOf(await recognize(out, join(folder, "samples")))).toMatch(
      "a picture has 9×9 pixels, and the classifier reads 8×8",
    );
    expect(sentenceOf(await recognize(out, sizes))).toMatch(
      /“cat” is not a class of .*run; its classes are 0, 1/,
    );
    expect(sentenceOf(await recognize(out, sizes, "--part", "test"))).toMatch(/has no test part/);
    expect(sentenceOf(await recognize(folder, data))).toMatch("is not a run folder");
  });
});
