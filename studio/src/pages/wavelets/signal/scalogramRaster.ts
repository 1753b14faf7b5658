import type { Raster } from "ondelette/data";
import { glow, paint } from "../../../shared/colorMaps.ts";
import type { Scalogram } from "./analysis.ts";

/** A scalogram in colors, from the largest modulus down to `range` decibels below it. */
export function scalogramRaster({ columns, modulus, largest }: Scalogram, range: number): Raster {
  const data = new Uint8Array(3 * modulus.length);
  const floor = largest * 10 ** (-range / 20);
  for (let i = 0; i < modulus.length; i++) {
    const share = modulus[i]! <= floor ? 0 : 1 + (20 / range) * Math.log10(modulus[i]! / largest);
    paint(data, i, glow, share);
  }
  return { width: columns, height: modulus.length / columns, channels: 3, data };
}
