import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTokens } from "./decode.ts";
import { encodeTokens } from "./encode.ts";
import { anyCoefficients, anyLanguage } from "./testing.ts";
import { type TokenLanguage, tokenLanguage } from "./tokenLanguage.ts";
import { blockTokens } from "./tokens.ts";
import { coefficientCount } from "./walk/geometry.ts";
import { floorLog2 } from "./walk/startingPlane.ts";

const anyCase = anyLanguage().chain((language) =>
  anyCoefficients(coefficientCount(language.geometry)).map((coefficients) => ({
    language,
    coefficients,
  })),
);

/** The final value of a coefficient in closed form, independent of any walk. */
function finalValue(value: number, { finestPlane, reading }: TokenLanguage): number {
  const finest = 2 ** finestPlane;
  const size = Math.abs(value);
  if (size < finest) return 0;
  const q = reading === "A" ? finest : finest / 2;
  const power = 2 ** floorLog2(size) === size;
  return Math.sign(value) * (power ? size + q / 2 : (Math.ceil(size / q) - 0.5) * q);
}

describe("encodeTokens", () => {
  test("reaches the closed form for every coefficient", () => {
    fc.assert(
      fc.property(anyCase, ({ language, coefficients }) => {
        const { approximation } = encodeTokens(coefficients, language);
        expect([...approximation]).toEqual(
          [...coefficients].map((x) => finalValue(x, language) + 0),
        );
      }),
    );
  });

  test("is off by at most T_f / 2 where significant, by less than T_f elsewhere", () => {
    fc.assert(
      fc.property(anyCase, ({ language, coefficients }) => {
        const { approximation } = encodeTokens(coefficients, language);
        const finest = 2 ** language.finestPlane;
        for (const [i, x] of coefficients.entries())
          if (approximation[i] === 0) expect(Math.abs(x)).toBeLessThan(finest);
          else expect(Math.abs(x - approximation[i]!)).toBeLessThanOrEqual(finest / 2);
      }),
    );
  });

  test("writes nothing about a matrix below the finest threshold", () => {
    const geometry = { channels: 1, height: 4, width: 4, levels: 1 };
    const language = tokenLanguage({ geometry, finestPlane: 0 });
    const { startingPlane, tokens } = encodeTokens(new Float64Array(16).fill(0.99), language);
    expect(startingPlane).toBe(-1);
    expect(tokens.length).toBe(0);
  });

  test("wants a matrix of the language's size", () => {
    const geometry = { channels: 1, height: 4, width: 4, levels: 1 };
    const language = tokenLanguage({ geometry, finestPlane: 0 });
    expect(() => encodeTokens(new Float64Array(15), language)).toThrow("15 coefficients");
  });
});

describe("decodeTokens", () => {
  test("gives the encoder's own reconstruction bit for bit", () => {
    fc.assert(
      fc.property(anyCase, ({ language, coefficients }) => {
        const encoding = encodeTokens(coefficients, language);
        expect(decodeTokens(encoding, language)).toEqual(encoding.approximation);
      }),
    );
  });

  test("takes any prefix, and longer ones know no less", () => {
    fc.assert(
      fc.property(anyCase, fc.double({ min: 0, max: 1, noNaN: true }), (c, share) => {
        const encoding = encodeTokens(c.coefficients, c.language);
        const tokens = encoding.tokens.subarray(0, Math.floor(share * encoding.tokens.length));
        const known = decodeTokens({ ...encoding, tokens }, c.language);
        for (const [i, value] of known.entries())
          if (value !== 0) expect(Math.sign(value)).toBe(Math.sign(encoding.approximation[i]!));
      }),
    );
  });

  const geometry = { channels: 1, height: 4, width: 4, levels: 1 };
  const language = tokenLanguage({ geometry, finestPlane: 0 });
  const { Group2x2, Group4x4, NextAccuracy0 } = blockTokens;

  test("says where an illegal token stands and what would be legal", () => {
    const tokens = Uint8Array.of(Group2x2, NextAccuracy0);
    expect(() => decodeTokens({ startingPlane: 0, tokens }, language)).toThrow(
      "token 1 is 5 (NextAccuracy0), which is not legal at the quad site of channel 0, row 0, " +
        "column 2 at threshold 1; legal there: Group2x2, NowSignificantNeg, NowSignificantPos, " +
        "Insignificant",
    );
    expect(() => decodeTokens({ startingPlane: 0, tokens: Uint8Array.of(200) }, language)).toThrow(
      "token 0 is 200 (an unknown token)",
    );
  });

  test("says when there are too many tokens, or no such plane", () => {
    const tokens = Uint8Array.of(Group4x4, Group4x4);
    expect(() => decodeTokens({ startingPlane: 0, tokens }, language)).toThrow(
      "complete after 1 tokens, but 2 were given",
    );
    expect(() => decodeTokens({ startingPlane: 1e9, tokens }, language)).toThrow("starting plane");
  });
});
