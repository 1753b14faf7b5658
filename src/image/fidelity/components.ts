import { luma } from "../../data/images/luma.ts";
import type { Raster } from "../../data/images/raster.ts";

/** Mean number of bright parts of pictures; undefined if one of them is in color. */
export function meanComponents(rasters: readonly Raster[]): number | undefined {
  if (rasters.some(({ channels }) => channels !== 1)) return undefined;
  return rasters.reduce((sum, raster) => sum + connectedComponents(raster), 0) / rasters.length;
}

/**
 * The number of connected bright parts of a picture: pixels whose luma is above `threshold` (of 1), neighbors along the eight
 * directions. A digit in white on black has one, unless its strokes are broken or there are specks.
 */
export function connectedComponents(raster: Raster, threshold = 0.5): number {
  const { width, height, channels, data } = raster;
  const isBright = Uint8Array.from({ length: width * height }, (_, i) => {
    const at = i * channels;
    const value =
      channels === 1
        ? data[at]!
        : luma.red * data[at]! + luma.green * data[at + 1]! + luma.blue * data[at + 2]!;
    return value > 255 * threshold ? 1 : 0;
  });
  const waiting: number[] = [];
  let parts = 0;
  for (let start = 0; start < isBright.length; start++) {
    if (!isBright[start]) continue;
    parts++;
    isBright[start] = 0;
    waiting.push(start);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [y, x] = [Math.floor(at / width), at % width];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u;
          if (!isBright[next]) continue;
          isBright[next] = 0;
          waiting.push(next);
        }
      }
    }
  }
  return parts;
}
