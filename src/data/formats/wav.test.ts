import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { encodeWav, type ReadWavOptions, readWav, readWavChannels, type Sound } from "./wav.ts";
import { readSound, writeSound } from "./wavFile.ts";

async function* inPieces(bytes: Uint8Array, length = 5) {
  for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length);
}

async function soundOf(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadWavOptions = {},
): Promise<Sound> {
  const samples: number[] = [];
  let rate = 0;
  for await (const piece of readWav(pieces, "a.wav", options)) {
    rate = piece.rate;
    for (const sample of piece.samples) samples.push(sample);
  }
  return { rate, samples: Float32Array.from(samples) };
}

/** A chunk, padded to an even length. */
function chunk(id: string, data: Uint8Array, length = data.length): Buffer {
  const header = Buffer.from(`${id}1234`);
  header.writeUint32LE(length, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}

interface Written {
  readonly family?: number;
  readonly channels?: number;
  readonly bits?: number;
  readonly frame?: number;
  /** What follows the 16 bytes that every format has. */
  readonly more?: Buffer;
}

function formatChunk({ family = 1, channels = 1, bits = 16, frame, more }: Written): Buffer {
  const format = Buffer.alloc(16);
  format.writeUint16LE(family, 0);
  format.writeUint16LE(channels, 2);
  format.writeUint32LE(8000, 4);
  format.writeUint32LE((8000 * channels * bits) / 8, 8);
  format.writeUint16LE(frame ?? (channels * bits) / 8, 12);
  format.writeUint16LE(bits, 14);
  return chunk("fmt ", Buffer.concat([format, more ?? Buffer.alloc(0)]));
}

function wavOf(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from("WAVE"), ...chunks]);
  return chunk("RIFF", body);
}

function fileOf(format: Written, data: Uint8Array): Buffer {
  return wavOf(formatChunk(format), chunk("data", data));
}

const samplesOf = async (file: Uint8Array) => [...(await soundOf(inPieces(file))).samples];

describe("a WAV file", () => {
  it("gives back 16-bit samples exactly", async () => {
    const levels = fc.array(fc.integer({ min: -32768, max: 32767 }));
    const rate = fc.integer({ min: 1, max: 2 ** 31 });
    await fc.assert(
      fc.asyncProperty(
        levels,
        rate,
        fc.integer({ min: 1, max: 60 }),
        async (given, hertz, piece) => {
          const sound = {
            rate: hertz,
            samples: Float32Array.from(given, (level) => level / 32768),
          };
          expect(await soundOf(inPieces(encodeWav(sound), piece))).toEqual(sound);
        },
      ),
    );
  });

  it("is clipped where it is too loud", async () => {
    const file = encodeWav({ rate: 8000, samples: Float32Array.of(-3, 2) });
    expect(await samplesOf(file)).toEqual([-1, 32767 / 32768]);
  });

  it("gives back floating-point samples exactly, however loud", async () => {
    const samples = [0.1, -3, 2, 1e-20].map(Math.fround);
    const sound = { rate: 8000, samples: Float32Array.from(samples) };
    expect(await samplesOf(encodeWav(sound, { isFloat: true }))).toEqual(samples);
  });

  it("may have integers of 8 to 32 bits, or floating point numbers of 32 or 64", async () => {
    const expected = [0, 0.5, -1];
    const write = (bytes: number, f: (b: Buffer, sample: number, at: number) => void) => {
      const data = Buffer.alloc(3 * bytes);
      for (const [i, sample] of expected.entries()) f(data, sample, bytes * i);
      return data;
    };
    const integers = (bytes: number) =>
      write(bytes, (b, sample, at) => b.writeIntLE(2 ** (8 * bytes - 1) * sample, at, bytes));
    const files = [
      fileOf({ bits: 8 }, Buffer.of(0x80, 0xc0, 0x00)),
      ...[2, 3, 4].map((bytes) => fileOf({ bits: 8 * bytes }, integers(bytes))),
      // Fewer bits than their bytes hold fill them from the top.
      fileOf({ bits: 12, frame: 2 }, integers(2)),
      fileOf({ bits: 20, frame: 3 }, integers(3)),
      fileOf(
        { family: 3, bits: 32 },
        write(4, (b, sample, at) => b.writeFloatLE(sample, at)),
      ),
      fileOf(
        { family: 3, bits: 64 },
        write(8, (b, sample, at) => b.writeDoubleLE(sample, at)),
      ),
    ];
    for (const file of files) expect(await samplesOf(file)).toEqual(expected);
  });

  it("may have two channels, which are averaged", async () => {
    const data = Buffer.from(Int16Array.of(0x2000, 0x4000, -0x4000, 0x4000).buffer);
    expect(await samplesOf(fileOf({ channels: 2 }, data))).toEqual([0.375, 0]);
  });

  it("has its two channels side by side where they are asked for", async () => {
    const data = Buffer.from(Int16Array.of(0x2000, 0x4000, -0x4000, 0x4000).buffer);
    const file = fileOf({ channels: 2 }, data);
    const samples = Float32Array.of(0.25, 0.5, -0.5, 0.5);
    for await (const piece of readWavChannels(inPieces(file), "a.wav")) {
      expect(piece).toEqual({ rate: 8000, channels: 2, samples });
    }
    expect.assertions(1);
  });

  it("may say its format the long way", async () => {
    const more = Buffer.alloc(24);
    more.writeUint16LE(22, 0);
    more.writeUint16LE(3, 8); // floating point numbers
    const data = Buffer.from(Float32Array.of(0.25).buffer);
    expect(await samplesOf(fileOf({ family: 0xfffe, bits: 32, more }, data))).toEqual([0.25]);
  });

  it("may hold other chunks, of odd length too, and be of unknown length", async () => {
    const data = Buffer.from(Int16Array.of(0x4000).buffer);
    const list = chunk("LIST", Buffer.from("odd"));
    const after = chunk("data", data);
    expect(await samplesOf(wavOf(list, formatChunk({}), list, after, list))).toEqual([0.5]);
    const streamed = chunk("data", data, 0xffffffff);
    expect(await samplesOf(wavOf(formatChunk({}), streamed))).toEqual([0.5]);
  });

  it("may lack the byte of padding after a chunk of odd length, or have another than 0", async () => {
    const data = chunk("data", Buffer.from(Int16Array.of(0x4000).buffer));
    const unpadded = chunk("LIST", Buffer.from("odd")).subarray(0, -1);
    expect(await samplesOf(wavOf(unpadded, formatChunk({}), unpadded, data))).toEqual([0.5]);
    const padded = Buffer.concat([unpadded, Buffer.from("d")]);
    expect(await samplesOf(wavOf(padded, formatChunk({}), padded, data))).toEqual([0.5]);
  });

  it("may have lengths of 64 bits", async () => {
    const data = Buffer.from(Int16Array.of(0x4000, -0x4000).buffer);
    const long = Buffer.alloc(28);
    long.writeBigUInt64LE(BigInt(data.length), 8);
    const after = chunk("LIST", Buffer.from("even"));
    for (const form of ["RF64", "BW64"]) {
      const file = wavOf(
        chunk("ds64", long),
        formatChunk({}),
        chunk("data", data, 0xffffffff),
        after,
      );
      file.write(form, 0, "latin1");
      file.writeUInt32LE(0xffffffff, 4);
      expect(await samplesOf(file)).toEqual([0.5, -0.5]);
      await expect(samplesOf(file.subarray(0, -14))).rejects.toThrow(
        "cut short within its samples",
      );
    }
  });

  it("whose lengths were never filled in is read to its end, with a notice", async () => {
    const data = Buffer.from(Int16Array.of(0x4000, -0x4000).buffer);
    for (const [riff, length] of [
      [0xffffffff, 0xffffffff],
      [0x7ffff024, 0x7ffff000],
      [0, 0],
      [36, 0],
      [0xffffffff, 0],
    ] as const) {
      const file = wavOf(formatChunk({}), chunk("data", data, length));
      file.writeUInt32LE(riff, 4);
      const notices: string[] = [];
      const notice = (sentence: string) => notices.push(sentence);
      const { samples } = await soundOf(inPieces(file), { notice });
      expect([...samples]).toEqual([0.5, -0.5]);
      expect(notices).toEqual([
        "a.wav does not say how long it is, as if written to a pipe; it is read to its end",
      ]);
    }
    // No samples and then another chunk: that length is true.
    const empty = wavOf(formatChunk({}), chunk("data", Buffer.alloc(0)), chunk("LIST", data));
    expect(await samplesOf(empty)).toEqual([]);
  });

  it("that ends within a sample loses it, with a notice", async () => {
    const notices: string[] = [];
    const notice = (sentence: string) => notices.push(sentence);
    const odd = fileOf({ channels: 2 }, Buffer.of(0, 0x40, 0, 0x40, 0, 0, 7));
    expect((await soundOf(inPieces(odd), { notice })).samples).toEqual(Float32Array.of(0.5));
    expect(notices).toEqual(["a.wav ends within a sample: its last 3 of 7 bytes are left out"]);
  });

  it("of two channels is written as such", async () => {
    const samples = Float32Array.of(0.5, -0.5, 0.25, -0.25);
    const path = join(await temporaryFolder(), "a.wav");
    await writeSound(path, { rate: 8000, channels: 2, samples });
    expect(await readSound(path)).toEqual({ rate: 8000, channels: 2, samples });
  });

  it("without samples still tells its rate", async () => {
    const silent = { rate: 8000, samples: new Float32Array(0) };
    expect(await soundOf(inPieces(encodeWav(silent)))).toEqual(silent);
  });

  it("cut short anywhere is a clear error, never a crash", async () => {
    const whole = encodeWav({ rate: 8000, samples: Float32Array.of(0, 0.5, -0.5) });
    for (let length = 0; length < whole.length; length++) {
      await expect(soundOf(inPieces(whole.subarray(0, length)))).rejects.toThrow(UserError);
    }
    await expect(soundOf(inPieces(whole.subarray(0, 47)))).rejects.toThrow(
      new UserError("a.wav is cut short within its samples", "damaged-file"),
    );
  });

  it("that is none, or has something else in it, is refused by name", async () => {
    const six = Buffer.alloc(6);
    const refusals: [Uint8Array, RegExp][] = [
      [Buffer.alloc(0), /^a.wav is not a WAV file: it does not begin with RIFF and WAVE$/],
      [Buffer.from("hello, this is a text"), /is not a WAV file/],
      [fileOf({ channels: 3 }, six), /^a.wav has 3 channels; files of one or two are read$/],
      [fileOf({ family: 3, bits: 16 }, six), /^a.wav has samples of 16 bits \(floating point/],
      [fileOf({ bits: 40, frame: 5 }, six), /^a.wav has samples of 40 bits \(integers\); integers/],
      [fileOf({ family: 7, bits: 8 }, six), /samples of 8 bits \(µ-law\)/],
      [fileOf({ family: 99, bits: 8 }, six), /samples of 8 bits \(coding 99\)/],
      [fileOf({ frame: 3 }, six), /^a.wav is damaged: its format says 16 bits a sample and 1/],
      [wavOf(chunk("data", six), formatChunk({})), /its samples come before their format/],
      [wavOf(chunk("LIST", six)), /says nothing of its format/],
      [wavOf(formatChunk({})), /holds no samples/],
      [
        wavOf(formatChunk({}), chunk("\u001b[2J", six)),
        /^a.wav is damaged: what follows its chunk “fmt ” is not a chunk$/,
      ],
      [
        fileOf({ family: 3, bits: 32 }, Buffer.from(Float32Array.of(0, Number.NaN).buffer)),
        /^a.wav is damaged: sample 1 is NaN, and every sample must be a finite number$/,
      ],
      [
        fileOf(
          { family: 3, bits: 32, channels: 2 },
          Buffer.from(Float32Array.of(0, 0, 0, -Infinity).buffer),
        ),
        /^a.wav is damaged: sample 1 of channel 2 is -Infinity, and/,
      ],
    ];
    for (const [file, message] of refusals) {
      await expect(soundOf(inPieces(file))).rejects.toThrow(message);
    }
  });

  it("damaged in any byte is read or refused, never a crash", async () => {
    const whole = fileOf({ channels: 2 }, Buffer.alloc(8));
    const at = fc.nat(whole.length - 1);
    await fc.assert(
      fc.asyncProperty(at, fc.integer({ min: 0, max: 255 }), async (place, value) => {
        const file = Uint8Array.from(whole);
        file[place] = value;
        await soundOf(inPieces(file)).catch((error) => expect(error).toBeInstanceOf(UserError));
      }),
    );
  });
});

const spoken = "../shared/data/fsdd/recordings/0_jackson_0.wav";
const here = existsSync(spoken);
describe.skipIf(!here)(here ? "a real recording" : `skipped: ${spoken} is absent`, () => {
  it("is half a second of speech", async () => {
    const { rate, samples } = await soundOf(createReadStream(spoken));
    expect([rate, samples.length]).toEqual([8000, 5148]);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(0.1);
    expect(loudest).toBeLessThan(1);
  });
});
