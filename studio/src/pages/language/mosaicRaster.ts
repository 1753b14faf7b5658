import type { Raster } from "ondelette/data";

/** Values of one channel to be shown, with the planes that their magnitudes lie between. */
export interface Shown {
  readonly values: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly startingPlane: number;
  readonly finestPlane: number;
}

const dark = [16, 19, 22] as const;
const positive = [255, 170, 96] as const;
const negative = [88, 208, 204] as const;

/**
 * Coefficients as a picture: dark where nothing is known, else warm where positive and cool where negative, brighter by the
 * logarithm of their magnitude.
 */
export function mosaicRaster({ values, width, height, startingPlane, finestPlane }: Shown): Raster {
  const data = new Uint8Array(3 * width * height);
  const planes = Math.max(1, startingPlane - finestPlane + 1);
  for (let i = 0; i < width * height; i++) {
    const value = values[i]!;
    const color = value > 0 ? positive : negative;
    const plane = value === 0 ? 0 : (Math.log2(Math.abs(value)) - finestPlane) / planes;
    const light = value === 0 ? 0 : 0.3 + 0.7 * Math.max(0, Math.min(1, plane));
    for (let c = 0; c < 3; c++)
      data[3 * i + c] = Math.round(dark[c]! + light * (color[c]! - dark[c]!));
  }
  return { width, height, channels: 3, data };
}
