import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTokens } from "../../codec/decode.ts";
import { encodeTokens } from "../../codec/encode.ts";
import { crc32 } from "../../codec/file/crc32.ts";
import { UserError } from "../../errors/userError.ts";
import {
  analyze,
  type ImageLanguageOptions,
  imageLanguage,
  synthesize,
} from "../language/language.ts";
import { anyOptions, anyPicture, testPicture } from "../testing.ts";
import { readContainer, writeContainer } from "./container.ts";

function compress(picture: ReturnType<typeof testPicture>, options: ImageLanguageOptions) {
  const language = imageLanguage(options, picture);
  const encoding = encodeTokens(analyze(picture, language), language.tokens);
  return { language, encoding, bytes: writeContainer(encoding, language) };
}
const options = { wavelet: "bior4.4", finest: 0.125, color: "ycbcr", padding: "edge" } as const;
const sample = compress(testPicture(21, 17, 3), options);

/** `bytes` with some replaced, and the header's own check made to agree. */
function forge(bytes: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array {
  const forged = bytes.slice();
  for (const [place, byte] of Object.entries(changes)) forged[Number(place)] = byte;
  new DataView(forged.buffer).setUint32(24, crc32(forged.subarray(0, 24)), true);
  return forged;
}

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

describe("a compressed file", () => {
  test("carries the language and the encoder's own reconstruction, bit for bit", () => {
    fc.assert(
      fc.property(anyPicture(20), anyOptions, (picture, options) => {
        const { language, encoding, bytes } = compress(picture, options);
        const contents = readContainer(bytes, "x");
        expect(contents.approximation).toEqual(encoding.approximation);
        expect(contents.tokenCount).toBe(encoding.tokens.length);
        expect([contents.finished, contents.missingBytes]).toEqual([true, 0]);
        expect(contents.language).toEqual(language);
      }),
      { numRuns: 60 },
    );
  });

  test("cut short anywhere behind its header gives a prefix of its tokens", () => {
    const whole = sample.bytes.length;
    const cuts = [28, 29, 30, 31, 32, 50, Math.floor(whole / 2), whole - 2, whole - 1];
    let last = 0;
    for (const length of cuts) {
      const contents = readContainer(sample.bytes.subarray(0, length), "x");
      const tokens = sample.encoding.tokens.subarray(0, contents.tokenCount);
      const prefix = decodeTokens({ ...sample.encoding, tokens }, sample.language.tokens);
      expect(contents.approximation).toEqual(prefix);
      expect(contents.missingBytes).toBe(whole - length);
      expect(contents.tokenCount).toBeGreaterThanOrEqual(last);
      last = contents.tokenCount;
    }
    // One missing byte costs only the tokens that it decides.
    expect(last).toBeGreaterThan(0.9 * sample.encoding.tokens.length);
  });

  test("can be decoded up to a number of tokens", () => {
    const contents = readContainer(sample.bytes, "x", { limit: 50 });
    expect([contents.tokenCount, contents.finished]).toEqual([50, false]);
  });
});

test("an image of the longest side comes back, along either side", () => {
  for (const [width, height] of [
    [65536, 1],
    [1, 65536],
    [65535, 1],
  ] as const) {
    const data = Uint8Array.from({ length: width * height }, (_, i) => (i % 5) * 60);
    const picture = { width, height, channels: 1, data } as const;
    const { encoding, bytes } = compress(picture, { wavelet: "haar", finest: 0.125 });
    const contents = readContainer(bytes, "x");
    expect([contents.language.width, contents.language.height]).toEqual([width, height]);
    expect(contents.approximation).toEqual(encoding.approximation);
  }
});

describe("a damaged file is refused", () => {
  test("wherever one bit flips", () => {
    for (let bit = 0; bit < 8 * sample.bytes.length; bit++) {
      const damaged = sample.bytes.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => readContainer(damaged, "x")).toThrow(UserError);
    }
  });

  test("with the reason", () => {
    const { bytes } = sample;
    const read = (bytes: Uint8Array) => () => readContainer(bytes, "cat.ondl");
    expect(read(new Uint8Array(0))).toThrow("cat.ondl is not an ondelette image");
    expect(read(bytes.subarray(0, 20))).toThrow("cat.ondl is cut short in its header: 20 of 28");
    expect(read(Uint8Array.of(...bytes, 0))).toThrow("ends 1 bytes before the file does");
    expect(read(forge(bytes, { 4: 4 }))).toThrow("has format version 4");
    expect(read(forge(bytes, { 5: 99 }))).toThrow(
      "uses entry 99 of a table that ends with bior4.4",
    );
    expect(read(forge(bytes, { 6: 255 }))).toThrow("impossible values");
    expect(read(forge(bytes, { 7: 200 }))).toThrow("levels must be a whole number");
    expect(read(forge(bytes, { 7: 15 }))).toThrow("at most 33554432 in all");
    expect(read(forge(bytes, { 12: 0, 13: 0, 14: 0, 15: 0 }))).toThrow("33554432 in all");
    expect(read(forge(bytes, { 11: 100 }))).toThrow("impossible values");
    expect(read(forge(bytes, { 10: sample.bytes[10]! + 1 }))).not.toThrow(RangeError);
  });

  test("whatever the bytes are, with or without a plausible header", () => {
    const header = sample.bytes.subarray(0, 28);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (noise, plausible) => {
        try {
          readContainer(plausible ? Uint8Array.of(...header, ...noise) : noise, "x");
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("files of earlier versions decode to the same pixels", () => {
  // Version 1: a color picture of 7×5 with the options above, and a gray one of 6×6 in Haar, trees and reading B at 0.25.
  // Version 2: lossless pictures plane by plane, a gray one of 6×5 in Haar and a color one of 4×3 in 5/3.
  const files = [
    [
      "T05ETAECDAL9/wEABwAFACQAAACnqWvpfcJov/rhR6sFba6R2A+fIkgAm1LOMvBeSHa3qE/IMk4cIzNNSAfJZA==",
      "LCwsNzc3Nzc3SkpKOTk5JiYmTExMLS0tMjIyPT09qKiosLCwRkZGW1tbNjY2SUlJr6+vzc3Nqampubm5QEBAQEBAKCgos7Oz" +
        "xMTEycnJw8PDSkpKQEBADg4OREREwsLC8PDwVlZWVFRU",
    ],
    [
      "T05ETAEAAwL+/wAABgAGABIAAACfP/O5HN2mpN9+AC7Wf4OjgCujpkK/W239cQ==",
      "ACQkGBgIJCQkMDAYJCTDv78YGDC/v78gGDC/v78gCBgYICAQ",
    ],
    [
      "T05ETAIAEAL//wgABgAFACAAAABwYUNvhfqPHaSSTI/SryzdjcLKGJZY9REBn2NqT8r386dg3/YU7X+W",
      "MSw3Mi04LTgyuTgzKDO6xcAuMy7FwLs6Lyo0uzo1",
    ],
    [
      "T05ETAIBFAH+/wgABAADACwAAAD+ksC7nU2pofmZmakYk1vEqYKua+VxABL9K2BW+XdvIncJydl/uAZwgfRHnG1CnkseXQjv",
      "MSs1MCo0LzkyLTcxKDMuNzIswbzHNC86Lys2LTk1uMTAKzcy",
    ],
  ] as const;
  for (const [file, pixels] of files) {
    const { approximation, language } = readContainer(fromBase64(file), "x");
    const { data } = synthesize(approximation, language).raster;
    expect(data).toEqual(fromBase64(pixels));
  }
});

describe("a lossless file", () => {
  const picture = testPicture(21, 17, 3);
  const { bytes, encoding } = compress(picture, {
    ...{ wavelet: "bior2.2", lossless: true, color: "ycbcr" },
  });

  test("has a version of its own, so that readers of version 1 refuse it", () => {
    expect(bytes[4]).toBe(2);
    expect(sample.bytes[4]).toBe(1);
    expect(() => readContainer(forge(bytes, { 4: 3 }), "x")).toThrow("needs the wavelet haar");
    // What is lossless says so twice, and the parts of the header agree.
    expect(() => readContainer(forge(bytes, { 4: 1 }), "x")).toThrow("impossible values");
    expect(() => readContainer(forge(sample.bytes, { 4: 2 }), "x")).toThrow("impossible values");
    expect(() => readContainer(forge(bytes, { 8: 0 }), "x")).toThrow("impossible values");
    expect(() => readContainer(forge(bytes, { 5: 2 }), "x")).toThrow("not bior4.4");
    expect(() => readContainer(forge(bytes, { 6: bytes[6]! | 2 }), "x")).toThrow("reading A");
    expect(() => readContainer(forge(bytes, { 6: bytes[6]! | 8 }), "x")).toThrow("impossible");
  });

  test("goes coefficient by coefficient in a version of its own", () => {
    const { bytes, encoding } = compress(picture, {
      ...{ wavelet: "haar", lossless: true, color: "ycbcr", order: "coefficients" },
    });
    expect(bytes[4]).toBe(3);
    const { approximation, language } = readContainer(bytes, "x");
    expect(approximation).toEqual(encoding.approximation);
    expect(synthesize(approximation, language).raster).toEqual(picture);
  });

  test("cut short gives a coarser picture", () => {
    const contents = readContainer(bytes.subarray(0, bytes.length >> 1), "x");
    expect(contents.finished).toBe(false);
    expect(contents.tokenCount).toBeGreaterThan(0.3 * encoding.tokens.length);
    const { raster } = synthesize(contents.approximation, contents.language);
    expect(raster).toMatchObject({ width: 21, height: 17, channels: 3 });
  });

  test("of noise behind a sound header gives some picture, or is refused", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.integer({ min: 0, max: 62 }),
        (noise, up) => {
          const forged = forge(Uint8Array.of(...bytes.subarray(0, 28), ...noise), {
            10: 256 + up - 2,
            11: up < 2 ? 255 : 0,
          });
          new DataView(forged.buffer).setUint32(16, noise.length, true);
          new DataView(forged.buffer).setUint32(20, crc32(noise), true);
          try {
            const { approximation, language } = readContainer(forge(forged, {}), "x");
            expect(synthesize(approximation, language).raster.data.length).toBe(3 * 21 * 17);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("an image with nothing to say fits in the header", () => {
  const black = { width: 4, height: 4, channels: 1, data: new Uint8Array(16) } as const;
  const { bytes } = compress(black, { wavelet: "haar", finest: 0.125 });
  expect(bytes.length).toBe(28);
  expect(readContainer(bytes, "x").finished).toBe(true);
});

test("more than 64 planes are refused", () => {
  const picture = testPicture(4, 4, 1);
  expect(() => compress(picture, { wavelet: "haar", finest: 2 ** -70 })).toThrow("too fine");
});
