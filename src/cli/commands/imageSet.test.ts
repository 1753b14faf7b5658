import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeIdx } from "../../data/formats/idx.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { discPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";

const sizes = [
  [12, 9, 1],
  [16, 16, 3],
  [16, 16, 3],
  [5, 20, 3],
] as const;
const names = ["one/a", "one/b", "two/c", "two/z"];
const pictures = sizes.map(([width, height, channels], i) =>
  discPicture(width, height, channels, i),
);
let folder = "";
let icons = "";
let file = "";
const path = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await temporaryFolder();
  [icons, file] = [path("icons"), path("icons.ondl")];
  for (const kind of ["one", "two"]) await mkdir(join(icons, kind), { recursive: true });
  for (const [i, picture] of pictures.entries())
    await writeImage(join(icons, `${names[i]}.png`), picture);
  await ondelette("image", "encode", icons, "-o", file, "--set", "--lossless");
});

describe("image encode --set", () => {
  test("makes one file of a folder, and image decode the folder of it", async () => {
    const back = await ondelette("image", "decode", file, "-o", path("back"));
    expect([back.code, back.out]).toEqual([0, `${path("back")}: 4 of 4 pictures\n`]);
    for (const [i, picture] of pictures.entries())
      expect(await readImage(join(path("back"), `${names[i]}.png`))).toEqual(picture);
  });

  test("tells figures, of exact pictures and of others", async () => {
    const encode = async (...more: string[]) =>
      JSON.parse(
        (
          await ondelette(
            "image",
            "encode",
            icons,
            "-o",
            path("x.ondl"),
            "--set",
            "--json",
            ...more,
          )
        ).out,
      );
    const exact = await encode("--lossless");
    expect(exact).toMatchObject({ pictures: 4, psnr: null, lossless: true });
    expect(exact.bytes).toBe((await readFile(file)).length);
    const [fine, coarse] = [await encode(), await encode("--quality", "40")];
    expect(coarse.bytes).toBeLessThan(fine.bytes);
    expect(coarse.psnr).toBeLessThan(fine.psnr - 3);
    const info = JSON.parse((await ondelette("image", "info", file, "--json")).out);
    expect(info).toMatchObject({ pictures: 4, names, lossless: true, missingBytes: 0 });
  });

  test("gives one picture alone by its name or number", async () => {
    const one = (only: string) =>
      ondelette("image", "decode", file, "-o", path("one.png"), "--only", only);
    for (const only of ["two/c", "2"]) {
      expect((await one(only)).code).toBe(0);
      expect(await readImage(path("one.png"))).toEqual(pictures[2]);
    }
    expect((await one("4")).err).toMatch(/icons.ondl has no picture 4; it has 4 pictures/);
  });

  test("that was cut short gives what is whole, and says how many are missing", async () => {
    const bytes = await readFile(file);
    await writeFile(path("cut.ondl"), bytes.subarray(0, bytes.length - 60));
    const { out, err } = await ondelette("image", "decode", path("cut.ondl"), "-o", path("cut"));
    expect(out).toMatch(/[123] of 4 pictures, \d (is|are) missing/);
    expect(err).toMatch(/cut.ondl is cut short by 60 bytes/);
    expect(await readImage(path("cut/one/a.png"))).toEqual(pictures[0]);
  });

  test("takes arrays, whose pictures are numbered", async () => {
    const { width, height, data } = pictures[0]!;
    await writeFile(
      path("few-images-idx3-ubyte"),
      encodeIdx({ shape: [2, height, width], data: Uint8Array.of(...data, ...data) }),
    );
    await ondelette(
      ...["image", "encode", path("few-images-idx3-ubyte"), "-o", path("few.ondl"), "--set"],
      "--lossless",
    );
    await ondelette("image", "decode", path("few.ondl"), "-o", path("few"));
    expect(await readdir(path("few"))).toEqual(["000000.png", "000001.png"]);
  });

  test("has no part or size to read, and is made of no single picture", async () => {
    const decode = ["image", "decode", file, "-o", path("x.png")];
    for (const part of [
      ["--size", "4"],
      ["--region", "0,0,1,1"],
      ["--only", "1", "--size", "4"],
    ]) {
      const { code, err } = await ondelette(...decode, ...part);
      expect([code, err]).toEqual([2, expect.stringMatching(/leave out --size and --region/)]);
    }
    const png = path("alone.png");
    await writeImage(png, pictures[0]!);
    const { code, err } = await ondelette("image", "encode", png, "-o", path("x.ondl"), "--set");
    expect([code, err]).toEqual([2, expect.stringMatching(/alone.png is one picture/)]);
  });

  test.each([
    [["--bytes", "500"], /as good as --quality or --finest says/],
    [["--language", "trees"], /leave out --language and --wavelet/],
    [["--jobs", "2"], /leave out --jobs and --shard/],
    [["--tiles", "64"], /--tiles is for files of one picture/],
    [["--order", "resolution"], /--order is for files of one picture/],
    [["--metadata"], /--metadata is for files of one picture/],
  ])("with %s is refused", async (more, message) => {
    const { code, err } = await ondelette(
      ...["image", "encode", icons, "-o", path("y.ondl"), "--set"],
      ...more,
    );
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});
