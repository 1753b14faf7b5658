import { toRaster } from "../../src/data/images/picture.ts";
import { codeToAim } from "../../src/image/compression/rate.ts";
import { usualPixelsPerDegree } from "../../src/image/compression/sensitivity.ts";
import { readPictureFile, writePictureFile } from "../../src/image/file/pictureFile.ts";
import { msSsim } from "../../src/image/msSsim.ts";
import { rasterPsnr } from "./psnr.ts";
import { mean, signed, tableOf } from "./table.ts";
import type { Picture } from "./trials.ts";

/** What a picture of a number of bytes is like. */
export interface Seen {
  readonly picture: string;
  readonly bpp: number;
  readonly perceptual: boolean;
  readonly psnr: number;
  /** Structural similarity of the brightness in five scales. */
  readonly msSsim: number;
}

/** Each picture at each rate, without and with `--perceptual`. */
export function comparePerceptual(
  pictures: readonly Picture[],
  rates: readonly number[],
  report: (sentence: string) => void,
): Seen[] {
  const all: Seen[] = [];
  for (const { name, raster } of pictures)
    for (const bpp of rates)
      for (const perceptual of [false, true]) {
        const bytes = Math.floor((raster.width * raster.height * bpp) / 8);
        const pixels = perceptual ? usualPixelsPerDegree : undefined;
        const { head, code } = codeToAim(raster, { bytes }, undefined, pixels);
        const decoded = toRaster(readPictureFile(writePictureFile(head, code), name).raster);
        const seen = { psnr: rasterPsnr(raster, decoded), msSsim: msSsim(raster, decoded) };
        all.push({ picture: name, bpp, perceptual, ...seen });
        report(
          `${name} at ${bpp} bpp${perceptual ? ", perceptual" : ""}: ${seen.psnr.toFixed(2)} dB, MS-SSIM ${seen.msSsim.toFixed(4)}`,
        );
      }
  return all;
}

/** Means of all pictures at each rate, and how many of them have a better MS-SSIM with `--perceptual`. */
export function perceptualTable(all: readonly Seen[], rates: readonly number[]): string {
  const of = (bpp: number, perceptual: boolean, figure: "psnr" | "msSsim") =>
    all.filter((one) => one.bpp === bpp && one.perceptual === perceptual).map((one) => one[figure]);
  const rows = rates.map((bpp) => {
    const [plain, seen] = [of(bpp, false, "msSsim"), of(bpp, true, "msSsim")];
    const [psnr, psnrSeen] = [mean(of(bpp, false, "psnr")), mean(of(bpp, true, "psnr"))];
    const better = seen.filter((one, i) => one > plain[i]!).length;
    return [
      ...[String(bpp), mean(plain).toFixed(4), mean(seen).toFixed(4)],
      signed(mean(seen.map(inDecibels)) - mean(plain.map(inDecibels))),
      ...[`${better} of ${seen.length}`, psnr.toFixed(2), psnrSeen.toFixed(2)],
      signed(psnrSeen - psnr),
    ];
  });
  return tableOf([
    ["bpp", "MS-SSIM", "perceptual", "dB", "better", "PSNR", "perceptual", "dB"],
    ...rows,
  ]);
}

/** What lacks to 1, in dB, in which codecs are usually compared. */
const inDecibels = (similarity: number): number => -10 * Math.log10(1 - similarity);
