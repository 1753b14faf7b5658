import { withMixing } from "../../codec/mixing/withMixing.ts";
import { type SetEncoder, setEncoder } from "../../codec/planes/planesOfSet.ts";
import type { Picture } from "../../data/images/picture.ts";
import { type CodedPicture, codeLosslessly } from "./codePicture.ts";
import { crop } from "./layout/crop.ts";
import type { PlanesEncoder } from "./layout/encodeLaidOut.ts";
import { usualLevels } from "./pictureHead.ts";

/** Side of the pieces that are tried, and how many there are at most. */
const side = 48;
const most = 6;

/**
 * Whether pictures are drawings: exact codes of them without wavelets, by contexts of what neighboring samples are, are shorter than `part` of
 * those with wavelets. Pieces from all over them are coded both ways.
 */
export function areDrawings(rasters: readonly Picture[], part = 1): boolean {
  const pieces = piecesOf(rasters);
  const bytesBy = (levelsOf: (raster: Picture) => number) =>
    withMixing((mixing) => {
      const encoder = setEncoder(mixing);
      for (const piece of pieces) codeLosslessly(piece, throughSet(encoder), levelsOf(piece));
      return encoder.finish().length;
    });
  const byWavelets = bytesBy(({ width, height }) => usualLevels(width, height));
  return bytesBy(() => 0) < part * byWavelets;
}

/** Codes a picture exactly by its samples where that takes less than `part` of the bytes, else by wavelets. */
export const codeSamples = (picture: Picture, part = 1): CodedPicture =>
  codeLosslessly(picture, undefined, areDrawings([picture], part) ? 0 : undefined);

/** What a picture is coded by, where its planes are part of the code of a set. */
export const throughSet =
  (encoder: SetEncoder): PlanesEncoder =>
  (coefficients, plan, options) => ({
    bytes: new Uint8Array(0),
    ...encoder.encode(coefficients, plan, options),
  });

/** Pieces of pictures, spread evenly over them. */
function piecesOf(rasters: readonly Picture[]): Picture[] {
  const few = Math.min(rasters.length, most);
  const chosen = Array.from(
    { length: few },
    (_, i) => rasters[Math.floor(((i + 0.5) * rasters.length) / few)]!,
  );
  return chosen.flatMap((raster) => {
    const pieces = Math.max(Math.floor(most / few), 1);
    return Array.from({ length: pieces }, (_, i) => pieceAt(raster, (i + 0.5) / pieces));
  });
}

/** A piece that lies so far along the diagonals of a picture, on both by turns. */
function pieceAt(raster: Picture, part: number): Picture {
  const [width, height] = [Math.min(raster.width, side), Math.min(raster.height, side)];
  const x = Math.floor(part * (raster.width - width));
  const y = Math.floor(((part * 3) % 1) * (raster.height - height));
  return crop(raster, { x, y, width, height });
}
