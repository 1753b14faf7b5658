import fc from "fast-check";
import { expect, test } from "vitest";
import { compressTokens, decompressTokens } from "./compress.ts";
import { decodeTokens } from "./decode.ts";
import { encodeTokens } from "./encode.ts";
import { fitContextCoder } from "./entropy/contextCoder.ts";
import { anyCoefficients, anyLanguage, randomFrom } from "./testing.ts";
import { tokenLanguage } from "./tokenLanguage.ts";
import { coefficientCount } from "./walk/geometry.ts";

const anyCase = anyLanguage().chain((language) =>
  anyCoefficients(coefficientCount(language.geometry)).map((coefficients) => ({
    language,
    encoding: encodeTokens(coefficients, language),
  })),
);

test("decompression gives the encoder's own reconstruction bit for bit", () => {
  fc.assert(
    fc.property(anyCase, ({ language, encoding }) => {
      const bytes = compressTokens(encoding, language);
      const back = decompressTokens(bytes, language, { ...encoding, complete: true });
      expect(back.finished).toBe(true);
      expect(back.tokenCount).toBe(encoding.tokens.length);
      expect(back.approximation).toEqual(encoding.approximation);
    }),
  );
});

test("a part of the bytes gives a prefix of the tokens", () => {
  fc.assert(
    fc.property(anyCase, fc.nat(), ({ language, encoding }, cut) => {
      const bytes = compressTokens(encoding, language);
      const part = bytes.subarray(0, cut % (bytes.length + 1));
      const { tokenCount, approximation } = decompressTokens(part, language, {
        ...encoding,
        complete: false,
      });
      const tokens = encoding.tokens.subarray(0, tokenCount);
      expect(approximation).toEqual(decodeTokens({ ...encoding, tokens }, language));
    }),
  );
});

test("a limit stops at that token", () => {
  const geometry = { channels: 1, height: 16, width: 16, levels: 3 };
  const language = tokenLanguage({ geometry, finestPlane: -3 });
  const random = randomFrom(1);
  const coefficients = Float64Array.from({ length: 256 }, () => 4 * random() - 2);
  const encoding = encodeTokens(coefficients, language);
  const bytes = compressTokens(encoding, language);
  const back = decompressTokens(bytes, language, { ...encoding, complete: true, limit: 100 });
  expect([back.tokenCount, back.finished]).toEqual([100, false]);
});

test("adapting costs little more than the static coder fitted on the very stream", () => {
  const geometry = { channels: 1, height: 64, width: 64, levels: 4 };
  const language = tokenLanguage({ geometry, finestPlane: -3 });
  const random = randomFrom(2);
  const coefficients = Float64Array.from(
    { length: 4096 },
    () => (2 * random() - 1) / (16 * random()),
  );
  const encoding = encodeTokens(coefficients, language);
  const bound = fitContextCoder([encoding], language).bits(encoding, language);
  const bits = 8 * compressTokens(encoding, language).length;
  expect(bits).toBeGreaterThan(bound);
  expect(bits).toBeLessThan(1.2 * bound);
});
