import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeSections } from "../../codec/file/sections.ts";
import { flatPicture, photoPicture } from "../compression/testing.ts";
import { rasterPsnr } from "../psnr.ts";
import { decodePicture } from "./decodePicture.ts";
import { decodeSet } from "./decodeSet.ts";
import { encodePicture, encodePictureLosslessly } from "./encodePicture.ts";
import { encodeSet } from "./encodeSet.ts";
import { decodeNames, encodeNames, isPictureName } from "./names.ts";

const rasters = [
  photoPicture(20, 17, 3),
  photoPicture(9, 30, 1),
  flatPicture(12, 9, [3, 200, 90]),
  photoPicture(1, 1, 3),
  photoPicture(20, 17, 3),
];
const named = rasters.map((raster, i) => ({ raster, name: `some/picture ${i}` }));
const lossless = { lossless: true } as const;
const exact = encodeSet(named, lossless).file;
const all = (bytes: Uint8Array) => [...decodeSet(bytes).pictures];

describe("a set", () => {
  test("gives back pictures of all sizes and kinds, and their names, in order", () => {
    expect(all(exact)).toEqual(named);
    expect(decodeSet(exact)).toMatchObject({ count: 5, missingBytes: 0 });
    expect(
      all(
        encodeSet(
          rasters.map((raster) => ({ raster })),
          lossless,
        ).file,
      ),
    ).toEqual(rasters.map((raster) => ({ raster, name: undefined })));
    expect(all(encodeSet([], lossless).file)).toEqual([]);
  });

  test("costs less than files of their own, exact or not, and is as good", () => {
    const many = Array.from({ length: 12 }, (_, i) => ({
      raster: photoPicture(16, 12 + (i % 3), 3),
    }));
    const sum = (of: (picture: (typeof many)[number]) => number) =>
      many.reduce((total, picture) => total + of(picture), 0);
    const alone = sum(({ raster }) => encodePictureLosslessly(raster).file.length);
    expect(encodeSet(many, lossless).file.length).toBeLessThan(0.8 * alone);
    const fine = encodeSet(many, { quality: 90 }).file;
    const files = many.map(({ raster }) => encodePicture(raster, { quality: 90 }).file);
    expect(fine.length).toBeLessThan(0.85 * files.reduce((total, { length }) => total + length, 0));
    for (const [i, { raster }] of all(fine).entries()) {
      const own = rasterPsnr(many[i]!.raster, decodePicture(files[i]!).raster);
      expect(rasterPsnr(many[i]!.raster, raster)).toBeGreaterThan(own - 1.5);
    }
  });

  test("that was cut short gives the pictures that are whole", () => {
    let before = 0;
    for (let length = exact.length - 250; length < exact.length; length += 31) {
      const { count, missingBytes, pictures } = decodeSet(exact.subarray(0, length));
      expect([count, missingBytes]).toEqual([5, exact.length - length]);
      const found = [...pictures];
      expect(found).toEqual(named.slice(0, found.length));
      expect(found.length).toBeGreaterThanOrEqual(before);
      before = found.length;
    }
    expect(before).toBeGreaterThan(2);
  });

  test("that is damaged says so", () => {
    fc.assert(
      fc.property(fc.nat(exact.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = exact.map((byte, i) => (i === at ? byte ^ flip : byte));
        try {
          const { missingBytes } = decodeSet(damaged, { mostPixels: 2 ** 12 });
          expect(missingBytes).toBeGreaterThan(0); // a length that is damaged
        } catch (error) {
          expect(error).toHaveProperty("name", "UserError");
        }
      }),
    );
  });

  test("is no picture, and a picture is no set", () => {
    expect(() => decodePicture(exact)).toThrow(/^the picture is a set of pictures/);
    const { file } = encodePictureLosslessly(rasters[0]!);
    expect(() => decodeSet(file)).toThrow(/^the set is not a set/);
  });

  test("has names for all or none, no two alike, and none that leads elsewhere", () => {
    const [one, other] = named;
    const set =
      (...names: (string | undefined)[]) =>
      () =>
        encodeSet(
          names.map((name) => ({ raster: rasters[0]!, ...(name !== undefined && { name }) })),
          lossless,
        );
    expect(set(one!.name, undefined)).toThrow(/all pictures of a set have a name, or none/);
    expect(set(one!.name, other!.name, one!.name)).toThrow(/two pictures.*"some\/picture 0"/);
    for (const name of ["", "../up", "/etc/passwd", "a//b", "a\\b", "a\0b", ".", "x".repeat(1025)])
      expect(set(name)).toThrow(/cannot have the name/);
  });
});

describe("names", () => {
  test("come back, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1 }).filter(isPictureName)),
        (names) => {
          expect(decodeNames(encodeNames(names), names.length, "f")).toEqual(names);
        },
      ),
    );
  });

  test("that count cost almost nothing", () => {
    const names = Array.from({ length: 1000 }, (_, i) => `img_${`${i}`.padStart(6, "0")}`);
    expect(encodeNames(names).length).toBeLessThan(60);
  });
});

test("a few bytes do not ask for the memory of millions of pictures", () => {
  const head = Uint8Array.of(1, 0, 255, 0, 0, 0, 0); // lossless, gray, 1×1
  const setOf = (...count: readonly number[]) =>
    writeSections([
      { type: "S", content: Uint8Array.of(...count, head.length, ...head) },
      { type: "C", content: new Uint8Array(0) },
    ]);
  expect(decodeSet(setOf(128, 128, 64)).count).toBe(2 ** 20);
  expect(() => decodeSet(setOf(129, 128, 64))).toThrow("more pictures than a file can have");
});
