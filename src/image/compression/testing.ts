import type { Raster } from "../../data/images/raster.ts";
import { createRandom } from "../../data/random/random.ts";

/**
 * A picture of `seed` that is like a photograph in what a codec sees of it: shading, a few objects with soft or sharp borders, fine
 * texture that some of them have, and a little noise; the colors go with the brightness for the most part.
 */
export function photoPicture(
  width: number,
  height: number,
  channels: 1 | 3,
  seed: number | string = 1,
): Raster {
  const random = createRandom(seed);
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const size = Math.max(width, height);
  const objects = Array.from({ length: 7 }, () => ({
    x: between(0, width),
    y: between(0, height),
    radius: between(0.08, 0.35) * size,
    flatness: between(0.5, 2),
    softness: between(0.4, 3),
    light: between(-90, 90),
    tint: [between(-25, 25), between(-10, 10), between(-25, 25)] as const,
    texture: Math.max(between(-15, 20), 0),
    waves: [between(-1.4, 1.4), between(-1.4, 1.4)] as const,
  }));
  const slope = [between(-60, 60) / size, between(-60, 60) / size] as const;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const ground = 120 + slope[0] * (x - width / 2) + slope[1] * (y - height / 2);
      const color = [ground, ground, ground];
      for (const { radius, flatness, softness, light, tint, texture, waves, ...at } of objects) {
        const distance = Math.hypot(x - at.x, (y - at.y) * flatness) - radius;
        const inside = 1 / (1 + Math.exp(distance / softness));
        if (inside < 1e-3) continue;
        const wave = texture * Math.sin(waves[0] * x + waves[1] * y);
        for (let c = 0; c < 3; c++) color[c]! += inside * (light + tint[c]! + wave);
      }
      const noise = between(-3, 3);
      for (let c = 0; c < channels; c++)
        data[i++] = Math.min(Math.max(Math.round(color[c]! + noise + between(-1, 1)), 0), 255);
    }
  return { width, height, channels, data };
}

/** A picture of one value. */
export const flatPicture = (
  width: number,
  height: number,
  color: readonly [number] | readonly [number, number, number],
): Raster => ({
  ...{ width, height, channels: color.length },
  data: Uint8Array.from(
    { length: width * height * color.length },
    (_, i) => color[i % color.length]!,
  ),
});
