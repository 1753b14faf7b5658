import type { Raster } from "ondelette/data";

/** A picture whose longer side has `longest` pixels; a smaller one as it is. Works in a worker as well. */
export function scaleRaster(raster: Raster, longest: number): Raster {
  const scale = longest / Math.max(raster.width, raster.height);
  if (scale >= 1) return raster;
  const { channels } = raster;
  const width = Math.max(1, Math.round(raster.width * scale));
  const height = Math.max(1, Math.round(raster.height * scale));
  const [columns, rows] = [shares(raster.width, width), shares(raster.height, height)];
  const across = new Float64Array(raster.height * width * channels);
  for (let y = 0; y < raster.height; y++)
    for (const [x, { from, weights }] of columns.entries())
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [k, weight] of weights.entries())
          sum += weight * raster.data[(y * raster.width + from + k) * channels + c]!;
        across[(y * width + x) * channels + c] = sum;
      }
  const data = new Uint8Array(width * height * channels);
  for (const [y, { from, weights }] of rows.entries())
    for (let i = 0; i < width * channels; i++) {
      let sum = 0;
      for (const [k, weight] of weights.entries())
        sum += weight * across[(from + k) * width * channels + i]!;
      data[y * width * channels + i] = Math.round(sum);
    }
  return { width, height, channels, data };
}

/** How much of each old sample lies in each new one, along a side: the mean over its area. */
function shares(old: number, now: number): { from: number; weights: readonly number[] }[] {
  const ratio = old / now;
  return Array.from({ length: now }, (_, i) => {
    const [start, end] = [i * ratio, (i + 1) * ratio];
    const from = Math.floor(start);
    const until = Math.min(old, Math.ceil(end - 1e-9));
    const weights = Array.from(
      { length: until - from },
      (_, k) => (Math.min(end, from + k + 1) - Math.max(start, from + k)) / ratio,
    );
    return { from, weights };
  });
}
