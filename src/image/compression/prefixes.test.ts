import { expect, test } from "vitest";
import { readPictureFile, writePictureFile } from "../file/pictureFile.ts";
import { rasterPsnr } from "../psnr.ts";
import { codeLosslessly } from "./codePicture.ts";
import { codeToAim } from "./rate.ts";
import { photoPicture } from "./testing.ts";

// A page has no process.
const isThorough = globalThis.process?.env.ONDELETTE_TEST_ALL === "1";

/** Sizes of all shapes. */
const small = [
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
  ],
];
const large = [
  ...[
    [31, 45],
    [40, 30],
    [48, 48],
    [50, 24],
    [64, 40],
    [63, 65],
    [80, 60],
    [96, 64],
    [100, 75],
  ],
];
const larger = [
  ...[
    [77, 77],
    [65, 129],
    [130, 70],
    [120, 90],
    [37, 300],
    [128, 128],
    [150, 100],
    [200, 60],
  ],
  ...[
    [255, 64],
    [160, 120],
    [90, 200],
    [180, 180],
    [257, 129],
    [240, 160],
    [300, 200],
  ],
];
const sizes = [...small, ...large, ...(isThorough ? larger : [])];

/** Beginnings of each file, whose bytes grow by about the same factor; many with ONDELETTE_TEST_ALL=1. */
const beginnings = isThorough ? 30 : 7;

/**
 * dB by which a picture may become worse as bytes arrive. A bit can move a coefficient away from its value, and where few coefficients
 * are known each counts: measured were falls of 0.48 dB in pictures of few pixels, and of 0.16 dB at 14 bytes of a large one's code.
 */
const toleranceOf = (pixels: number, bytesOfCode: number) =>
  pixels < 1100 || bytesOfCode < 20 ? 0.6 : 0.1;

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
      expect(reached).toBeGreaterThan(best - toleranceOf(width! * height!, length - first));
      best = Math.max(best, reached);
    }
    expect(best).toBeGreaterThan(seed % 2 === 0 ? 1e9 : 33);
  },
);
