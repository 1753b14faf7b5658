import { UserError } from "../../errors/userError.ts";
import type { CodePart, LaidOut, Layout } from "../compression/layout/layout.ts";
import { tilesOf } from "../compression/layout/layout.ts";
import type { PictureHead } from "../compression/pictureHead.ts";

/*
 * The content of a table's section, little-endian, has a row for each tile, or one for a picture without tiles:
 *
 *   of tiles:                     starting plane  int8,  bytes of the tile's code  uint32
 *   in the order of resolution:   after how many bytes of it each level but the finest is told, the scaling band first  levels × uint32
 */

type Size = Pick<PictureHead, "width" | "height" | "levels">;

/** Bytes of the table of a picture; it has none where its layout is the usual one. */
export function tableBytes(size: Size, layout: Layout | undefined): number | undefined {
  if (!layout) return undefined;
  return tilesOf(size, layout.tileSide).length * rowBytes(size, layout);
}

const rowBytes = ({ levels }: Pick<Size, "levels">, { order, tileSide }: Layout): number =>
  (tileSide === undefined ? 0 : 5) + (order === "resolution" ? 4 * levels : 0);

/** The table of a laid out code. */
export function writeTable(size: Size, layout: LaidOut): Uint8Array {
  const bytes = new Uint8Array(layout.parts.length * rowBytes(size, layout));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { startingPlane, length, levelEnds } of layout.parts) {
    if (length !== undefined) {
      view.setInt8(at, startingPlane);
      view.setUint32(at + 1, length, true);
      at += 5;
    }
    for (const end of levelEnds) {
      view.setUint32(at, end, true);
      at += 4;
    }
  }
  return bytes;
}

/** Reads a table. Throws UserError, naming the file, where it is not one of such a picture. */
export function readTable(
  content: Uint8Array,
  head: PictureHead,
  layout: Layout,
  name: string,
): readonly CodePart[] {
  const impossible = () =>
    new UserError(`${name} is damaged: the table of its code is impossible`, "damaged-file");
  if (content.length !== tableBytes(head, layout)) throw impossible();
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const { order, tileSide } = layout;
  let at = 0;
  const parts = tilesOf(head, tileSide).map((): CodePart => {
    let startingPlane = head.startingPlane;
    let length: number | undefined;
    if (tileSide !== undefined) {
      startingPlane = view.getInt8(at);
      length = view.getUint32(at + 1, true);
      at += 5;
      if (startingPlane < -1 || startingPlane > head.startingPlane) throw impossible();
    }
    const levelEnds: number[] = [];
    for (let level = 0; order === "resolution" && level < head.levels; level++) {
      const end = view.getUint32(at, true);
      at += 4;
      if (end < (levelEnds.at(-1) ?? 0)) throw impossible();
      levelEnds.push(end);
    }
    return { startingPlane, length, levelEnds };
  });
  return parts;
}
