import { colorLimit } from "../../codec/indices/walkIndices.ts";
import { UserError } from "../../errors/userError.ts";
import type { Depth, Filling } from "../compression/depth.ts";
import { type Layout, tileSides } from "../compression/layout/layout.ts";
import type { Coding, PictureHead } from "../compression/pictureHead.ts";
import type { Rotation } from "../compression/rotation.ts";
import { areaLimit } from "./pixelLimit.ts";

/*
 * The content of a picture's section, little-endian:
 *
 *   0  flags: bit 0 lossless, 1 color, 2 the third axis is mirrored, 3 the code is the beginning of a longer one,
 *             4 samples have another depth than eight bits   uint8
 *   1  levels   uint8        2  starting plane  int8
 *   3  width − 1  uint16     5  height − 1      uint16
 *   7  step  float32, of lossy pictures
 *   11 quaternion of the colors  4 × int16, of lossy pictures in color
 *   then bits of a sample, plus 32 for each step in the list of fillings   uint8, of deep pictures
 *   log2 of the side of tiles  uint8, of pictures with tiles
 *   pixels in a degree of sight  uint8, of lossy pictures with weighted bands
 *   colors − 1   uint16, of pictures with a list of colors
 *
 * Further flags: bit 5 the code is in the order of resolution, 6 it is in tiles, 7 it has a list of colors, or of lossy pictures
 * bands are weighted.
 */
const flag = {
  ...{ lossless: 1, color: 2, mirrored: 4, cut: 8 },
  ...{ deep: 16, resolution: 32, tiles: 64, indexed: 128 }, // and lossless
  weighted: 128, // and not lossless
} as const;
const allFlags = Object.values(flag).reduce((all, one) => all | one, 0);

/** By their numbers on disk, none of which ever changes. */
const fillings: readonly Filling[] = ["plain", "shifted", "repeated"];

/** The longest side. */
const sideLimit = 2 ** 16;
const planeLimit = 25;
const levelLimit = 15;

/** The content of a picture's section. */
export function writeHead(head: PictureHead): Uint8Array {
  const { width, height, channels, levels, coding, startingPlane, isCut, depth, layout } = head;
  if (Math.max(width, height) > sideLimit || width * height > areaLimit)
    throw new UserError(
      `a picture of ${width}×${height} is too large for a compressed file; at most ${sideLimit} along a side and ${areaLimit} pixels fit`,
    );
  const { rotation, pixelsPerDegree } = coding.type === "lossy" ? coding : notLossy;
  const depthAt = plainBytesOf(coding.type, channels);
  const tilesAt = depthAt + (depth ? 1 : 0);
  const tileSide = layout?.tileSide;
  const colorsAt = tilesAt + (tileSide === undefined ? 0 : 1);
  const bytes = new Uint8Array(
    colorsAt + (coding.type === "indexed" ? 2 : pixelsPerDegree === undefined ? 0 : 1),
  );
  const view = new DataView(bytes.buffer);
  view.setUint8(
    0,
    (coding.type === "lossy" ? 0 : flag.lossless) |
      (coding.type === "indexed" ? flag.indexed : 0) |
      (pixelsPerDegree === undefined ? 0 : flag.weighted) |
      (channels === 3 ? flag.color : 0) |
      (rotation?.isMirrored ? flag.mirrored : 0) |
      (isCut ? flag.cut : 0) |
      (depth ? flag.deep : 0) |
      (layout?.order === "resolution" ? flag.resolution : 0) |
      (tileSide === undefined ? 0 : flag.tiles),
  );
  view.setUint8(1, levels);
  view.setInt8(2, startingPlane);
  view.setUint16(3, width - 1, true);
  view.setUint16(5, height - 1, true);
  if (coding.type === "lossy") view.setFloat32(7, coding.step, true);
  for (const [i, part] of (rotation?.quaternion ?? []).entries())
    view.setInt16(11 + 2 * i, part, true);
  if (depth) view.setUint8(depthAt, depth.bits + 32 * fillings.indexOf(depth.filling));
  if (tileSide !== undefined) view.setUint8(tilesAt, 31 - Math.clz32(tileSide));
  if (pixelsPerDegree !== undefined) view.setUint8(colorsAt, pixelsPerDegree);
  if (coding.type === "indexed") view.setUint16(colorsAt, coding.count - 1, true);
  return bytes;
}

/** What lossy pictures alone have. */
const notLossy = { rotation: undefined, pixelsPerDegree: undefined } as const;

/** Bytes of a head without what only some pictures have. */
const plainBytesOf = (coding: Coding["type"], channels: 1 | 3): number =>
  coding !== "lossy" ? 7 : channels === 3 ? 19 : 11;

export const impossibleHead = (name: string): UserError =>
  new UserError(`${name} is damaged: the head of its picture is impossible`, "damaged-file");

/** Reads the content of a picture's section. Throws UserError, naming the file, where it is none. */
export function readHead(content: Uint8Array, name: string): PictureHead {
  const { head, length } = beginningHead(content, name);
  if (length !== content.length) throw impossibleHead(name);
  return head;
}

/** The head with which bytes begin, and how many it takes of them. */
export function beginningHead(
  content: Uint8Array,
  name: string,
): { readonly head: PictureHead; readonly length: number } {
  const impossible = () => impossibleHead(name);
  if (content.length < 7) throw impossible();
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const flags = view.getUint8(0);
  const levels = view.getUint8(1);
  const startingPlane = view.getInt8(2);
  const width = view.getUint16(3, true) + 1;
  const height = view.getUint16(5, true) + 1;
  const isLossless = (flags & flag.lossless) !== 0;
  const channels = (flags & flag.color) !== 0 ? 3 : 1;
  const isPossible =
    (flags & ~allFlags) === 0 &&
    levels <= levelLimit &&
    startingPlane >= -1 &&
    startingPlane <= planeLimit &&
    width * height <= areaLimit;
  if (!isPossible) throw impossible();
  const isCut = (flags & flag.cut) !== 0;
  const depthAt = plainBytesOf(isLossless ? "lossless" : "lossy", channels);
  const isDeep = (flags & flag.deep) !== 0;
  const hasTiles = (flags & flag.tiles) !== 0;
  const tilesAt = depthAt + (isDeep ? 1 : 0);
  const isIndexed = isLossless && (flags & flag.indexed) !== 0;
  const isWeighted = !isLossless && (flags & flag.weighted) !== 0;
  const colorsAt = tilesAt + (hasTiles ? 1 : 0);
  const length = colorsAt + (isIndexed ? 2 : isWeighted ? 1 : 0);
  if (content.length < length) throw impossible();
  const depth = isDeep ? readDepth(view.getUint8(depthAt)) : undefined;
  if (isDeep && !depth) throw impossible();
  const order = (flags & flag.resolution) !== 0 ? "resolution" : "quality";
  const tileSide = hasTiles ? readTileSide(content[tilesAt]!, levels) : undefined;
  if (hasTiles && tileSide === undefined) throw impossible();
  const isUsual = order === "quality" && !hasTiles;
  const layout = isUsual ? undefined : ({ order, tileSide, parts: [] } as const);
  const head = {
    ...({ width, height, channels, levels, startingPlane, isCut } as const),
    ...{ depth, layout },
  };
  if (isIndexed) {
    const count = view.getUint16(colorsAt, true) + 1;
    const isPossible = isUsual && levels === 0 && startingPlane === -1 && count <= colorLimit;
    if (!isPossible) throw impossible();
    return { head: { ...head, coding: { type: "indexed", count } }, length };
  }
  if (isLossless) return { head: { ...head, coding: { type: "lossless" } }, length };
  const step = view.getFloat32(7, true);
  if (!(step >= 2 ** -20 && step <= 2 ** 20)) throw impossible();
  const rotation = channels === 3 ? readRotation(view, flags) : undefined;
  if (rotation?.quaternion.every((part) => part === 0)) throw impossible();
  const pixelsPerDegree = isWeighted ? content[colorsAt]! : undefined;
  if (pixelsPerDegree === 0) throw impossible();
  return { head: { ...head, coding: { type: "lossy", step, rotation, pixelsPerDegree } }, length };
}

/** The depth of a byte; undefined where it is none. */
function readDepth(byte: number): Depth | undefined {
  const bits = byte & 31;
  const filling = fillings[byte >> 5];
  if (filling === undefined || bits < 1 || bits > 16) return undefined;
  return filling === "repeated" && bits < 8 ? undefined : { bits, filling };
}

/** The side of tiles; undefined where it is not possible: tiles begin at multiples of 2^levels. */
const readTileSide = (power: number, levels: number): Layout["tileSide"] =>
  tileSides.find((side) => side === 2 ** power && power >= levels);

function readRotation(view: DataView, flags: number): Rotation {
  const part = (i: number) => view.getInt16(11 + 2 * i, true);
  return {
    quaternion: [part(0), part(1), part(2), part(3)],
    isMirrored: (flags & flag.mirrored) !== 0,
  };
}
