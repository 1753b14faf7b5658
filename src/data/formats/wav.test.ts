import { createReadStream, existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { encodeWav, readWav, readWavChannels, type Sound } from "./wav.ts";

async function* inPieces(bytes: Uint8Array, length = 5) {
  for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length);
}

async function soundOf(pieces: AsyncIterable<Uint8Array>, name = "a.wav"): Promise<Sound> {
  const samples: number[] = [];
  let rate = 0;
  for await (const piece of readWav(pieces, name)) {
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

  it("may have integers of 8 to 32 bits, or floating point numbers", async () => {
    const expected = [0, 0.5, -1];
    const write = (bits: number, f: (b: Buffer, sample: number, i: number) => void) => {
      const data = Buffer.alloc((3 * bits) / 8);
      for (const [i, sample] of expected.entries()) f(data, sample, i);
      return data;
    };
    const files = [
      fileOf({ bits: 8 }, Buffer.of(0x80, 0xc0, 0x00)),
      fileOf(
        { bits: 16 },
        write(16, (b, sample, i) => b.writeInt16LE(2 ** 15 * sample, 2 * i)),
      ),
      fileOf(
        { bits: 24 },
        write(24, (b, sample, i) => b.writeIntLE(2 ** 23 * sample, 3 * i, 3)),
      ),
      fileOf(
        { bits: 32 },
        write(32, (b, sample, i) => b.writeInt32LE(2 ** 31 * sample, 4 * i)),
      ),
      fileOf(
        { family: 3, bits: 32 },
        write(32, (b, sample, i) => b.writeFloatLE(sample, 4 * i)),
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
      new UserError("a.wav is cut short within its samples"),
    );
  });

  it("that is none, or has something else in it, is refused by name", async () => {
    const six = Buffer.alloc(6);
    const refusals: [Uint8Array, RegExp][] = [
      [Buffer.alloc(0), /^a.wav is not a WAV file: it does not begin with RIFF and WAVE$/],
      [Buffer.from("hello, this is a text"), /is not a WAV file/],
      [fileOf({ channels: 3 }, six), /^a.wav has 3 channels; files of one or two are read$/],
      [fileOf({ bits: 12 }, six), /^a.wav has samples of 12 bits in coding 1; integers/],
      [fileOf({ family: 7, bits: 8 }, six), /samples of 8 bits in coding 7/],
      [fileOf({ frame: 3 }, six), /^a.wav is damaged: its format contradicts itself$/],
      [fileOf({ channels: 2 }, six), /cut short within its samples/],
      [wavOf(chunk("data", six), formatChunk({})), /its samples come before their format/],
      [wavOf(chunk("LIST", six)), /says nothing of its format/],
      [wavOf(formatChunk({})), /holds no samples/],
      [
        fileOf({ family: 3, bits: 32 }, Buffer.from(Float32Array.of(Number.NaN).buffer)),
        /samples that are not numbers/,
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
