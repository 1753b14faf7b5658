import { UserError } from "../../errors/userError.ts";
import { type ByteReader, byteReader } from "../files/byteReader.ts";
import { joinBytes } from "../files/joinBytes.ts";
import type { Notice } from "../files/notice.ts";
import { type Encoding, encodingOf } from "./wavEncoding.ts";

/** Sound of one channel. */
export interface Sound {
  /** Samples per second. */
  readonly rate: number;
  /** In [-1, 1]; floating point files may go beyond. */
  readonly samples: Float32Array;
}

/** Sound of one or two channels. */
export interface ChannelledSound extends Sound {
  readonly channels: 1 | 2;
  /** The channels of each moment side by side. */
  readonly samples: Float32Array;
}

/** How a WAV file is read. */
export interface ReadWavOptions {
  /** Hears of a header without lengths and of an incomplete last sample. */
  readonly notice?: Notice | undefined;
}

/** Frames (a sample of each channel) that are decoded at a time. */
const framesAtOnce = 16384;

/** Reads a WAV file piece by piece as one channel: two are averaged. Otherwise as {@link readWavChannels}. */
export async function* readWav(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  options: ReadWavOptions = {},
): AsyncGenerator<Sound> {
  for await (const { rate, channels, samples } of readWavChannels(pieces, name, options)) {
    const mean = (_: unknown, i: number) => (samples[2 * i]! + samples[2 * i + 1]!) / 2; // pairs
    yield {
      rate,
      samples: channels === 1 ? samples : Float32Array.from({ length: samples.length / 2 }, mean),
    };
  }
}

/**
 * Reads a WAV, RF64 or BW64 file piece by piece: integers of up to 32 bits or floating point numbers of 32 or 64 bits, of one
 * or two channels. There is at least one piece, so that the rate of an empty sound is known too. A file whose lengths were
 * never filled in, as of a recorder that wrote to a pipe, is read to its end. Throws UserError, naming the file, where it is
 * damaged, of another coding, or has NaN or infinity among its samples.
 */
export async function* readWavChannels(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  { notice = () => {} }: ReadWavOptions = {},
): AsyncGenerator<ChannelledSound> {
  const reader = byteReader(pieces);
  try {
    const riff = await reader.take(12);
    const form = text(riff, 0, 4);
    if (!forms.includes(form) || text(riff, 8, 12) !== "WAVE") {
      throw new UserError(
        `${name} is not a WAV file: it does not begin with RIFF and WAVE`,
        "unsupported-file",
      );
    }
    const { encoding, length, leftOver } = await findData(reader, {
      name,
      riffLength: form === "RIFF" ? viewOf(riff).getUint32(4, true) : undefined,
    });
    yield* readData(reader, encoding, { length, leftOver, name, notice });
  } finally {
    await reader.close();
  }
}

/** RF64 and BW64 have lengths of 64 bits in a chunk of their own. */
const forms: readonly string[] = ["RIFF", "RF64", "BW64"];

/** Lengths from here on are placeholders of programs that wrote to a pipe (0x7ffff000, 0x7fffffff, 0xffffffff and others). */
const placeholder = 0x7fff0000;

/** What the file says of itself before its samples. */
interface Data {
  readonly encoding: Encoding;
  /** Bytes of samples; undefined where the file does not say. */
  readonly length: number | undefined;
  /** Bytes of the samples that were read already. */
  readonly leftOver: Uint8Array;
}

/** Reads chunks up to the beginning of the samples. */
async function findData(
  reader: ByteReader,
  { name, riffLength }: { readonly name: string; readonly riffLength: number | undefined },
): Promise<Data> {
  let encoding: Encoding | undefined;
  let longLength: number | undefined;
  let position = 12;
  let carried: Uint8Array = new Uint8Array(0);
  let before = "";
  for (;;) {
    const header = joinBytes([carried, await reader.take(8 - carried.length)]);
    position += header.length - carried.length;
    carried = new Uint8Array(0);
    if (header.length === 0) {
      const missing = encoding === undefined ? "says nothing of its format" : "holds no samples";
      throw damaged(name, `it ${missing}: a chunk of the WAV file is missing`);
    }
    if (header.length < 8) throw cutShort(name, "within a chunk's header");
    const id = text(header, 0, 4);
    const length = viewOf(header).getUint32(4, true);
    if (id === "data") {
      if (encoding === undefined) throw damaged(name, "its samples come before their format");
      if (longLength !== undefined) return { encoding, length: longLength, leftOver: carried };
      const known = await knownLength(reader, { length, riffLength, position });
      return { encoding, ...known };
    }
    if (!isChunkName(id)) {
      throw damaged(
        name,
        `what follows ${before === "" ? "its first twelve bytes" : `its chunk “${before}”`} is not a chunk`,
      );
    }
    const kept = ["fmt ", "ds64"].includes(id)
      ? await reader.take(Math.min(length, 40))
      : new Uint8Array(0);
    if (id === "fmt ") encoding = encodingOf(kept, name);
    if (id === "ds64" && riffLength === undefined && kept.length >= 16) {
      longLength = Number(viewOf(kept).getBigUint64(8, true));
    }
    const rest = length - kept.length;
    const skipped = await reader.skip(rest);
    position += kept.length + skipped;
    if (skipped < rest) throw cutShort(name, `within its chunk “${id}”`);
    if (length % 2 === 1) {
      const next = await afterOddChunk(reader);
      carried = next.carried;
      position += next.read;
    }
    before = id;
  }
}

/** How many bytes of samples there are, if the header says so. */
async function knownLength(
  reader: ByteReader,
  {
    length,
    riffLength,
    position,
  }: {
    readonly length: number;
    readonly riffLength: number | undefined;
    readonly position: number;
  },
): Promise<Pick<Data, "length" | "leftOver">> {
  const none = new Uint8Array(0);
  if (length >= placeholder && (length === 0xffffffff || (riffLength ?? 0) >= placeholder)) {
    return { length: undefined, leftOver: none };
  }
  // A length of 0 is true where further chunks follow; else the recorder never came back to fill it in.
  const ends = riffLength === undefined || riffLength === 0 || riffLength + 8 <= position;
  if (length > 0 || !(ends || riffLength >= placeholder)) return { length, leftOver: none };
  const leftOver = await reader.take(1);
  return leftOver.length === 0 ? { length: 0, leftOver } : { length: undefined, leftOver };
}

/**
 * A chunk of odd length is followed by a byte of padding, which some programs forget. Gives the bytes of the next chunk's
 * name that were read to find out, and how many bytes were read.
 */
async function afterOddChunk(reader: ByteReader) {
  const next = await reader.take(1);
  if (next.length === 0 || next[0] === 0) return { carried: next.subarray(1), read: next.length };
  // Padding that is not 0, or the first letter of a name?
  const name = joinBytes([next, await reader.take(3)]);
  const carried = commonNames.has(text(name, 0, 4)) ? name : name.subarray(1);
  return { carried, read: name.length };
}

/** Names of chunks that follow others in the files of recorders and editors. */
const commonNames: ReadonlySet<string> = new Set(
  "data|fmt |LIST|fact|cue |smpl|inst|PEAK|bext|iXML|id3 |ID3 |JUNK|junk|PAD |plst|axml".split("|"),
);

/** Names of chunks are four printable letters. */
function isChunkName(id: string): boolean {
  return /^[ -~]{4}$/.test(id);
}

async function* readData(
  reader: ByteReader,
  { rate, channels, width, read }: Encoding,
  {
    length,
    leftOver,
    name,
    notice,
  }: Pick<Data, "length" | "leftOver"> & { readonly name: string; readonly notice: Notice },
): AsyncGenerator<ChannelledSound> {
  const frame = channels * width;
  if (length === undefined) {
    notice(`${name} does not say how long it is, as if written to a pipe; it is read to its end`);
  }
  let left = length ?? Infinity;
  let carried = leftOver;
  let done = 0;
  do {
    const wanted = Math.min(left, framesAtOnce * frame);
    const bytes = joinBytes([carried, await reader.take(wanted - carried.length)]);
    carried = new Uint8Array(0);
    if (bytes.length < wanted && length !== undefined) throw cutShort(name, "within its samples");
    left = bytes.length < wanted ? 0 : left - bytes.length;
    const extra = bytes.length % frame;
    if (extra > 0) {
      notice(
        `${name} ends within a sample: its last ${extra} of ${done * frame + bytes.length} bytes are left out`,
      );
    }
    const view = viewOf(bytes);
    const samples = Float32Array.from({ length: (bytes.length - extra) / width }, (_, i) =>
      read(view, i * width),
    );
    checkFinite(samples, { name, channels, done });
    done += samples.length / channels;
    yield { rate, channels, samples };
  } while (left > 0);
}

/** Refuses NaN and infinity, saying where the first is. */
function checkFinite(
  samples: Float32Array,
  {
    name,
    channels,
    done,
  }: { readonly name: string; readonly channels: number; readonly done: number },
): void {
  const at = samples.findIndex((sample) => !Number.isFinite(sample));
  if (at < 0) return;
  const channel = channels === 1 ? "" : ` of channel ${(at % channels) + 1}`;
  throw damaged(
    name,
    `sample ${done + Math.floor(at / channels)}${channel} is ${samples[at]}, and every sample must be a finite number`,
  );
}

/** How a WAV file is written. */
export interface WavLayout {
  /** Samples as floating-point numbers of 32 bits, which are not clipped. */
  readonly isFloat?: boolean;
}

/**
 * The bytes of a WAV file of 16-bit samples, of one or two channels. Samples beyond [-1, 1] are clipped.
 *
 * @example
 * const samples = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(0.3 * i));
 * await writeFile("tone.wav", encodeWav({ rate: 8000, samples }));
 */
export function encodeWav(
  sound: Sound | ChannelledSound,
  { isFloat = false }: WavLayout = {},
): Uint8Array {
  const { rate, samples } = sound;
  const channels = "channels" in sound ? sound.channels : 1;
  const width = isFloat ? 4 : 2;
  const dataLength = width * samples.length;
  const bytes = new Uint8Array(44 + dataLength);
  const view = viewOf(bytes);
  const words = { 0: "RIFF", 8: "WAVE", 12: "fmt ", 36: "data" };
  for (const [at, word] of Object.entries(words))
    bytes.set(new TextEncoder().encode(word), Number(at));
  view.setUint32(4, bytes.length - 8, true); // length of all that follows
  view.setUint32(16, 16, true); // length of the format
  view.setUint16(20, isFloat ? 3 : 1, true); // floating-point numbers or integers
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, width * channels * rate, true); // bytes per second
  view.setUint16(32, width * channels, true); // bytes per frame
  view.setUint16(34, 8 * width, true); // bits per sample
  view.setUint32(40, dataLength, true);
  samples.forEach((sample, i) => {
    const level = Math.max(-(2 ** 15), Math.min(2 ** 15 - 1, Math.round(sample * 2 ** 15)));
    if (isFloat) view.setFloat32(44 + 4 * i, sample, true);
    else view.setInt16(44 + 2 * i, level, true);
  });
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function damaged(name: string, reason: string): UserError {
  return new UserError(`${name} is damaged: ${reason}`, "damaged-file");
}

function cutShort(name: string, where: string): UserError {
  return new UserError(`${name} is cut short ${where}`, "damaged-file");
}
