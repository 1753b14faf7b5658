import { channelSize } from "../../codec/walk/geometry.ts";
import type { ImageLanguage } from "../language/language.ts";

/** Sides of the coarse corner of the coefficient matrix that tells a picture: of its luma, and of each chroma. */
const corner = { luma: 8, chroma: 4 };

/** How many numbers tell a picture coarsely: the width of the vectors of words. */
export const coarseWidth = (language: ImageLanguage): number => coarseOffsets(language).length;

/** Offsets of the coarse corner of each channel, in the matrix of all channels. */
export function coarseOffsets({ tokens: { geometry } }: ImageLanguage): number[] {
  const { channels, height, width } = geometry;
  return Array.from({ length: channels }, (_, channel) => {
    const side = channel === 0 ? corner.luma : corner.chroma;
    const rows = Math.min(side, height);
    const columns = Math.min(side, width);
    return Array.from({ length: rows * columns }, (_, k) => {
      const [row, column] = [Math.floor(k / columns), k % columns];
      return channel * channelSize(geometry) + row * width + column;
    });
  }).flat();
}
