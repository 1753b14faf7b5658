import { crc32, deflateSync } from "node:zlib";
import { type Picture, whiteOf } from "../images/picture.ts";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's color type by number of channels; with alpha it is 4 more. */
const colorTypes = { 1: 0, 3: 2 } as const;

/** What a PNG file can hold beside the samples. */
export interface PngExtras {
  /** An ICC profile. */
  readonly profile?: Uint8Array | undefined;
  /** What a camera noted, EXIF, from its byte order on. */
  readonly camera?: Uint8Array | undefined;
}

/** zlib's level: on pictures level 9 saves 6 % more bytes and takes sixteen times as long. */
const level = 5;

/**
 * The bytes of a PNG file, each row filtered by libpng's heuristic: of eight bits, or of 16 where samples have more. The same bytes on every
 * machine.
 */
export function encodePng(picture: Picture, { profile, camera }: PngExtras = {}): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, picture.width);
  view.setUint32(4, picture.height);
  const { data, channels, alpha } = picture;
  header.set([8 * data.BYTES_PER_ELEMENT, colorTypes[channels] + (alpha ? 4 : 0)], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    ...(profile ? [chunk("iCCP", profileChunk(profile))] : []),
    ...(camera ? [chunk("eXIf", camera)] : []),
    chunk("IDAT", deflateSync(filterRows(bytesOf(picture)), { level })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Named, and compressed by zlib. */
const profileChunk = (profile: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from("ICC profile\0\0", "latin1"), deflateSync(profile, { level })]);

/** Samples as PNG has them: those of a pixel side by side, alpha last, of 16 bits the higher byte first. */
interface PixelBytes {
  readonly width: number;
  readonly height: number;
  /** Bytes of a pixel. */
  readonly channels: number;
  readonly data: Uint8Array;
}

function bytesOf(picture: Picture): PixelBytes {
  const { width, height, channels, data, alpha } = picture;
  if (data instanceof Uint8Array && !alpha) return { width, height, channels, data };
  const size = data.BYTES_PER_ELEMENT;
  const stored = channels + (alpha ? 1 : 0);
  const bytes = new Uint8Array(width * height * stored * size);
  // PNG knows no depths between: colors stay the numbers that they are, but opaque is 65,535.
  const opaque = alpha && size === 2 ? 65535 / whiteOf(picture) : 1;
  let to = 0;
  const put = (sample: number) => {
    if (size === 2) bytes[to++] = sample >> 8;
    bytes[to++] = sample & 255;
  };
  for (let i = 0, from = 0; i < width * height; i++) {
    for (let c = 0; c < channels; c++) put(data[from++]!);
    if (alpha) put(Math.round(opaque * alpha[i]!));
  }
  return { width, height, channels: stored * size, data: bytes };
}

/**
 * Each row as differences from a prediction. PNG's five filters predict 0, the left neighbor, the upper neighbor, their mean,
 * or whichever of left, upper and upper left is nearest to left + upper - upper left (Paeth). A row takes the filter whose
 * differences have the smallest sum of magnitudes.
 */
function filterRows({ height, width, channels, data }: PixelBytes): Uint8Array {
  const stride = width * channels;
  const out = new Uint8Array(height * (stride + 1));
  // One loop for all filters, without calls: a large picture spends most of its time here.
  const trials = Array.from({ length: 5 }, () => new Uint8Array(stride));
  const [none, left, upper, mean, paeth] = trials as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * stride, (y + 1) * stride);
    for (let x = 0; x < stride; x++) {
      const here = row[x]!; // x < stride
      const b = above[x]!;
      const a = x < channels ? 0 : row[x - channels]!;
      const c = x < channels ? 0 : above[x - channels]!;
      const da = Math.abs(b - c);
      const db = Math.abs(a - c);
      const dc = Math.abs(a + b - 2 * c);
      none[x] = here;
      left[x] = here - a;
      upper[x] = here - b;
      mean[x] = here - ((a + b) >> 1);
      paeth[x] = here - (da <= db && da <= dc ? a : db <= dc ? b : c);
    }
    const sums = trials.map(sumOfMagnitudes);
    const best = sums.indexOf(Math.min(...sums));
    out[y * (stride + 1)] = best;
    out.set(trials[best]!, y * (stride + 1) + 1); // one of the five
    above = row;
  }
  return out;
}

/** The sum of the magnitudes of bytes as numbers from -128 to 127. */
function sumOfMagnitudes(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes[i]! < 128 ? bytes[i]! : 256 - bytes[i]!;
  return sum;
}
