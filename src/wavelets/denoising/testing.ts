import type { Matrix } from "../arrays/matrix.ts";
import { gaussianNoise } from "../threshold/testing.ts";

/** A disc of stripes on a slope: edges in all directions, texture, and flat parts. From 20 to 235. */
export function testPicture(height: number, width: number): Matrix<Float64Array> {
  const data = Float64Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width) / height - 0.5, (i % width) / width - 0.5];
    const stripes = Math.hypot(y, x) < 0.3 ? 60 * Math.sin(40 * x + 90 * y) : 0;
    return Math.min(235, Math.max(20, 110 + 150 * x + stripes + (y > 0.38 ? -90 : 0)));
  });
  return { height, width, data };
}

/** Colors of a gray picture: tinted, more so where it is bright. */
export const tinted = (gray: Matrix<Float64Array>): Matrix<Float64Array>[] =>
  [1, 0.8, 0.5].map((part) => ({ ...gray, data: gray.data.map((x) => 20 + part * (x - 20)) }));

/** Channels with noise of standard deviation `sigma`, another in each. */
export function withNoise(channels: readonly Matrix<Float64Array>[], sigma: number) {
  const samples = channels[0]!.data.length;
  const noise = gaussianNoise(samples * channels.length);
  return channels.map(({ data, ...size }, c) => ({
    ...size,
    data: data.map((x, i) => x + sigma * noise[c * samples + i]!),
  }));
}

/** Samples as a picture of eight bits has them: rounded, and clipped to 0 … 255. */
export const inEightBits = (channels: readonly Matrix<Float64Array>[]) =>
  channels.map(({ data, ...size }) => ({
    ...size,
    data: data.map((x) => Math.min(255, Math.max(0, Math.round(x)))),
  }));

/** Peak signal-to-noise ratio in dB, of a peak of 255, over all channels. */
export function psnr(channels: readonly Matrix[], truth: readonly Matrix[]): number {
  let [sum, count] = [0, 0];
  for (const [c, { data }] of channels.entries())
    for (let i = 0; i < data.length; i++) {
      sum += (data[i]! - truth[c]!.data[i]!) ** 2;
      count++;
    }
  return 10 * Math.log10(255 ** 2 / (sum / count));
}
