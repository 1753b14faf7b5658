import type { Palette } from "./colors.ts";

/** A picture whose pixels are indices of colors, row by row from the top. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** At most 256 colors. */
  readonly palette: Palette;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The bytes of a PNG file of at most 256 colors. It is stored without compression: a browser has a compressor only for those who wait,
 * and the rasters of plots are small.
 */
export function indexedPng({ width, height, pixels, palette }: IndexedPicture): Uint8Array {
  const rows = new Uint8Array(height * (width + 1)); // each row begins with its filter, none
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 3], 8); // eight bits, colors of a palette
  return joinedBytes([
    Uint8Array.from(signature),
    chunk("IHDR", head),
    chunk("PLTE", palette),
    chunk("IDAT", stored(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** The SVG image of a picture, stretched into a box. */
export function imageIn(
  picture: IndexedPicture,
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
  isSmooth = true,
): string {
  const bytes = indexedPng(picture);
  let binary = "";
  for (let i = 0; i < bytes.length; i += 4096)
    binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  const rendering = isSmooth ? "" : ' style="image-rendering:pixelated"';
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"${rendering} href="data:image/png;base64,${btoa(binary)}"/>`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** zlib's format with blocks that are stored (RFC 1950 and 1951). */
function stored(data: Uint8Array): Uint8Array {
  const most = 65_535;
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let from = 0; from < data.length || from === 0; from += most) {
    const part = data.subarray(from, from + most);
    const isLast = from + most >= data.length ? 1 : 0;
    const { length } = part;
    parts.push(
      Uint8Array.of(isLast, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255),
      part,
    );
  }
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, adler32(data));
  return joinedBytes([...parts, sum]);
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

/** PNG's check sum, bit by bit: a table of bytes would save time that nobody waits for. */
function crc32(data: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb8_8320 & -(sum & 1));
  }
  return ~sum >>> 0;
}

function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
