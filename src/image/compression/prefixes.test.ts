import { expect, test } from "vitest";
import { readPictureFile, writePictureFile } from "../file/pictureFile.ts";
import { rasterPsnr } from "../psnr.ts";
import { codeLosslessly } from "./codePicture.ts";
import { codeToAim } from "./rate.ts";
import { photoPicture } from "./testing.ts";

/** Sizes of all shapes. */
const sizes = [
  ...[
    [1, 1],
    [2, 1],
    [1, 3],
    [3, 3],
    [4, 4],
    [5, 7],
    [8, 8],
    [9, 16],
  ],
  ...[
    [16, 15],
    [17, 17],
    [1, 64],
    [64, 1],
    [2, 50],
    [33, 20],
    [32, 32],
    [31, 45],
  ],
  ...[
    [40, 30],
    [48, 48],
    [50, 21],
    [64, 40],
    [63, 65],
    [80, 60],
    [96, 64],
    [100, 75],
  ],
] as const;
// A page has no process.
const isThorough = globalThis.process?.env.ONDELETTE_TEST_ALL === "1";
/** Beginnings of each file, whose bytes grow by about the same factor; many with ONDELETTE_TEST_ALL=1. */
const beginnings = isThorough ? 60 : 7;

/** dB by which a picture may become worse as bytes arrive. */
const tolerance = 0.1;

test.each(sizes.map(([width, height], i) => ({ width, height, seed: i + 1 })))(
  "$width×$height: a picture gets no worse as its bytes arrive",
  ({ width, height, seed }) => {
    const picture = photoPicture(width!, height!, seed % 3 === 0 ? 1 : 3, seed);
    const coded = seed % 2 === 0 ? codeLosslessly(picture) : codeToAim(picture, { quality: 92 });
    const file = writePictureFile(coded.head, coded.code);
    const first = file.length - coded.code.length - 4;
    let best = 0;
    for (let i = 0; i <= beginnings; i++) {
      const length =
        first + Math.ceil(coded.code.length ** (i / beginnings)) + (i === beginnings ? 4 : -1);
      const { raster, missingBytes } = readPictureFile(file.subarray(0, length), "file");
      expect(missingBytes).toBe(file.length - length);
      const reached = rasterPsnr(picture, raster);
      expect(reached).toBeGreaterThan(best - tolerance);
      best = Math.max(best, reached);
    }
    expect(best).toBeGreaterThan(seed % 2 === 0 ? 1e9 : 33);
  },
);
