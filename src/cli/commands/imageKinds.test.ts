import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodePng } from "../../data/formats/png.ts";
import type { Picture } from "../../data/images/picture.ts";
import { readPicture } from "../../data/images/readPicture.ts";
import { photoPicture } from "../../image/compression/testing.ts";
import { ondelette } from "../testing.ts";

const [width, height] = [60, 40];
const color = photoPicture(width, height, 3, 3);
const gray = photoPicture(width, height, 1, 3);
const deep = (data: Uint8Array) => Uint16Array.from(data, (x, i) => 256 * x + ((37 * i) % 256));
const mask = Uint8Array.from({ length: width * height }, (_, i) =>
  Math.hypot((i % width) - 30, Math.floor(i / width) - 20) < 15 ? 255 - (i % 3) : 0,
);
const kinds: Readonly<Record<string, Picture>> = {
  "16-bit color": { ...color, data: deep(color.data) },
  "16-bit gray": { ...gray, data: deep(gray.data) },
  RGBA: { ...color, alpha: mask },
  "gray and alpha": { ...gray, alpha: mask },
  "16-bit RGBA": { ...color, data: deep(color.data), alpha: deep(mask), bits: 16 },
  "16-bit gray and alpha": { ...gray, data: deep(gray.data), alpha: deep(mask), bits: 16 },
};

/** Runs the command line, which must succeed. */
async function run(...args: readonly string[]) {
  const { code, out, err } = await ondelette(...args);
  expect({ args, code, err }).toEqual({ args, code: 0, err });
  return { out, err };
}

describe.each(Object.entries(kinds))("a PNG file of %s", (_, picture) => {
  test("comes back without any loss", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    await writeFile(png!, encodePng(picture));
    expect((await run("image", "encode", png!, "-o", file!, "--lossless")).err).toBe("");
    await run("image", "decode", file!, "-o", back!);
    expect(await readFile(back!)).toEqual(await readFile(png!));

    const { out } = await run("image", "info", file!, "--json");
    const isDeep = picture.data instanceof Uint16Array;
    const hasAlpha = picture.alpha !== undefined;
    expect(JSON.parse(out)).toMatchObject({ bits: isDeep ? 16 : 8, hasAlpha, lossless: true });
    const text = (await run("image", "info", file!)).out;
    expect(text.includes("of 16 bits")).toBe(isDeep);
    expect(text.includes("section A: opacity of the picture")).toBe(hasAlpha);
  });

  test("keeps its depth and its opacity when it is coded with loss", async () => {
    const folder = await temporaryFolder();
    const [png, file, back] = ["a.png", "a.ondl", "b.png"].map((name) => join(folder, name));
    await writeFile(png!, encodePng(picture));
    const encoded = await run("image", "encode", png!, "-o", file!, "--bytes", "1200", "--json");
    expect(JSON.parse(encoded.out)).toMatchObject({ bytes: 1200, lossless: false });
    await run("image", "decode", file!, "-o", back!);
    const { picture: read } = await readPicture(back!);
    expect(read.data.constructor).toBe(picture.data.constructor);
    expect(read.alpha).toEqual(picture.alpha);
  });
});

test("opacity that needs more bytes than are asked for is a clear error", async () => {
  const folder = await temporaryFolder();
  const [png, file] = ["a.png", "a.ondl"].map((name) => join(folder, name));
  await writeFile(png!, encodePng({ ...color, alpha: gray.data }));
  const { code, err } = await ondelette("image", "encode", png!, "-o", file!, "--bytes", "300");
  expect(code).toBe(2);
  expect(err).toMatch(/300 bytes are too few: the picture's opacity alone needs \d+/);
});

test("tokens keep eight bits on white, and say so", async () => {
  const folder = await temporaryFolder();
  const [png, file] = ["a.png", "a.ondl"].map((name) => join(folder, name));
  await writeFile(png!, encodePng(kinds["16-bit RGBA"]!));
  const { err } = await run("image", "encode", png!, "-o", file!, "--language", "blocks");
  expect(err).toContain("has 16 bits a sample, of which tokens keep 8");
  expect(err).toContain("transparent in places");
});

describe("a JPEG file with a profile, a camera's notes and an orientation", () => {
  async function photograph(folder: string, profile: "p3" | "srgb"): Promise<string> {
    const path = join(folder, `${profile}.jpg`);
    await sharp(color.data, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Copyright: "A photographer" } })
      .withIccProfile(profile)
      .jpeg({ quality: 95 })
      .toFile(path);
    return path;
  }
  const turned = { width: height, height: width };

  test("is turned upright and brought to sRGB, with a word", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "a.ondl");
    for (const profile of ["p3", "srgb"] as const) {
      const photo = await photograph(folder, profile);
      const { out, err } = await run("image", "encode", photo, "-o", file, "--lossless", "--json");
      expect(JSON.parse(out)).toMatchObject(turned);
      expect(err.includes("its colors are converted to sRGB")).toBe(profile === "p3");
      expect((await run("image", "info", file)).out).not.toContain("section i");
    }
    // Under the profile of sRGB itself no sample moves.
    const back = join(folder, "b.png");
    await run("image", "decode", file, "-o", back);
    const plain = await sharp(join(folder, "srgb.jpg"), { ignoreIcc: true })
      .autoOrient()
      .raw()
      .toBuffer();
    expect((await readPicture(back)).picture.data).toEqual(new Uint8Array(plain));
  });

  test.each(["png", "jpg", "webp"])("keeps both with --metadata, as .%s again", async (ending) => {
    const folder = await temporaryFolder();
    const [file, back] = ["a.ondl", `b.${ending}`].map((name) => join(folder, name));
    const photo = await photograph(folder, "p3");
    const { err } = await run("image", "encode", photo, "-o", file!, "--lossless", "--metadata");
    expect(err).toBe("");
    const { out } = await run("image", "info", file!);
    expect(out).toContain("section i: color profile");
    expect(out).toContain("section e: notes of a camera");

    await run("image", "decode", file!, "-o", back!);
    const [before, after] = [await sharp(photo).metadata(), await sharp(back!).metadata()];
    expect(after).toMatchObject({ ...turned, format: ending === "jpg" ? "jpeg" : ending });
    expect(after.icc).toEqual(before.icc);
    expect(after.exif?.includes("A photographer")).toBe(true);
    expect(after.orientation ?? 1).toBe(1);
    if (ending === "jpg") return;
    const samples = (path: string) =>
      sharp(path, { ignoreIcc: true }).autoOrient().raw().toBuffer();
    expect(await samples(back!)).toEqual(await samples(photo));
  });

  test.each([
    ["--size", "8"],
    ["--region", "0,0,8,8"],
  ])(
    "%s keeps the notes and the profile, of a file whose parts are read alone too",
    async (...part) => {
      const folder = await temporaryFolder();
      const [file, back] = ["a.ondl", "b.png"].map((name) => join(folder, name));
      const photo = await photograph(folder, "p3");
      for (const layout of [[], ["--order", "resolution", "--tiles", "64"]]) {
        await run("image", "encode", photo, "-o", file!, "--lossless", "--metadata", ...layout);
        await run("image", "decode", file!, "-o", back!, ...part);
        const { exif, icc } = await sharp(back!).metadata();
        expect(exif?.includes("A photographer")).toBe(true);
        expect(icc).toEqual((await sharp(photo).metadata()).icc);
      }
    },
  );
});

test("WebP and JPEG files are opaque or of eight bits, and that is said", async () => {
  const folder = await temporaryFolder();
  const [png, file, jpg, webp] = ["a.png", "a.ondl", "b.jpg", "b.webp"].map((name) =>
    join(folder, name),
  );
  const picture = kinds["16-bit RGBA"]!;
  await writeFile(png!, encodePng(picture));
  await run("image", "encode", png!, "-o", file!, "--lossless");
  const asJpeg = await run("image", "decode", file!, "-o", jpg!);
  expect(asJpeg.err).toContain("eight bits");
  expect(asJpeg.err).toContain("laid on white");
  expect((await run("image", "decode", file!, "-o", webp!)).err).toContain("eight bits");
  const { picture: read } = await readPicture(webp!);
  expect(read.alpha).toEqual(Uint8Array.from(picture.alpha!, (x) => Math.round(x / 257)));
});

test("--metadata is not for tokens", async () => {
  const folder = await temporaryFolder();
  const png = join(folder, "a.png");
  await writeFile(png, encodePng(gray));
  const args = ["image", "encode", png, "-o", join(folder, "a.ondl"), "--metadata"];
  const { code, err } = await ondelette(...args, "--language", "blocks");
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("--metadata") });
});
