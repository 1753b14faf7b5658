import { execFileSync } from "node:child_process";
import { readFile, symlink, truncate, writeFile } from "node:fs/promises";
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
    const decode = ["image", "decode", file!, "-o", back!] as const;

    await ondelette("image", "encode", png!, "-o", file!);
    const first = await ondelette(...decode, "--bytes", "100", "--json");
    expect(JSON.parse(first.out)).toMatchObject({ bytes: 100, finished: false });
    expect((await ondelette(...decode, "--tokens", "10")).err).toContain("a.ondl has no tokens");
    await truncate(file!, (await readFile(file!)).length - 20);
    expect((await ondelette(...decode)).err).toBe(`${file} is cut short by 20 bytes\n`);

    await ondelette("image", "encode", png!, "-o", file!, "--language", "blocks");
    const coarse = await ondelette(...decode, "--tokens", "10", "--json");
    expect(JSON.parse(coarse.out)).toMatchObject({ tokens: 10, finished: false, missingBytes: 0 });

    await truncate(file!, (await readFile(file!)).length - 20);
    const cut = await ondelette("image", "decode", file!, "-o", back!);
    expect(cut.code).toBe(0);
    expect(cut.err).toMatch(/a\.ondl is cut short by 20 bytes; the others determine \d+ tokens/);
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

describe("image encode is asked for", () => {
  const encode = async (...options: readonly string[]) => {
    const folder = await temporaryFolder();
    const [png, file] = ["a.png", "a.ondl"].map((name) => join(folder, name));
    await writeImage(png!, testPicture(90, 61, 3));
    const { out, err, code } = await ondelette(
      ...["image", "encode", png!, "-o", file!, "--json", ...options],
    );
    return { err, code, ...(code === 0 && JSON.parse(out)) };
  };

  test("a number of bytes, and bits per pixel, which it keeps to a byte", async () => {
    expect(await encode("--bytes", "700")).toMatchObject({ bytes: 700, lossless: false });
    expect(await encode("--bpp", "1.5")).toMatchObject({ bytes: Math.floor((1.5 * 90 * 61) / 8) });
  });

  test("a PSNR, which it reaches and hardly exceeds", async () => {
    const { psnr } = await encode("--psnr", "36");
    expect(psnr).toBeGreaterThanOrEqual(36);
    expect(psnr).toBeLessThan(36.3);
  });

  test("a quality or a finest threshold, of which smaller ones mean larger files", async () => {
    const bytes = async (...options: readonly string[]) => (await encode(...options)).bytes;
    expect(await bytes("--quality", "90")).toBeGreaterThan(await bytes("--quality", "50"));
    expect(await bytes("--finest", "0.01")).toBeGreaterThan(await bytes("--finest", "0.05"));
  });

  test.each([
    [
      ["--bytes", "700", "--psnr", "30"],
      "give one of --bytes and --psnr: each of them tells how good",
    ],
    [["--lossless", "--quality", "30"], "give one of --quality and --lossless: each"],
    [
      ["--bytes", "700", "--wavelet", "haar"],
      "--bytes is for the codec for photographs; with --wavelet give",
    ],
    [["--bytes", "64"], ""],
  ])("%j", async (options, sentence) => {
    const { code, err } = await encode(...options);
    expect(code).toBe(sentence === "" ? 0 : 2);
    expect(err).toContain(sentence);
  });
});

describe("lossless", () => {
  test("image encode and image decode give the very pixels back, of color and gray, in both wavelets", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    for (const [channels, ...more] of [[3], [3, "--wavelet", "haar"], [1]] as const) {
      const picture = testPicture(71, 45, channels);
      await writeImage(png!, picture);
      const args = ["image", "encode", png!, "-o", file!, "--lossless", ...more, "--json"];
      const figures = JSON.parse((await ondelette(...args)).out);
      expect(figures).toMatchObject({ lossless: true, psnr: null });
      expect(figures.bytes).toBeLessThan(picture.data.length);
      expect((await ondelette("image", "decode", file!, "-o", back!)).code).toBe(0);
      expect(await readImage(back!)).toEqual(picture);
    }
  });

  test("image decode --tokens gives a coarser picture of the same file", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    const picture = testPicture(64, 64, 1);
    await writeImage(png!, picture);
    await ondelette("image", "encode", png!, "-o", file!, "--lossless", "--wavelet", "bior2.2");
    await ondelette("image", "decode", file!, "-o", back!, "--tokens", "1500");
    const unit = (data: Uint8Array) => Float64Array.from(data, (x) => x / 255);
    const reached = psnr(unit(picture.data), unit((await readImage(back!)).data));
    expect(reached).toBeGreaterThan(15);
    expect(reached).toBeLessThan(40);
  });

  test("refuses what contradicts it, in words of the options", async () => {
    const folder = await temporaryFolder();
    const [png, file] = [join(folder, "a.png"), join(folder, "a.ondl")];
    await writeImage(png, testPicture(8, 8, 3));
    const encode = ["image", "encode", png, "-o", file, "--lossless"];
    const stats = ["image", "stats", "--data", folder];
    for (const [args, reason] of [
      [[...encode, "--finest", "1"], "give --lossless or --finest, not both"],
      [[...encode, "--wavelet", "bior4.4"], "--lossless needs --wavelet haar or bior2.2"],
      [[...encode, "--color", "gray"], "has colors, which --color gray would lose"],
      [[...stats, "--lossless", "--reading", "B"], "--lossless needs --reading A"],
      [[...stats, "--rivals"], "it needs --lossless"],
    ] as const) {
      const { code, err } = await ondelette(...args);
      expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
    }
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });

  test("image stats counts bits, where they go, and what other formats need", async () => {
    const folder = await temporaryFolder();
    await writeImage(join(folder, "a.png"), testPicture(20, 12, 3));
    await writeImage(join(folder, "b.png"), testPicture(20, 12, 1));
    const args = ["image", "stats", "--data", folder, "--lossless", "--rivals"];
    const figures = JSON.parse((await ondelette(...args, "--json")).out);
    expect(figures).toMatchObject({ images: 2, lossless: 2, psnr: { mean: null } });
    const { bitsPerDim, staticCoder, rivals } = figures;
    // Each image keeps its own channels.
    expect(bitsPerDim).toBeCloseTo(staticCoder.bits / (20 * 12 * 4), 9);
    for (const part of [staticCoder.byLevel, staticCoder.byPlane]) {
      const bits = Object.values<number>(part);
      expect(bits.reduce((sum, x) => sum + x, 0)).toBeCloseTo(staticCoder.bits, 6);
    }
    expect(rivals.files).toBe(2);
    for (const bytes of [rivals.png, rivals.webp]) expect(bytes).toBeGreaterThan(100);
    const { out } = await ondelette(...args);
    expect(out).toMatch(/static coder +\d\.\d{4} bits\/dim/);
    expect(out).toMatch(/WebP +\d+\.\d{4} bits\/dim/);
  });
});

describe("image encode", () => {
  test("names a pipe, a missing picture and a folder that it would write into, and writes nothing", async () => {
    const folder = await temporaryFolder();
    const output = join(folder, "a.ondl");
    const pipe = join(folder, "pipe.png");
    execFileSync("mkfifo", [pipe]);
    const refusals = [
      [pipe, "is a named pipe where a file is expected"],
      [join(folder, "no.png"), "does not exist"],
    ] as const;
    for (const [image, reason] of refusals) {
      const { code, err } = await ondelette("image", "encode", image, "-o", output);
      expect([code, err]).toEqual([2, `ondelette: ${image} ${reason}\n`]);
    }
    const { code, err } = await ondelette("image", "encode", folder, "-o", output);
    const sentence = `${output} lies inside ${folder}, which is read; name another output`;
    expect([code, err]).toEqual([2, `ondelette: ${sentence}\n`]);
    await expect(readFile(output)).rejects.toThrow("ENOENT");
  });

  test("says what it did to an animated picture, and keeps what is transparent", async () => {
    const folder = await temporaryFolder();
    const [image, output] = [join(folder, "a.gif"), join(folder, "a.ondl")];
    // Two frames of one transparent pixel each.
    const frame = "21f90405000000002c0000000001000100000202440100";
    const gif = `474946383961010001008000000000000000ff${frame}${frame}3b`;
    await writeFile(image, Buffer.from(gif, "hex"));
    const { code, err } = await ondelette("image", "encode", image, "-o", output);
    expect([code, err]).toEqual([0, `${image} has 2 frames or pages; the first is taken\n`]);
    const info = await ondelette("image", "info", output);
    expect(info.out).toContain("opacity of the picture");
  });

  test("says of a picture that comes back exactly that it is lossless", async () => {
    const folder = await temporaryFolder();
    const [png, output] = [join(folder, "a.png"), join(folder, "a.ondl")];
    await writeImage(png, { width: 1, height: 1, channels: 1, data: Uint8Array.of(0) });
    const args = ["image", "encode", png, "-o", output] as const;
    const { out } = await ondelette(...args, "--quality", "100", "--json");
    expect(JSON.parse(out)).toMatchObject({ lossless: true, psnr: null, tokens: null });
    expect((await ondelette(...args, "--wavelet", "haar")).out).toContain("lossless, 0 tokens");
  });

  test("carries a picture of 65,536 columns", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    const data = Uint8Array.from({ length: 3 * 65536 }, (_, i) => (i * 7) % 256);
    await writeImage(png!, { width: 65536, height: 3, channels: 1, data });
    await ondelette("image", "encode", png!, "-o", file!, "--wavelet", "haar", "--finest", "1");
    expect((await ondelette("image", "decode", file!, "-o", back!)).code).toBe(0);
    expect(await readImage(back!)).toMatchObject({ width: 65536, height: 3 });
  });

  test("and image decode never write over what they read", async () => {
    const folder = await temporaryFolder();
    const [png, soft] = [join(folder, "a.png"), join(folder, "soft.png")];
    await writeImage(png, testPicture(8, 8, 1));
    await symlink("a.png", soft);
    const before = await readFile(png);
    for (const command of ["encode", "decode"]) {
      for (const output of [png, soft]) {
        const { code, err } = await ondelette("image", command, png, "-o", output);
        expect([code, err]).toEqual([
          2,
          `ondelette: ${output} is the same as ${png}, which is read; name another output\n`,
        ]);
      }
    }
    expect(await readFile(png)).toEqual(before);
  });

  test("and image decode write a picture under a name that says what it is", async () => {
    const folder = await temporaryFolder();
    const [png, file, gif] = ["a.png", "a.ondl", "b.gif"].map((name) => join(folder, name));
    await writeImage(png!, testPicture(8, 8, 1));
    await ondelette("image", "encode", png!, "-o", file!);
    const { code, err } = await ondelette("image", "decode", file!, "-o", gif!);
    expect([code, err]).toEqual([
      2,
      `ondelette: ${gif} cannot be written: end its name in .png, .webp or .jpg, for a picture of that format\n`,
    ]);
  });
});

test("image stats leaves out damaged pictures with a notice, and --strict refuses them", async () => {
  const folder = await temporaryFolder();
  await writeImage(join(folder, "a.png"), testPicture(8, 8, 1));
  await writeFile(join(folder, "b.png"), "text");
  const lenient = await ondelette("image", "stats", "--data", folder, "--json");
  expect(JSON.parse(lenient.out).images).toBe(1);
  const reason = `${folder}/b.png is not a picture that can be read: unsupported image format`;
  expect(lenient.err).toContain(`${reason}; it is left out\n`);
  const strict = await ondelette("image", "stats", "--data", folder, "--strict");
  expect([strict.code, strict.out]).toEqual([2, ""]);
  expect(strict.err).toContain(`ondelette: ${reason}\n`);
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
  expect(Object.keys(all)).toEqual([
    "images",
    "tokens",
    "startingPlanes",
    "share",
    "psnr",
    "lossless",
  ]);
  expect(all.images).toBe(10);
  expect(all.tokens.mean).toBeCloseTo(all.tokens.sum / 10, 12);

  const some = await ondelette("image", "stats", "--data", folder, "--limit", "5", "--json");
  expect(JSON.parse(some.out).images).toBe(5);
  const trees = await ondelette("image", "stats", "--data", folder, "--language", "trees");
  expect(trees.out).toContain("ZeroTree");
});
