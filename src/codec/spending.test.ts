import fc from "fast-check";
import { expect, test } from "vitest";
import { compressTokens, decompressTokens } from "./compress.ts";
import { encodeTokens } from "./encode.ts";
import { spending } from "./spending.ts";
import { anyCoefficients, anyLanguage, randomFrom } from "./testing.ts";
import { tokenLanguage } from "./tokenLanguage.ts";
import { coefficientCount } from "./walk/geometry.ts";

test("the bytes that a token needs are those after which a decoder knows it", () => {
  const anyCase = anyLanguage().chain((language) =>
    anyCoefficients(coefficientCount(language.geometry)).map((coefficients) => ({
      language,
      encoding: encodeTokens(coefficients, language),
    })),
  );
  fc.assert(
    fc.property(anyCase, fc.nat(), ({ language, encoding }, cut) => {
      const code = compressTokens(encoding, language);
      const { bytes } = spending(encoding, language);
      const length = cut % (code.length + 1);
      const { tokenCount } = decompressTokens(code.subarray(0, length), language, {
        ...encoding,
        complete: length === code.length,
      });
      expect(tokenCount).toBe(bytes.filter((n) => n <= length).length);
    }),
  );
});

test("the bits of all tokens are the length of the code", () => {
  const geometry = { channels: 1, height: 64, width: 64, levels: 4 };
  const language = tokenLanguage({ geometry, finestPlane: -3 });
  const random = randomFrom(5);
  const coefficients = Float64Array.from({ length: 4096 }, () => 4 * random() ** 6 - 1);
  const encoding = encodeTokens(coefficients, language);
  const { bits } = spending(encoding, language);
  const code = compressTokens(encoding, language);
  const sum = bits.reduce((total, b) => total + b, 0);
  expect(8 * code.length).toBeGreaterThan(sum - 8);
  expect(8 * code.length).toBeLessThan(1.001 * sum + 40);
});
