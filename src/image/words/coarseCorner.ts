import { channelSize } from "../../codec/walk/geometry.ts";
import type { ImageLanguage } from "../language/language.ts";

/** Side of the coarse corner of each channel's coefficient matrix that tells a picture. */
const corner = 8;

/** How many numbers tell a picture coarsely: the width of the vectors of words. */
export const coarseWidth = (language: ImageLanguage): number => coarseOffsets(language).length;

/** Offsets of the coarse corner of each channel, in the matrix of all channels. */
export function coarseOffsets({ tokens: { geometry } }: ImageLanguage): number[] {
  const { channels, height, width } = geometry;
  return Array.from({ length: channels }, (_, channel) => {
    const rows = Math.min(corner, height);
    const columns = Math.min(corner, width);
    return Array.from({ length: rows * columns }, (_, k) => {
      const [row, column] = [Math.floor(k / columns), k % columns];
      return channel * channelSize(geometry) + row * width + column;
    });
  }).flat();
}
