import { compressTokens, decompressTokens } from "../../codec/compress.ts";
import type { TokenStream } from "../../codec/encode.ts";
import { crc32 } from "../../codec/file/crc32.ts";
import type { Reading } from "../../codec/tokenLanguage.ts";
import type { Vocabulary } from "../../codec/tokens.ts";
import { UserError } from "../../errors/userError.ts";
import type { ColorSpace } from "../language/color.ts";
import type { ImageWavelet } from "../language/imageWavelets.ts";
import { type ImageLanguage, imageLanguage } from "../language/language.ts";
import type { Padding } from "../language/padding.ts";

/*
 * The compressed file, little-endian:
 *
 *   0  magic "ONDL"          8  finest plane    int16     16  payload length   uint32
 *   4  version              10  starting plane  int16     20  payload CRC-32   uint32
 *   5  wavelet              12  width           uint16    24  header CRC-32 of bytes 0 … 23
 *   6  flags                14  height          uint16    28  payload: range-coded tokens
 *   7  levels
 *
 * flags: bit 0 trees, bit 1 reading B, bit 2 YCbCr, bit 3 edge padding, bit 4 lossless.
 * Version 3 is that of lossless files that go coefficient by coefficient, version 2 of all other lossless ones; the rest have
 * version 1, as they always had.
 * width, height: 1 … 65,535 as they are, and 0 for 65,536.
 * The header has a check of its own, so that a file cut short in its payload can still be trusted.
 */
const magic = 0x4c444e4f;
const version = { lossy: 1, planes: 2, coefficients: 3 } as const;
const losslessFlag = 1 << 4;
/** Bytes before the payload. */
export const headerSize = 28;

/** The longest side; its number on disk is 0. */
const sideLimit = 2 ** 16;

/** Numbers on disk; a new entry takes the next number, and none ever changes. */
const waveletIds: Readonly<Record<ImageWavelet, number>> = { haar: 0, "bior2.2": 1, "bior4.4": 2 };
const vocabularyIds: Readonly<Record<Vocabulary, number>> = { blocks: 0, trees: 1 };
const readingIds: Readonly<Record<Reading, number>> = { A: 0, B: 1 };
const colorIds: Readonly<Record<ColorSpace, number>> = { gray: 0, ycbcr: 1 };
const paddingIds: Readonly<Record<Padding, number>> = { zero: 0, edge: 1 };

/** Any image in [0, 1] needs fewer planes; a header that asks for more asks for endless work. */
const planesLimit = 64;

/**
 * The compressed file of a stream, as "File format" in docs/image-language.md describes it. Throws UserError if the stream
 * has more than 64 planes or the image is larger than the header can say.
 */
export function writeContainer(stream: TokenStream, language: ImageLanguage): Uint8Array {
  const { tokens, width, height } = language;
  if (Math.max(width, height) > sideLimit)
    throw new UserError(
      `an image of ${width}×${height} is too large for a compressed file; at most ${sideLimit} along a side fit`,
    );
  if (stream.startingPlane - tokens.finestPlane >= planesLimit)
    throw new UserError(
      `the finest threshold ${language.finest} is too fine: it asks for more than ${planesLimit} planes`,
    );
  const payload = compressTokens(stream, tokens);
  const bytes = new Uint8Array(headerSize + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint8(4, language.lossless ? version[tokens.order] : version.lossy);
  view.setUint8(5, waveletIds[language.waveletName]);
  view.setUint8(
    6,
    vocabularyIds[tokens.vocabulary] |
      (readingIds[tokens.reading] << 1) |
      (colorIds[language.color] << 2) |
      (paddingIds[language.padding] << 3) |
      (language.lossless ? losslessFlag : 0),
  );
  view.setUint8(7, language.levels);
  view.setInt16(8, tokens.finestPlane, true);
  view.setInt16(10, stream.startingPlane, true);
  view.setUint16(12, width % sideLimit, true);
  view.setUint16(14, height % sideLimit, true);
  view.setUint32(16, payload.length, true);
  view.setUint32(20, crc32(payload), true);
  view.setUint32(24, crc32(bytes.subarray(0, 24)), true);
  bytes.set(payload, headerSize);
  return bytes;
}

/** What a compressed file, or the beginning of one, contains. */
export interface Contents {
  readonly language: ImageLanguage;
  /** log2 of the first threshold. */
  readonly startingPlane: number;
  /** Number of tokens decoded: those that the given bytes determine, at most the limit. */
  readonly tokenCount: number;
  /** Whether these are all the tokens. */
  readonly finished: boolean;
  /** Bytes that are missing from the end of the file; 0 if it is whole. */
  readonly missingBytes: number;
  /** α̃ after the decoded tokens. */
  readonly approximation: Float64Array;
}

/** Options of {@link readContainer}. */
export interface ReadContainerOptions {
  /** The most tokens to decode; all by default. */
  readonly limit?: number;
}

/**
 * Reads a compressed file. One that was cut short gives all tokens that the remaining bytes determine.
 * Throws UserError if the bytes are of another format, damaged or too long; `name` is for messages.
 */
export function readContainer(
  bytes: Uint8Array,
  name: string,
  options: ReadContainerOptions = {},
): Contents {
  const { language, startingPlane, payloadLength, payloadCheck } = readHeader(bytes, name);
  const payload = bytes.subarray(headerSize);
  const missingBytes = payloadLength - payload.length;
  if (missingBytes < 0)
    throw new UserError(
      `${name} is damaged: the image ends ${-missingBytes} bytes before the file does`,
      "damaged-file",
    );
  const complete = missingBytes === 0;
  if (complete && crc32(payload) !== payloadCheck)
    throw new UserError(
      `${name} is damaged: its tokens do not match their checksum`,
      "damaged-file",
    );
  const { limit = Number.POSITIVE_INFINITY } = options;
  const decompression = decompressTokens(payload, language.tokens, {
    startingPlane,
    complete,
    limit,
  });
  const { tokenCount, finished } = decompression;
  if (complete && !finished && tokenCount < limit)
    throw new UserError(`${name} is damaged: its tokens end after ${tokenCount}`, "damaged-file");
  return { language, startingPlane, missingBytes, ...decompression };
}

/** What stands before the payload. */
export interface Header {
  readonly language: ImageLanguage;
  readonly startingPlane: number;
  readonly payloadLength: number;
  readonly payloadCheck: number;
}

/** Reads what stands before the payload. Throws UserError if it is of another format, damaged or cut short. */
export function readHeader(bytes: Uint8Array, name: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== magic)
    throw new UserError(
      `${name} is not an ondelette image: it does not begin with ONDL`,
      "unsupported-file",
    );
  if (bytes.length < headerSize)
    throw new UserError(
      `${name} is cut short in its header: ${bytes.length} of ${headerSize} bytes are there`,
      "damaged-file",
    );
  const found = view.getUint8(4);
  if (found < version.lossy || found > version.coefficients)
    throw new UserError(
      `${name} has format version ${found}; this program reads versions 1 to 3`,
      "unsupported-file",
    );
  if (view.getUint32(24, true) !== crc32(bytes.subarray(0, 24)))
    throw new UserError(
      `${name} is damaged: its header does not match its checksum`,
      "damaged-file",
    );

  const flags = view.getUint8(6);
  const finestPlane = view.getInt16(8, true);
  const startingPlane = view.getInt16(10, true);
  const width = view.getUint16(12, true) || sideLimit;
  const height = view.getUint16(14, true) || sideLimit;
  const planes = startingPlane - finestPlane + 1;
  const impossible = () =>
    new UserError(`${name} is damaged: its header holds impossible values`, "damaged-file");
  const lossless = found !== version.lossy;
  const rest = lossless ? flags - losslessFlag : flags;
  if (rest < 0 || rest > 15 || planes < 0 || planes > planesLimit) throw impossible();
  const common = {
    wavelet: entryOf(waveletIds, view.getUint8(5), name),
    levels: view.getUint8(7),
    vocabulary: entryOf(vocabularyIds, flags & 1, name),
    reading: entryOf(readingIds, (flags >> 1) & 1, name),
    color: entryOf(colorIds, (flags >> 2) & 1, name),
  };
  const padding = entryOf(paddingIds, (flags >> 3) & 1, name);
  if (lossless && padding !== "zero") throw impossible();
  const order = found === version.coefficients ? "coefficients" : "planes";
  const language = imageLanguage(
    lossless ? { ...common, lossless, order } : { ...common, padding, finest: 2 ** finestPlane },
    { width, height },
  );
  if (language.tokens.finestPlane !== finestPlane) throw impossible();
  return {
    language,
    startingPlane,
    payloadLength: view.getUint32(16, true),
    payloadCheck: view.getUint32(20, true),
  };
}

function entryOf<Entry extends string>(
  ids: Readonly<Record<Entry, number>>,
  id: number,
  name: string,
): Entry {
  for (const entry in ids) if (ids[entry] === id) return entry;
  throw new UserError(
    `${name} uses entry ${id} of a table that ends with ${Object.keys(ids).at(-1)}`,
    "unsupported-file",
  );
}
