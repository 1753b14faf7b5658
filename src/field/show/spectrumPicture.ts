import { blankRaster, type Raster } from "../../data/images/raster.ts";
import type { Spectrum } from "../signal/spectrum.ts";

/** How to draw a spectrum. */
export interface SpectrumView {
  /** Pixels along each side of a picture. */
  readonly side?: number;
  /** Dynamic range: from white at the greatest power to black. */
  readonly decibels?: number;
}

/**
 * A picture of log power with zero frequency in the middle: frequencies of the last axis run to the right, those of the axis
 * before it downwards, up to half a cycle per sample. It is square for signals of any shape, so that directions are true. Other
 * axes are summed over.
 */
export function spectrumPicture(
  { size, power }: Spectrum,
  { side = 512, decibels = 100 }: SpectrumView = {},
): Raster {
  const [height, width] = size.slice(-2);
  if (height === undefined || width === undefined) {
    throw new RangeError("spectrumPicture: a spectrum of one axis is drawn by spectrumChart");
  }
  const plane = new Float64Array(height * width);
  for (const [bin, own] of power.entries()) plane[bin % plane.length]! += own;
  const [rows, columns] = [binsOf(height, side), binsOf(width, side)];
  const shown = rows.flatMap((ys) =>
    columns.map((xs) => {
      let sum = 0;
      for (let y = ys.from; y < ys.to; y++) {
        for (let x = xs.from; x < xs.to; x++) sum += plane[y * width + x]!;
      }
      return sum / ((ys.to - ys.from) * (xs.to - xs.from));
    }),
  );
  const levels = decibelsBelow(shown, decibels);
  const picture = blankRaster(side, side, 1);
  levels.forEach((level, i) => {
    picture.data[i] = Math.round(255 * (1 + level / decibels));
  });
  return picture;
}

/** Powers in decibels relative to the greatest, limited to `-least`. */
export function decibelsBelow(powers: readonly number[], least: number): number[] {
  const most = powers.reduce((a, b) => Math.max(a, b), 0);
  return powers.map((power) =>
    power > 0 ? Math.max(-least, 10 * Math.log10(power / most)) : -least,
  );
}

/** Cuts `bins` into `parts` consecutive spans; with fewer bins than parts, spans share bins. */
export function binsOf(bins: number, parts: number): readonly { from: number; to: number }[] {
  return Array.from({ length: parts }, (_, i) => {
    const from = Math.floor((i * bins) / parts);
    return { from, to: Math.max(from + 1, Math.floor(((i + 1) * bins) / parts)) };
  });
}
