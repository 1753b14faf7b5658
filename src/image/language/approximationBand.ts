import { channelSize } from "../../codec/walk/geometry.ts";
import type { Matrix } from "../../wavelets/arrays/matrix.ts";
import { unpack } from "../../wavelets/discrete/bands/mosaic.ts";
import { waverec2 } from "../../wavelets/discrete/wavedec2.ts";
import { readBands, unitPlane } from "./integerBands.ts";
import type { ImageLanguage } from "./language.ts";

/**
 * The approximation band beside the details of `level` (1 … levels), of the coefficients known so far: a small picture of the
 * whole image, as coefficients; see `ImageLanguage.walls`. In a lossless language it has ⌈N / 2^steps⌉ rows and columns.
 */
export function approximationBand(
  language: ImageLanguage,
  approximation: Float64Array,
  channel: number,
  level: number,
): Matrix<Float64Array> {
  const { lossless, tokens, wavelet } = language;
  const { geometry } = tokens;
  const steps = geometry.levels - level + 1;
  if (lossless) {
    const { height, width, data } = readBands(approximation, channel, steps, lossless, tokens);
    const unit = 2 ** unitPlane(steps)({ channel, level: 0, band: 0 });
    return { height, width, data: new Float64Array(data).map((n) => n * unit) };
  }
  const height = geometry.height / 2 ** steps;
  const width = geometry.width / 2 ** steps;
  const base = channel * channelSize(geometry);
  const data = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    const start = base + row * geometry.width;
    data.set(approximation.subarray(start, start + width), row * width);
  }
  const options = { levels: level - 1, mode: "periodization", wavelet } as const;
  return waverec2(unpack<Float64Array>({ height, width, data }, options));
}
