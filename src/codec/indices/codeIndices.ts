import { type BinaryDecoder, binaryDecoder, binaryEncoder } from "../entropy/binaryCoder.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { withMixing } from "../mixing/withMixing.ts";
import { type IndexExtent, levelsOf, walkIndices } from "./walkIndices.ts";
import { type Palette, walkPalette } from "./walkPalette.ts";

/** Codes a palette and a picture of its indices, width × height row by row, so that any beginning of the code decodes. */
export const encodeIndices = (
  indices: Uint16Array,
  palette: Palette,
  extent: IndexExtent,
): Uint8Array =>
  withMixing((mixing) => {
    const encoder = binaryEncoder();
    function tell(bit: 0 | 1, contexts: number): 0 | 1 {
      encoder.encode(bit, mixing.predict(contexts));
      mixing.update(bit);
      return bit;
    }
    walkPalette({ ...palette, samples: palette.samples.slice() }, mixing, (sample, has, contexts) =>
      tell(has(palette.samples[sample]!), contexts),
    );
    walkIndices(extent, indices.slice(), mixing, (pixel, has, contexts) =>
      tell(has(indices[pixel]!), contexts),
    );
    return encoder.finish();
  });

/** What the code of indices, or the beginning of one, tells. */
export interface DecodedIndices {
  readonly indices: Uint16Array;
  /** Samples of the colors, the channels of one side by side. */
  readonly palette: Uint16Array;
  /** Whether all were decoded. */
  readonly finished: boolean;
}

/**
 * Decodes the code of {@link encodeIndices}, or the beginning of one (not `complete`): pixels that are not told are as coarser ones, and colors as
 * the last one that is. Damaged bytes give other indices, and never an error.
 */
export const decodeIndices = (
  bytes: Uint8Array,
  { channels, bits }: Omit<Palette, "samples">,
  extent: IndexExtent,
  complete: boolean,
): DecodedIndices =>
  withMixing((mixing) => {
    const next = bitsOf(binaryDecoder(bytes, complete), mixing);
    const { width, height, count } = extent;
    const palette = new Uint16Array(count * channels);
    const told = walkPalette({ samples: palette, channels, bits }, mixing, (_, __, contexts) =>
      next(contexts),
    );
    for (let i = told; i < palette.length; i++)
      palette[i] = i < channels ? 2 ** (bits - 1) : palette[i - channels]!;
    const indices = new Uint16Array(width * height);
    const walked = walkIndices(extent, indices, mixing, (_, __, contexts) => next(contexts));
    const finished = walked === indices.length;
    if (!finished) fillFrom(walked, indices, extent);
    return { indices, palette, finished };
  });

const bitsOf =
  (decoder: BinaryDecoder, mixing: Mixing) =>
  (contexts: number): 0 | 1 | -1 => {
    const bit = decoder.decode(mixing.predict(contexts));
    if (bit >= 0) mixing.update(bit === 1 ? 1 : 0);
    return bit;
  };

/** Gives pixels that were not walked through the index of a neighbor in the coarser grid. */
function fillFrom(walked: number, indices: Uint16Array, { width, height }: IndexExtent): void {
  let left = walked;
  /** A pixel, in the order of the walk, and the one that stands for it. */
  function visit(to: number, from: number): void {
    if (left-- <= 0) indices[to] = from < 0 ? 0 : indices[from]!;
  }
  const levels = levelsOf(width, height);
  const coarse = 2 ** levels;
  for (let y = 0; y < height; y += coarse)
    for (let x = 0; x < width; x += coarse)
      visit(y * width + x, x > 0 ? y * width + x - coarse : (y - coarse) * width);
  for (let s = coarse / 2; s >= 1; s /= 2) {
    for (let y = 0; y < height; y += 2 * s)
      for (let x = s; x < width; x += 2 * s) visit(y * width + x, y * width + x - s);
    for (let y = s; y < height; y += 2 * s)
      for (let x = 0; x < width; x += s) visit(y * width + x, (y - s) * width + x);
  }
}
