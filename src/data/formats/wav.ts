import { UserError } from "../../errors/userError.ts";
import { type ByteReader, byteReader } from "../files/byteReader.ts";

/** Sound of one channel. */
export interface Sound {
  /** Samples per second. */
  readonly rate: number;
  /** Of [-1, 1]; a file of floating point numbers may go beyond. */
  readonly samples: Float32Array;
}

/** Sound with its channels side by side. */
export interface ChannelledSound extends Sound {
  readonly channels: 1 | 2;
}

/** How the samples of a file are written. */
interface Format {
  readonly rate: number;
  readonly channels: 1 | 2;
  /** Bytes of one sample of one channel. */
  readonly width: number;
  /** The sample at a byte. */
  read(view: DataView, at: number): number;
}

/** Codings of samples that are read, by WAVE's number for a family of codings and bits per sample. */
const codings: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  // Eight bits alone are written without sign.
  "1/8": (view, at) => (view.getUint8(at) - 0x80) / 2 ** 7,
  "1/16": (view, at) => view.getInt16(at, true) / 2 ** 15,
  "1/24": (view, at) => (view.getUint8(at) + 2 ** 8 * view.getInt16(at + 1, true)) / 2 ** 23,
  "1/32": (view, at) => view.getInt32(at, true) / 2 ** 31,
  "3/32": (view, at) => view.getFloat32(at, true),
};

/** The family that says: the number of the family is further on. */
const extensible = 0xfffe;

/** A data chunk's length where a program wrote to a pipe and could not know it. */
const unknownLength = 0xffffffff;

/** Frames (a sample of each channel) that are decoded at a time. */
const framesAtOnce = 16384;

/**
 * Reads a WAV file piece by piece: integers of 8, 16, 24 or 32 bits or 32-bit floating point numbers, of one channel or
 * of two, which are averaged. There is at least one piece, so that the rate is known of an empty sound too. Throws
 * UserError, naming the file, where it is damaged or of another coding.
 */
export async function* readWav(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Sound> {
  for await (const { rate, channels, samples } of readWavChannels(pieces, name)) {
    const mean = (_: unknown, i: number) => (samples[2 * i]! + samples[2 * i + 1]!) / 2; // pairs
    yield {
      rate,
      samples: channels === 1 ? samples : Float32Array.from({ length: samples.length / 2 }, mean),
    };
  }
}

/** The same with two channels left as they are: a sample of each in turn. */
export async function* readWavChannels(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<ChannelledSound> {
  const reader = byteReader(pieces);
  try {
    const riff = await reader.take(12);
    if (text(riff, 0, 4) !== "RIFF" || text(riff, 8, 12) !== "WAVE") {
      throw new UserError(`${name} is not a WAV file: it does not begin with RIFF and WAVE`);
    }
    const { format, length } = await findData(reader, name);
    yield* readData(reader, format, length, name);
  } finally {
    await reader.close();
  }
}

/** Reads chunks up to the beginning of the samples. */
async function findData(reader: ByteReader, name: string) {
  let format: Format | undefined;
  for (;;) {
    const header = await reader.take(8);
    if (header.length === 0) {
      const missing = format === undefined ? "says nothing of its format" : "holds no samples";
      throw new UserError(`${name} ${missing}: a chunk of the WAV file is missing`);
    }
    if (header.length < 8) throw cutShort(name, "within a chunk's header");
    const id = text(header, 0, 4);
    const length = viewOf(header).getUint32(4, true);
    if (id === "data") {
      if (format === undefined) {
        throw new UserError(`${name} is damaged: its samples come before their format`);
      }
      return { format, length };
    }
    // A chunk of odd length is followed by a byte that belongs to none.
    const padded = length + (length % 2);
    const kept = id === "fmt " ? await reader.take(Math.min(length, 40)) : new Uint8Array(0);
    if (id === "fmt ") format = parseFormat(kept, name);
    const rest = padded - kept.length;
    const skipped = await reader.skip(rest);
    // The last byte of padding is often forgotten.
    if (skipped < rest - (length % 2)) throw cutShort(name, `within its chunk “${id}”`);
  }
}

function parseFormat(chunk: Uint8Array, name: string): Format {
  if (chunk.length < 16) throw cutShort(name, "within its format");
  const view = viewOf(chunk);
  const family = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const rate = view.getUint32(4, true);
  const frame = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const number = family === extensible && chunk.length >= 26 ? view.getUint16(24, true) : family;
  const read = codings[`${number}/${bits}`];
  if (read === undefined) {
    throw new UserError(
      `${name} has samples of ${bits} bits in coding ${number}; integers (1) of 8, 16, 24 or 32 bits and floating point numbers (3) of 32 bits are read`,
    );
  }
  if (channels !== 1 && channels !== 2) {
    throw new UserError(`${name} has ${channels} channels; files of one or two are read`);
  }
  if (rate === 0 || frame !== (channels * bits) / 8) {
    throw new UserError(`${name} is damaged: its format contradicts itself`);
  }
  return { rate, channels, width: bits / 8, read };
}

async function* readData(
  reader: ByteReader,
  { rate, channels, width, read }: Format,
  length: number,
  name: string,
): AsyncGenerator<ChannelledSound> {
  const frame = channels * width;
  const open = length === unknownLength;
  let left = open ? Infinity : length;
  do {
    const wanted = Math.min(left, framesAtOnce * frame);
    const bytes = await reader.take(wanted);
    if (bytes.length % frame !== 0 || (bytes.length < wanted && !open)) {
      throw cutShort(name, "within its samples");
    }
    left = bytes.length < wanted ? 0 : left - bytes.length;
    const view = viewOf(bytes);
    const samples = Float32Array.from({ length: bytes.length / width }, (_, i) =>
      read(view, i * width),
    );
    if (samples.some(Number.isNaN)) {
      throw new UserError(`${name} is damaged: it has samples that are not numbers`);
    }
    yield { rate, channels, samples };
  } while (left > 0);
}

/** A WAV file of one channel of 16-bit samples; what is beyond [-1, 1] is clipped. */
export function encodeWav({ rate, samples }: Sound): Uint8Array {
  const dataLength = 2 * samples.length;
  const bytes = new Uint8Array(44 + dataLength);
  const view = viewOf(bytes);
  const words = { 0: "RIFF", 8: "WAVE", 12: "fmt ", 36: "data" };
  for (const [at, word] of Object.entries(words)) bytes.set(Buffer.from(word), Number(at));
  view.setUint32(4, bytes.length - 8, true);
  view.setUint32(16, 16, true); // length of the format
  view.setUint16(20, 1, true); // integers
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true); // bytes per second
  view.setUint16(32, 2, true); // bytes per frame
  view.setUint16(34, 16, true); // bits per sample
  view.setUint32(40, dataLength, true);
  samples.forEach((sample, i) => {
    const level = Math.round(sample * 2 ** 15);
    view.setInt16(44 + 2 * i, Math.max(-(2 ** 15), Math.min(2 ** 15 - 1, level)), true);
  });
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function cutShort(name: string, where: string): UserError {
  return new UserError(`${name} is cut short ${where}`);
}
