import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeNpy, type NpyData } from "../../data/formats/npy.ts";
import { encodePng } from "../../data/formats/png.ts";
import { encodeWav } from "../../data/formats/wav.ts";
import { blankRaster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { type LoadOptions, loadSignal } from "./loadSignal.ts";
import { fromValue } from "./signal.ts";

/** Loads a file of these bytes; messages call it by `name` alone, whatever its folder. */
async function load(name: string, bytes: Uint8Array, options: LoadOptions = {}) {
  const folder = await temporaryFolder();
  const path = join(folder, name);
  await writeFile(path, bytes);
  const notices: string[] = [];
  const plain = (text: string) => text.replace(`${folder}/`, "");
  const notice = (sentence: string) => notices.push(plain(sentence));
  const signal = await loadSignal(path, { notice, ...options }).catch((error: unknown) => {
    throw error instanceof UserError ? new UserError(plain(error.message), error.code) : error;
  });
  return { signal, notices };
}

const npy = (shape: readonly number[], data: NpyData) => encodeNpy({ shape, data });

/** A WAV file of floating point samples. */
function floatWav(samples: readonly number[], channels = 1): Buffer {
  const header = Buffer.from(encodeWav({ rate: 8000, samples: new Float32Array(0) }));
  header.writeUInt16LE(3, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt16LE(4 * channels, 32);
  header.writeUInt16LE(32, 34);
  header.writeUInt32LE(4 * samples.length, 40);
  return Buffer.concat([header, Buffer.from(Float32Array.from(samples).buffer)]);
}

describe("a picture", () => {
  it("has black at -1 and white at 1, and nothing to say", async () => {
    const raster = { ...blankRaster(3, 1, 1), data: Uint8Array.of(0, 51, 255) };
    expect(await load("a.PNG", encodePng(raster))).toEqual({
      signal: {
        size: [1, 3],
        channels: 1,
        values: Float32Array.of(-1, 2 * Math.fround(0.2) - 1, 1),
      },
      notices: [],
    });
  });

  it("of color may be made gray, which is not rounded", async () => {
    const raster = { width: 1, height: 1, channels: 3 as const, data: Uint8Array.of(255, 0, 255) };
    const file = encodePng(raster);
    const { signal } = await load("a.png", file);
    expect(signal).toEqual({ size: [1, 1], channels: 3, values: Float32Array.of(1, -1, 1) });
    const gray = (await load("a.png", file, { channels: "gray" })).signal;
    expect([gray.channels, gray.values.length]).toEqual([1, 1]);
    expect(gray.values[0]).toBeCloseTo(2 * (0.299 + 0.114) - 1, 7);
  });

  it("is reduced where it is huge, with a message", async () => {
    const file = encodePng(blankRaster(100, 40, 1, 255));
    const { signal, notices } = await load("a.png", file, { maxSize: 50 });
    expect(signal.size).toEqual([20, 50]);
    expect(new Set(signal.values)).toEqual(new Set([1]));
    expect(notices).toEqual(["a.png has 100×40 pixels and is reduced to 50×20"]);
    const wide = encodePng(blankRaster(1026, 1, 1));
    expect((await load("a.png", wide)).signal.size).toEqual([1, 1024]);
    const whole = await load("a.png", wide, { maxSize: Infinity });
    expect([whole.signal.size, whole.notices]).toEqual([[1, 1026], []]);
  });

  it("that is animated or transparent says what became of it", async () => {
    // Two frames of one transparent pixel each.
    const frame = "21f90405000000002c0000000001000100000202440100";
    const gif = `474946383961010001008000000000000000ff${frame}${frame}3b`;
    const { signal, notices } = await load("a.gif", Buffer.from(gif, "hex"));
    expect([signal.size, signal.values[0]]).toEqual([[1, 1], 1]);
    expect(notices).toEqual([
      "a.gif has 2 frames or pages; the first is taken",
      "a.gif is transparent in places; it is laid on white",
    ]);
  });
});

describe("a sound", () => {
  it("keeps its samples and their rate", async () => {
    const file = encodeWav({ rate: 8000, samples: Float32Array.of(0, 0.5, -1) });
    expect(await load("a.wav", file)).toEqual({
      signal: { size: [3], channels: 1, values: Float32Array.of(0, 0.5, -1), rate: 8000 },
      notices: [],
    });
  });

  it("keeps two channels side by side, or makes one of their mean", async () => {
    const file = floatWav([0.5, 0, -0.25, 0.25], 2);
    const { signal } = await load("a.wav", file);
    const values = Float32Array.of(0.5, 0, -0.25, 0.25);
    expect(signal).toEqual({ size: [2], channels: 2, values, rate: 8000 });
    const gray = (await load("a.wav", file, { channels: "gray" })).signal;
    expect(gray).toEqual({ size: [2], channels: 1, values: Float32Array.of(0.25, 0), rate: 8000 });
  });

  it("beyond full scale is scaled, and its range says by how much", async () => {
    const { signal, notices } = await load("a.wav", floatWav([0, -2, 1]));
    expect(signal.values).toEqual(Float32Array.of(0, -1, 0.5));
    expect(signal.range).toEqual({ low: -2, high: 2 });
    expect(notices).toEqual(["a.wav goes up to 2 times full scale; all of it is kept"]);
  });

  it("without samples, or with one that is not finite, is refused", async () => {
    const empty = encodeWav({ rate: 8000, samples: new Float32Array(0) });
    await expect(load("a.wav", empty)).rejects.toThrow(
      new UserError("a.wav is a sound without samples", "damaged-file"),
    );
    await expect(load("a.wav", floatWav([0, 0, 0, Infinity], 2))).rejects.toThrow(
      new UserError(
        "a.wav is damaged: sample 1 of channel 2 is Infinity, and every sample must be a finite number",
        "damaged-file",
      ),
    );
  });
});

describe("an array", () => {
  it("spans [-1, 1], and its range gives its numbers back", async () => {
    const numbers = Float64Array.of(10, 12.5, 20, 11);
    const { signal, notices } = await load("a.npy", npy([4], numbers));
    expect(signal).toEqual({
      size: [4],
      channels: 1,
      values: Float32Array.of(-1, -0.5, 1, -0.8),
      range: { low: 10, high: 20, double: true },
    });
    expect(notices).toEqual([]);
    const { range } = signal;
    expect(range && fromValue(-0.5, range)).toBe(12.5);
  });

  it("of unsigned bytes is a picture, black at 0 and white at 255", async () => {
    const { signal } = await load("a.npy", npy([1, 2], Uint8Array.of(0, 51)));
    expect(signal.range).toEqual({ low: 0, high: 255 });
    expect(signal.values[0]).toBe(-1);
    expect(signal.values[1]).toBeCloseTo(-0.6, 6);
  });

  it("of one number everywhere is 0, and its range gives the number back", async () => {
    for (const number of [0, 7, -3, 1e300]) {
      const { values, range } = (await load("a.npy", npy([2], Float64Array.of(number, number))))
        .signal;
      expect([...values]).toEqual([0, 0]);
      expect(range && fromValue(0, range)).toBe(number);
    }
  });

  it("has channels first or last where it is said so", async () => {
    const last = npy([1, 2, 3], Uint8Array.of(0, 0, 255, 255, 0, 0));
    const first = npy([3, 1, 2], Uint8Array.of(0, 255, 0, 0, 255, 0));
    const expected = {
      size: [1, 2],
      channels: 3,
      values: Float32Array.of(-1, -1, 1, 1, -1, -1),
      range: { low: 0, high: 255 },
    };
    expect(await load("a.npy", last, { channelAxis: "last" })).toEqual({
      signal: expected,
      notices: [],
    });
    expect(await load("a.npy", first, { channelAxis: "first" })).toEqual({
      signal: expected,
      notices: [],
    });
  });

  it("that looks as if it had channels is a volume all the same, with a message", async () => {
    const { signal, notices } = await load("a.npy", npy([5, 5, 3], new Int16Array(75)));
    expect([signal.size, signal.channels]).toEqual([[5, 5, 3], 1]);
    expect(notices).toEqual([
      "a.npy is read as 3 axes of 5×5×3 samples; say so if its last axis holds channels",
    ]);
  });

  it("with a number that is not finite is refused, saying where", async () => {
    const data = new Float32Array(24);
    data[17] = Number.NaN;
    await expect(load("a.npy", npy([2, 3, 4], data))).rejects.toThrow(
      new UserError("a.npy has NaN at [1, 1, 1]; every value must be a number"),
    );
    await expect(load("a.npy", npy([1], Float64Array.of(-Infinity)))).rejects.toThrow(
      new UserError("a.npy has -Infinity at [0]; every value must be a number"),
    );
  });

  it("of no or too many axes, without values, or too wide a range is refused", async () => {
    const refusals: [Uint8Array, LoadOptions, string][] = [
      [npy([], Uint8Array.of(1)), {}, "a.npy has 0 axes; signals have one, two or three"],
      [
        npy([3], new Uint8Array(3)),
        { channelAxis: "last" },
        "a.npy has 0 axes without its channels; signals have one, two or three",
      ],
      [npy([1, 1, 1, 1], Uint8Array.of(1)), {}, "a.npy has 4 axes; signals have one, two or three"],
      [npy([2, 0], new Uint8Array(0)), {}, "a.npy is an array without values"],
      [
        npy([2], Float64Array.of(-1e308, 1e308)),
        {},
        "a.npy has numbers too far apart to compute with: -1e+308 and 1e+308",
      ],
    ];
    for (const [file, options, message] of refusals) {
      await expect(load("a.npy", file, options)).rejects.toThrow(message);
    }
  });
});

describe("any other file", () => {
  it("is refused by its ending, a folder and a missing file by name", async () => {
    await expect(load("a.mp3", Buffer.of(1))).rejects.toThrow(
      /^a.mp3 cannot be read: signals are files that end in .png, .*, .wav, .npy$/,
    );
    for (const ending of ["png", "wav", "npy"]) {
      await expect(loadSignal(`nowhere.${ending}`)).rejects.toThrow(
        `nowhere.${ending} does not exist`,
      );
      const folder = join(await temporaryFolder(), `folder.${ending}`);
      await mkdir(folder);
      await expect(loadSignal(folder)).rejects.toThrow(
        new UserError(`${folder} is a folder where a file is expected`, "wrong-kind"),
      );
    }
  });
});
