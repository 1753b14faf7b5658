import { UserError } from "../../errors/userError.ts";

/** How the samples of a WAV file are written. */
export interface Encoding {
  /** Samples per second. */
  readonly rate: number;
  readonly channels: 1 | 2;
  /** Bytes of one sample of one channel. */
  readonly width: number;
  /** The sample at a byte, full scale being 1. */
  read(view: DataView, at: number): number;
}

type ReadSample = Encoding["read"];

/** Integers by their bytes. Fewer bits than the bytes hold fill them from the top, so that they read the same. */
const integers: Readonly<Record<number, ReadSample>> = {
  // Eight bits alone are written without sign.
  1: (view, at) => (view.getUint8(at) - 0x80) / 2 ** 7,
  2: (view, at) => view.getInt16(at, true) / 2 ** 15,
  3: (view, at) => (view.getUint8(at) + 2 ** 8 * view.getInt16(at + 1, true)) / 2 ** 23,
  4: (view, at) => view.getInt32(at, true) / 2 ** 31,
};

/** Floating point numbers by their bytes. */
const floats: Readonly<Record<number, ReadSample>> = {
  4: (view, at) => view.getFloat32(at, true),
  8: (view, at) => view.getFloat64(at, true),
};

/** WAVE's numbers of codings. */
const codings: Readonly<Record<number, Readonly<Record<number, ReadSample>>>> = {
  1: integers,
  3: floats,
};

/** What other numbers stand for, for messages. */
const codingNames: Readonly<Record<number, string>> = {
  1: "integers",
  2: "Microsoft ADPCM",
  3: "floating point numbers",
  6: "A-law",
  7: "µ-law",
  17: "IMA ADPCM",
  49: "GSM",
  80: "MPEG",
  85: "MP3",
};

/** The coding that says: the number of the coding is further on. */
const extensible = 0xfffe;

/** Reads a `fmt ` chunk. Throws UserError, naming the file, where it is damaged or of a coding that is not supported. */
export function encodingOf(chunk: Uint8Array, name: string): Encoding {
  if (chunk.length < 16) {
    throw new UserError(`${name} is cut short within its format`, "damaged-file");
  }
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const family = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const rate = view.getUint32(4, true);
  const frame = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const number = family === extensible && chunk.length >= 26 ? view.getUint16(24, true) : family;
  const width = Math.ceil(bits / 8);
  const read = codings[number]?.[width];
  if (read === undefined || (number === 3 && bits % 32 !== 0)) {
    const coding = codingNames[number] ?? `coding ${number}`;
    throw new UserError(
      `${name} has samples of ${bits} bits (${coding}); integers of 1 to 32 bits and floating point numbers of 32 or 64 bits are read`,
      "unsupported-file",
    );
  }
  if (channels !== 1 && channels !== 2) {
    throw new UserError(
      `${name} has ${channels} channels; files of one or two are read`,
      "unsupported-file",
    );
  }
  if (rate === 0 || frame !== channels * width) {
    throw new UserError(
      `${name} is damaged: its format says ${bits} bits a sample and ${channels} channels, but ${frame} bytes for all channels and ${rate} samples a second`,
      "damaged-file",
    );
  }
  return { rate, channels, width, read };
}
