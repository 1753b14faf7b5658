import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Picture, Samples } from "../../data/images/picture.ts";
import { createRandom } from "../../data/random/random.ts";
import { photoPicture } from "../compression/testing.ts";
import { rasterPsnr } from "../psnr.ts";
import { decodePicture, pictureInfo } from "./decodePicture.ts";
import { describeFile } from "./describeFile.ts";
import { encodePicture, encodePictureLosslessly } from "./encodePicture.ts";

/** Pictures of all sizes, depths and channels, opaque or not. */
const anyPicture: fc.Arbitrary<Picture> = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 30 }),
    channels: fc.constantFrom<1 | 3>(1, 3),
    bits: fc.constantFrom(8, 8, 9, 10, 12, 16),
    alpha: fc.constantFrom("none", "mask", "smooth"),
    content: fc.constantFrom("photograph", "noise", "8 bits in 16", "10 bits on top"),
    seed: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ alpha: opacity, content, ...rest }) => {
    const { width, height, channels, bits, seed } = rest;
    const random = createRandom(seed);
    const white = 2 ** bits - 1;
    const photo = photoPicture(width, height, channels, seed).data;
    const samplesOf = (values: ArrayLike<number>, toSample: (x: number) => number): Samples =>
      bits === 8 ? Uint8Array.from(values, toSample) : Uint16Array.from(values, toSample);
    const data = samplesOf(photo, (x) => {
      if (content === "noise") return Math.floor((white + 1) * random.uniform());
      if (bits === 16 && content === "8 bits in 16") return 257 * x;
      if (bits === 16 && content === "10 bits on top") return 256 * x + 64 * (x & 3);
      return Math.min(Math.floor((white / 255) * x + 3 * random.uniform()), white);
    });
    const alpha =
      opacity !== "none" &&
      samplesOf(photoPicture(width, height, 1, seed + 1).data, (x) =>
        opacity === "mask" ? (x > 120 ? white : 0) : Math.floor((white / 255) * x),
      );
    const depth = bits === 8 ? {} : { bits };
    return { width, height, channels, data, ...depth, ...(alpha && { alpha }) };
  });

/** The same without what an opaque picture need not say. */
const same = ({ width, height, channels, data, bits, alpha }: Picture) => {
  const depth = data instanceof Uint8Array ? {} : { bits };
  return { width, height, channels, data, ...depth, ...(alpha && { alpha }) };
};

describe("a picture of any depth, opaque or not", () => {
  test("comes back exactly from a lossless file", () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { file } = encodePictureLosslessly(picture);
        const { raster, finished } = decodePicture(file);
        expect(finished).toBe(true);
        expect(same(raster)).toEqual(picture);
        expect(pictureInfo(file)?.bits).toBeLessThanOrEqual(picture.bits ?? 8);
      }),
      { numRuns: 25 },
    );
  });

  test("has exactly its opacity in a lossy file, and nearly its visible colors", () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { raster } = decodePicture(encodePicture(picture, { quality: 90 }).file);
        expect(raster.alpha).toEqual(picture.alpha);
        expect(rasterPsnr(picture, raster)).toBeGreaterThan(30);
      }),
      { numRuns: 15 },
    );
  });

  test("fits a number of bytes exactly, or the error tells what its opacity needs", () => {
    fc.assert(
      fc.property(anyPicture, fc.integer({ min: 60, max: 900 }), (picture, bytes) => {
        try {
          const { file } = encodePicture(picture, { bytes });
          expect(file.length).toBeLessThanOrEqual(bytes);
          if (file.length < bytes)
            expect(rasterPsnr(picture, decodePicture(file).raster)).toBeGreaterThan(45);
        } catch (error) {
          const [, needed] = /opacity alone needs (\d+)/.exec(`${error}`) ?? [];
          if (needed === undefined) throw error;
          expect(Number(needed)).toBeGreaterThan(bytes - 64);
        }
      }),
      { numRuns: 15 },
    );
  });

  test("decodes from every beginning that contains its head", () => {
    fc.assert(
      fc.property(anyPicture, fc.double({ min: 0, max: 1, noNaN: true }), (picture, part) => {
        const { file } = encodePictureLosslessly(picture);
        const length = Math.max(Math.floor(part * file.length), 24);
        const { raster, finished, missingBytes } = decodePicture(file.subarray(0, length));
        expect(missingBytes).toBe(file.length - length > 4 ? missingBytes : file.length - length);
        expect(finished).toBe(file.length - length <= 4);
        expect(raster.data.constructor).toBe(picture.data.constructor);
        expect(raster.data.length).toBe(picture.data.length);
        if (raster.alpha) expect(raster.alpha.length).toBe(picture.width * picture.height);
      }),
      { numRuns: 25 },
    );
  });
});

test("plain TypeScript makes the same files as WebAssembly", async () => {
  const pictures = fc.sample(anyPicture, { numRuns: 4, seed: 5 });
  const filesOf = (codec: {
    readonly encodePicture: typeof encodePicture;
    readonly encodePictureLosslessly: typeof encodePictureLosslessly;
  }) =>
    pictures.flatMap((picture) => [
      codec.encodePicture(picture, { quality: 70 }).file,
      codec.encodePictureLosslessly(picture).file,
    ]);
  const files = filesOf({ encodePicture, encodePictureLosslessly });
  const decoded = files.map((file) => decodePicture(file).raster);
  vi.resetModules();
  vi.stubGlobal("WebAssembly", undefined);
  try {
    expect(filesOf(await import("./encodePicture.ts"))).toEqual(files);
    const plain = await import("./decodePicture.ts");
    expect(files.map((file) => plain.decodePicture(file).raster)).toEqual(decoded);
  } finally {
    vi.unstubAllGlobals();
    vi.resetModules();
  }
});

test("samples of 16 bits that have only 8 or 10 cost what these cost", () => {
  const photo = photoPicture(64, 48, 1, 3);
  const lengthOf = (of: (x: number) => number) =>
    encodePictureLosslessly({ ...photo, data: Uint16Array.from(photo.data, of) }).file.length;
  const eight = encodePictureLosslessly(photo).file.length;
  expect(lengthOf((x) => 257 * x)).toBe(eight + 1);
  expect(lengthOf((x) => 256 * x)).toBe(eight + 1);
  const ten = lengthOf((x) => 4 * x + (x & 3));
  expect(lengthOf((x) => 64 * (4 * x + (x & 3)))).toBe(ten);
  expect(lengthOf((x) => 256 * x + ((x * 77) % 256))).toBeGreaterThan(ten);
});

test("quality and PSNR mean the same at every depth", () => {
  const photo = photoPicture(96, 64, 3, 5);
  const deep: Picture = {
    ...photo,
    data: Uint16Array.from(photo.data, (x, i) => 257 * x + (i % 3)),
  };
  const reached = (picture: Picture, quality: number) =>
    rasterPsnr(picture, decodePicture(encodePicture(picture, { quality }).file).raster);
  for (const quality of [40, 80])
    expect(Math.abs(reached(photo, quality) - reached(deep, quality))).toBeLessThan(0.3);
  const { file } = encodePicture(deep, { psnr: 62 });
  const psnr = rasterPsnr(deep, decodePicture(file).raster);
  expect(psnr).toBeGreaterThan(62);
  expect(psnr).toBeLessThan(64);
});

test("a drawing is coded exactly where that is not longer, whatever is asked for", () => {
  const data = Uint8Array.from({ length: 96 * 64 }, (_, i) =>
    Math.hypot((i % 96) - 48, Math.floor(i / 96) - 32) < 20 ? 200 : 30 * ((i >> 4) % 2),
  );
  const drawing: Picture = { width: 96, height: 64, channels: 1, data };
  const exact = encodePictureLosslessly(drawing).file;
  for (const aim of [{ quality: 95 }, { bytes: 2000 }, { psnr: 50 }]) {
    const { file, step } = encodePicture(drawing, aim);
    expect({ aim, step, same: Buffer.compare(file, exact) }).toEqual({ aim, step: 0, same: 0 });
  }
  expect(encodePicture(drawing, { bytes: 60 }).file).toHaveLength(60);
});

test("colors that nobody sees cost little", () => {
  const photo = photoPicture(96, 64, 3, 5);
  const { width, height } = photo;
  const isSeen = (i: number) => Math.hypot((i % width) - 48, Math.floor(i / width) - 32) < 20;
  const alpha = Uint8Array.from({ length: width * height }, (_, i) => (isSeen(i) ? 255 : 0));
  const noise = createRandom(1);
  const hidden = photo.data.map((x, i) =>
    isSeen(Math.floor(i / 3)) ? x : Math.floor(256 * noise.uniform()),
  );
  const lengthOf = (picture: Picture) =>
    describeFile(encodePicture(picture, { quality: 90 }).file, "a file").codeBytes;
  const bytes = lengthOf({ ...photo, data: hidden, alpha });
  expect(bytes).toBe(lengthOf({ ...photo, alpha }));
  expect(bytes).toBeLessThan(0.5 * lengthOf(photo));
});

test.each([
  [{ data: new Uint16Array(4), bits: 17 }, "have 1 to 16 bits, not 17"],
  [{ data: Uint16Array.of(1, 2, 3, 4), bits: 2 }, "a sample of 4 needs more than 2 bits"],
  [{ data: new Uint8Array(4), bits: 10 }, "samples of a Uint8Array have 8 bits, not 10"],
  [{ data: new Uint8Array(4), alpha: new Uint8Array(3) }, "4 samples of alpha, not 3"],
  [{ data: new Uint8Array(4), alpha: new Uint16Array(4) }, "samples of the same type"],
])("samples that are no picture are refused", (samples, message) => {
  const picture = { width: 2, height: 2, channels: 1, ...samples } as const;
  for (const encode of [
    () => encodePicture(picture, { quality: 50 }),
    () => encodePictureLosslessly(picture),
  ])
    expect(encode).toThrow(message);
});

test.each(["quality", "resolution"] as const)(
  "a smaller picture, of a file in the order of %s, has no rim of colors that nobody sees",
  (order) => {
    const [width, height] = [64, 64];
    const alpha = Uint8Array.from({ length: width * height }, (_, i) =>
      Math.hypot((i % width) - 32, Math.floor(i / width) - 32) < 20.3 ? 255 : 0,
    );
    const data = Uint8Array.from({ length: 3 * width * height }, (_, i) =>
      alpha[Math.floor(i / 3)] === 0 ? 0 : [250, 200, 10][i % 3]!,
    );
    const { file } = encodePictureLosslessly(
      { width, height, channels: 3, data, alpha },
      { order },
    );
    const { raster } = decodePicture(file, { size: 16 });
    const rim = [...(raster.alpha ?? [])].flatMap((x, i) => (x > 0 && x < 255 ? [i] : []));
    expect(rim.length).toBeGreaterThan(10);
    for (const i of rim)
      expect([...raster.data.subarray(3 * i, 3 * i + 3)]).toEqual([250, 200, 10]);
  },
);
