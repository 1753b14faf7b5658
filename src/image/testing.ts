import fc from "fast-check";
import { vocabularies } from "../codec/tokens.ts";
import type { Raster } from "../data/raster.ts";
import { waveletNames } from "../wavelets/wavelet.ts";
import type { ImageLanguageOptions } from "./language.ts";

/** A picture with edges, a gradient and some noise, the same for the same arguments. */
export function testPicture(width: number, height: number, channels: 1 | 3): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / (channels * width));
    const disc = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (Math.min(width, height) / 3) ** 2;
    const noise = Math.imul(i + 1, 0x9e3779b1) >>> 28;
    data[i] = (disc ? 180 : 40) + ((x + y * (i % channels)) % 48) + noise;
  }
  return { width, height, channels, data };
}

/** Pictures of one pixel up to `side` pixels a side. */
export function anyPicture(side: number): fc.Arbitrary<Raster> {
  const length = fc.integer({ min: 1, max: side });
  return fc
    .tuple(length, length, fc.constantFrom<1 | 3>(1, 3))
    .map(([width, height, channels]) => testPicture(width, height, channels));
}

/** Every combination of wavelet, vocabulary, reading, colour and padding. */
export const anyOptions: fc.Arbitrary<ImageLanguageOptions> = fc.record({
  wavelet: fc.constantFrom(...waveletNames),
  finest: fc.constantFrom(0.25, 0.125, 0.0625),
  vocabulary: fc.constantFrom(...vocabularies),
  reading: fc.constantFrom("A", "B"),
  colour: fc.constantFrom("gray", "ycbcr"),
  padding: fc.constantFrom("zero", "edge"),
});
