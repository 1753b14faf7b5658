import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSections, writeSections } from "../../codec/file/sections.ts";
import { UserError } from "../../errors/userError.ts";
import { codeLosslessly } from "../compression/codePicture.ts";
import { crop, resized } from "../compression/layout/crop.ts";
import { laidOut } from "../compression/layout/encodeLaidOut.ts";
import type { Layout } from "../compression/layout/layout.ts";
import { type Aim, codeToAim } from "../compression/rate.ts";
import { photoPicture } from "../compression/testing.ts";
import { rasterPsnr } from "../psnr.ts";
import { decodePicture } from "./decodePicture.ts";
import { codeBytesOf, readPictureFile, readPictureHead, writePictureFile } from "./pictureFile.ts";

const layouts: readonly Layout[] = [
  { order: "quality", tileSide: undefined },
  { order: "resolution", tileSide: undefined },
  { order: "quality", tileSide: 64 },
  { order: "resolution", tileSide: 64 },
];
const others = layouts.slice(1);

const picture = photoPicture(150, 90, 3, 5);
const small = photoPicture(80, 66, 1, 5);
function fileOf(layout: Layout, aim: Aim | "lossless", raster = picture): Uint8Array {
  const encode = laidOut(layout);
  const coded =
    aim === "lossless" ? codeLosslessly(raster, encode) : codeToAim(raster, aim, encode);
  return writePictureFile(coded.head, coded.code);
}
const files = layouts.map((layout) => ({
  ...layout,
  lossy: fileOf(layout, { quality: 50 }),
  exact: fileOf(layout, "lossless"),
}));

describe("a file in any layout", () => {
  test.each(files)("gives back the picture: $order, tiles $tileSide", ({ lossy, exact }) => {
    expect(decodePicture(exact)).toEqual({ raster: picture, finished: true, missingBytes: 0 });
    const near = decodePicture(lossy);
    expect(near).toMatchObject({ finished: true, missingBytes: 0 });
    expect(rasterPsnr(picture, near.raster)).toBeGreaterThan(26);
  });

  test.each(layouts)("has a number of bytes: $order, tiles $tileSide", (layout) => {
    for (const bytes of [300, 701]) {
      const file = fileOf(layout, { bytes }, small);
      expect(file.length).toBe(bytes);
      expect(rasterPsnr(small, decodePicture(file).raster)).toBeGreaterThan(20);
    }
    expect(() => fileOf(layout, { bytes: 20 }, small)).toThrow("20 bytes are too few: the head");
  });

  test.each(layouts)("reaches a PSNR: $order, tiles $tileSide", (layout) => {
    const reached = rasterPsnr(small, decodePicture(fileOf(layout, { psnr: 32 }, small)).raster);
    expect(reached).toBeGreaterThanOrEqual(32);
    expect(reached).toBeLessThan(32.5);
  });

  test("says how many bytes of code a file of a size has", () => {
    for (const { lossy } of files) {
      const { head, code } = readPictureHead(lossy, "file");
      expect(codeBytesOf(head, lossy.length)).toBe(code?.content.length);
    }
  });

  test.each(files)(
    "that was cut short gives a picture or says why not: $order, tiles $tileSide",
    ({ lossy }) => {
      const whole = decodePicture(lossy).raster;
      const errors: number[] = [];
      for (let length = 0; length < lossy.length; length += length < 50 ? 1 : 211) {
        try {
          const { raster, missingBytes, finished } = decodePicture(lossy.subarray(0, length));
          expect({ ...raster, data: 0 }).toEqual({ ...whole, data: 0 });
          expect(missingBytes).toBeGreaterThan(0);
          if (finished) expect(lossy.length - length).toBeLessThan(40);
          errors.push(rasterPsnr(picture, raster));
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect(length).toBeLessThan(5 + 2 + 20 + 4);
        }
      }
      const nearlyAll = decodePicture(lossy.subarray(0, -5)).raster;
      expect(rasterPsnr(picture, nearlyAll)).toBeGreaterThan(errors[0]! + 6);
    },
  );
});

describe("a size", () => {
  test.each(files)(
    "is that of the longer side, and near to the picture made smaller: $order, tiles $tileSide",
    ({ lossy, exact }) => {
      for (const file of [lossy, exact])
        for (const size of [1, 20, 37, 75, 149, 150, 200]) {
          const { raster, finished } = decodePicture(file, { size });
          expect(finished).toBe(true);
          expect(Math.max(raster.width, raster.height)).toBe(size);
          expect(raster.height).toBe(Math.max(Math.round(0.6 * size), 1));
          if (size >= 20) expect(rasterPsnr(resized(picture, size), raster)).toBeGreaterThan(25);
        }
    },
  );

  test("is the same from the beginning that the order of resolution has for it", () => {
    for (const { lossy, exact, order, tileSide } of files) {
      if (order === "quality" || tileSide !== undefined) continue;
      for (const file of [lossy, exact]) {
        const { head, code } = readPictureHead(file, "file");
        const ends = head.layout!.parts[0]!.levelEnds;
        const start = file.length - 4 - code!.content.length;
        for (const [k, size] of [10, 19, 38, 75].entries()) {
          const level = head.levels - 4 + k;
          const beginning = file.subarray(0, start + ends[level]!);
          const small = decodePicture(beginning, { size });
          expect(small.finished).toBe(true);
          expect(small.raster).toEqual(decodePicture(file, { size }).raster);
          const less = decodePicture(beginning.subarray(0, -8), { size });
          expect(less.finished).toBe(false);
        }
      }
    }
  });

  test("in the order of quality is that of the other order, to a little", () => {
    const [byQuality, byResolution] = files;
    const small = (file: Uint8Array) => decodePicture(file, { size: 75 }).raster;
    expect(small(byQuality!.exact)).toEqual(small(byResolution!.exact));
    expect(rasterPsnr(small(byQuality!.lossy), small(byResolution!.lossy))).toBeGreaterThan(35);
  });

  test("may be of a region", () => {
    const region = { x: 33, y: 20, width: 80, height: 60 };
    const { raster } = decodePicture(files[0]!.exact, { region, size: 40 });
    expect(raster).toEqual(resized(crop(picture, region), 40));
  });
});

describe("a region", () => {
  test.each(files)(
    "is exactly what the whole picture shows there: $order, tiles $tileSide",
    ({ lossy }) => {
      const whole = decodePicture(lossy).raster;
      for (const region of [
        { x: 0, y: 0, width: 1, height: 1 },
        { x: 60, y: 60, width: 9, height: 7 },
        { x: 149, y: 89, width: 1, height: 1 },
        { x: 0, y: 0, width: 150, height: 90 },
      ])
        expect(decodePicture(lossy, { region }).raster).toEqual(crop(whole, region));
    },
  );

  test("that does not lie in the picture is refused", () => {
    const region = { x: 100, y: 0, width: 60, height: 10 };
    for (const { lossy } of files)
      expect(() => decodePicture(lossy, { region, name: "photo.ondl" })).toThrow(
        "photo.ondl has 150×90 pixels; a region of 60×10 at 100,0 does not lie within it",
      );
    for (const wrong of [{ x: -1 }, { x: 0.5 }, { width: 0 }, { height: Number.NaN }])
      expect(() =>
        decodePicture(files[0]!.lossy, { region: { ...region, x: 0, ...wrong } }),
      ).toThrow("does not lie within it");
  });

  test("or a size counts as many pixels as it needs", () => {
    const strip = photoPicture(700, 17, 1, 3);
    const file = fileOf({ order: "resolution", tileSide: 64 }, { quality: 50 }, strip);
    const limit = { mostPixels: 3 * 64 * 17 };
    expect(() => decodePicture(file, limit)).toThrow("at most 3264 are decoded");
    const region = { x: 350, y: 4, width: 10, height: 9 };
    expect(decodePicture(file, { ...limit, region }).raster.width).toBe(10);
    expect(decodePicture(file, { ...limit, size: 350 }).raster.width).toBe(350);
    expect(() => decodePicture(file, { ...limit, size: 700 })).toThrow("are decoded");
  });
});

describe("damage", () => {
  const strip = photoPicture(70, 9, 1, 4);
  test.each(others)("of any byte is told: $order, tiles $tileSide", (layout) => {
    const file = fileOf(layout, { quality: 30 }, strip);
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at]! ^= 0x55;
      let missing = 0;
      try {
        missing = readPictureFile(damaged, "photo.ondl").missingBytes;
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        continue;
      }
      if (missing === 0) expect(at).toBe("noticed");
    }
  });

  const changed = (file: Uint8Array, change: (table: Uint8Array) => Uint8Array) =>
    writeSections(
      readSections(file, "file").map(({ type, content }) => ({
        type,
        content: type === "T" ? change(content.slice()) : content,
      })),
    );
  test.each<[string, Layout, (table: Uint8Array) => Uint8Array]>([
    ["is too short", others[0]!, (table) => table.subarray(1)],
    ["is too long", others[1]!, (table) => Uint8Array.of(...table, 0)],
    ["begins above the picture", others[1]!, (table) => table.fill(26, 0, 1)],
    ["has levels that end before the coarser ones", others[0]!, (table) => table.fill(9, 0, 4)],
  ])("of a table that %s is refused", (_, layout, change) => {
    expect(() => decodePicture(changed(fileOf(layout, { quality: 30 }, strip), change))).toThrow(
      "the picture is damaged: the table of its code is impossible",
    );
  });

  test("of a tile's length is told where its code ends too early", () => {
    const file = changed(files[2]!.exact, (table) => table.fill(50, 1, 2).fill(0, 2, 5));
    expect(() => decodePicture(file)).toThrow("its code ends before its picture");
  });

  test("of the side of tiles is told", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (power) => {
        const sections = readSections(fileOf(others[1]!, { quality: 30 }, strip), "file");
        const file = writeSections(
          sections.map(({ type, content }) => ({
            type,
            content: type === "P" ? Uint8Array.of(...content.subarray(0, -1), power) : content,
          })),
        );
        if (power === 6) expect(decodePicture(file).finished).toBe(true);
        else expect(() => decodePicture(file)).toThrow(/is impossible|ends before/);
      }),
      { numRuns: 30 },
    );
  });
});
