import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeIdx } from "../../data/formats/idx.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { psnr } from "../../image/psnr.ts";
import { testPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";

describe("image encode and image decode", () => {
  test("compress a color picture and give it back", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    const picture = testPicture(70, 45, 3);
    await writeImage(png!, picture);

    const encoded = await ondelette("image", "encode", png!, "-o", file!, "--json");
    const figures = JSON.parse(encoded.out);
    expect(figures).toMatchObject({ width: 70, height: 45, color: "ycbcr" });
    expect((await readFile(file!)).length).toBe(figures.bytes);
    expect(figures.bitsPerPixel).toBeCloseTo((8 * figures.bytes) / (70 * 45), 12);

    expect((await ondelette("image", "decode", file!, "-o", back!)).code).toBe(0);
    const unit = (data: Uint8Array) => Float64Array.from(data, (x) => x / 255);
    const reached = psnr(unit(picture.data), unit((await readImage(back!)).data));
    expect(reached).toBeGreaterThan(figures.psnr - 0.2);
  });

  test("decode the beginning of a file, and say so", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    await writeImage(png!, testPicture(40, 40, 1));
    await ondelette("image", "encode", png!, "-o", file!);

    const coarse = await ondelette(
      "image",
      "decode",
      file!,
      "-o",
      back!,
      "--tokens",
      "10",
      "--json",
    );
    expect(JSON.parse(coarse.out)).toMatchObject({ tokens: 10, finished: false, missingBytes: 0 });

    await truncate(file!, (await readFile(file!)).length - 20);
    const cut = await ondelette("image", "decode", file!, "-o", back!);
    expect(cut.code).toBe(0);
    expect(cut.err).toMatch(/a\.ondl is cut short by 20 bytes: \d+ tokens are certain/);
  });

  test("name mistakes and leave nothing half-written", async () => {
    const folder = await temporaryFolder();
    const [junk, back] = ["junk", "b.png"].map((name) => join(folder, name));
    await writeFile(junk!, "not a picture at all");
    const decoded = await ondelette("image", "decode", junk!, "-o", back!);
    expect(decoded).toMatchObject({ code: 2, out: "" });
    expect(decoded.err).toContain("junk is not an ondelette image");
    await expect(readFile(back!)).rejects.toThrow("ENOENT");
  });
});

test("image stats counts both parts of a data set, or an even spread of it", async () => {
  const folder = await temporaryFolder();
  for (const [part, count] of [
    ["train", 6],
    ["t10k", 4],
  ] as const) {
    const data = Uint8Array.from({ length: count * 64 }, (_, i) => (i * i) % 256);
    await writeFile(
      join(folder, `${part}-images-idx3-ubyte`),
      encodeIdx({ shape: [count, 8, 8], data }),
    );
  }
  const all = JSON.parse((await ondelette("image", "stats", "--data", folder, "--json")).out);
  expect(Object.keys(all)).toEqual(["images", "tokens", "startingPlanes", "share", "psnr"]);
  expect(all.images).toBe(10);
  expect(all.tokens.mean).toBeCloseTo(all.tokens.sum / 10, 12);

  const some = await ondelette("image", "stats", "--data", folder, "--limit", "5", "--json");
  expect(JSON.parse(some.out).images).toBe(5);
  const trees = await ondelette("image", "stats", "--data", folder, "--language", "trees");
  expect(trees.out).toContain("ZeroTree");
});
