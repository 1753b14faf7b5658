import type { Raster } from "../../data/images/raster.ts";
import type { Random } from "../../data/random/random.ts";

/** How pictures are changed a little each time they are seen. */
export interface Augmentation {
  /** Largest shift in each direction, in pixels. */
  readonly shift: number;
  /** Whether left and right are swapped half of the time. */
  readonly flip: boolean;
}

/**
 * Writes a picture into `to`, channel by channel, as numbers from 0 to 1. With `random` it is shifted, and where asked for
 * flipped; its edge pixels are repeated where it was shifted away from.
 */
export function writePlanes(
  { width, height, channels, data }: Raster,
  to: Float32Array,
  { shift, flip }: Augmentation = { shift: 0, flip: false },
  random?: Random,
): void {
  const within = () => (random && shift > 0 ? random.integer(2 * shift + 1) - shift : 0);
  const [dx, dy] = [within(), within()];
  const isFlipped = flip && random !== undefined && random.integer(2) === 1;
  const columns = Int32Array.from({ length: width }, (_, x) => {
    const from = Math.min(width - 1, Math.max(0, x + dx));
    return channels * (isFlipped ? width - 1 - from : from);
  });
  for (let channel = 0, i = 0; channel < channels; channel++)
    for (let y = 0; y < height; y++) {
      const row = Math.min(height - 1, Math.max(0, y + dy)) * width * channels + channel;
      for (let x = 0; x < width; x++) to[i++] = data[row + columns[x]!]! / 255; // x < width
    }
}
