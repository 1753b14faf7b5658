import { describe, expect, test } from "vitest";
import { readPictureFile, writePictureFile } from "../file/pictureFile.ts";
import { rasterPsnr } from "../psnr.ts";
import type { CodedPicture } from "./codePicture.ts";
import { codeToAim, stepOfQuality } from "./rate.ts";
import { flatPicture, photoPicture } from "./testing.ts";

const color = photoPicture(80, 60, 3, 4);
const gray = photoPicture(61, 47, 1, 5);
const fileOf = ({ head, code }: CodedPicture) => writePictureFile(head, code);

describe("a picture of a number of bytes", () => {
  test.each([
    ["in color", color, [64, 171, 172, 173, 300, 700, 2000]],
    ["in gray", gray, [48, 64, 65, 66, 90, 160, 400, 900]],
  ] as const)("%s is a file of exactly so many, and better with more", (_, raster, sizes) => {
    let last = 0;
    for (const bytes of sizes) {
      const file = fileOf(codeToAim(raster, { bytes }));
      expect(file).toHaveLength(bytes);
      const decoded = readPictureFile(file, "the picture");
      expect(decoded.missingBytes).toBe(0);
      const reached = rasterPsnr(raster, decoded.raster);
      // Each size has a step of its own, found by trial: of some 30 bytes of code one more has cost 0.22 dB.
      expect(reached).toBeGreaterThan(last - (bytes < 100 ? 0.3 : 0.1));
      last = reached;
    }
    expect(last).toBeGreaterThan(30);
  });

  test("is smaller where the picture needs no more", () => {
    const file = fileOf(codeToAim(flatPicture(16, 16, [77]), { bytes: 5000 }));
    expect(file.length).toBeLessThan(60);
    expect(readPictureFile(file, "flat").raster).toEqual(flatPicture(16, 16, [77]));
  });

  test.each([1, 10, 25])("cannot be of %d", (bytes) => {
    expect(() => codeToAim(gray, { bytes })).toThrow(
      new RegExp(`^${bytes} bytes are too few: the head of the file alone needs \\d+$`),
    );
  });

  test("can be of the bytes that the message names, and not of one less", () => {
    for (const raster of [gray, color]) {
      const needed = Number(
        /needs (\d+)$/.exec(messageOf(() => codeToAim(raster, { bytes: 1 })))?.[1],
      );
      expect(fileOf(codeToAim(raster, { bytes: needed }))).toHaveLength(needed);
      expect(messageOf(() => codeToAim(raster, { bytes: needed - 1 }))).toContain("too few");
    }
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "no error";
}

describe("a picture of a PSNR", () => {
  test.each([22, 28, 34, 40, 46])("reaches %d dB, and hardly more", (psnr) => {
    const file = fileOf(codeToAim(color, { psnr }));
    const reached = rasterPsnr(color, readPictureFile(file, "the picture").raster);
    expect(reached).toBeGreaterThanOrEqual(psnr);
    // Few coefficients count in a picture so small, each of them much.
    expect(reached).toBeLessThan(psnr + 0.6);
  });

  test("is exact where no other one would be as good", () => {
    const small = photoPicture(20, 15, 3, 6);
    const file = fileOf(codeToAim(small, { psnr: 79.9 }));
    expect(readPictureFile(file, "the picture").raster).toEqual(small);
  });
});

describe("a quality", () => {
  test("halves the step by 10 more, and is kept by the file to the last bit", () => {
    for (const quality of [0, 37.5, 75, 100]) {
      const { coding } = codeToAim(gray, { quality }).head;
      expect(coding).toMatchObject({ type: "lossy", step: stepOfQuality(quality) });
      expect(stepOfQuality(quality)).toBe(Math.fround(stepOfQuality(quality)));
    }
    expect(stepOfQuality(75) / stepOfQuality(85)).toBeCloseTo(2, 6);
  });

  test("makes longer files the higher it is", () => {
    const lengths = [20, 50, 80, 95].map((quality) => fileOf(codeToAim(gray, { quality })).length);
    for (const [i, length] of lengths.slice(1).entries())
      expect(length).toBeGreaterThan(lengths[i]!);
  });
});
