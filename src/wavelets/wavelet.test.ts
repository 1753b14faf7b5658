import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isWaveletName, wavelet } from "./wavelet.ts";

const frozen: Record<string, Record<string, number[]>> = JSON.parse(
  readFileSync(new URL("./fixtures/filters.json", import.meta.url), "utf8"),
);

describe.each(["haar", "bior2.2", "bior4.4"] as const)("%s", (name) => {
  const { decLo, decHi, recLo, recHi } = wavelet(name);

  test("carries PyWavelets' digits", () => {
    const digits = { dec_lo: decLo, dec_hi: decHi, rec_lo: recLo, rec_hi: recHi };
    for (const [filter, taps] of Object.entries(digits))
      expect(taps.map((tap) => tap + 0)).toEqual(frozen[name]?.[filter]?.map((tap) => tap + 0));
  });

  test("the low-pass filters sum to √2, the high-pass filters to 0", () => {
    const sum = (taps: readonly number[]) => taps.reduce((a, b) => a + b, 0);
    expect(sum(decLo)).toBeCloseTo(Math.SQRT2, 11);
    expect(sum(recLo)).toBeCloseTo(Math.SQRT2, 11);
    expect(sum(decHi)).toBeCloseTo(0, 11);
    expect(sum(recHi)).toBeCloseTo(0, 11);
  });

  test("even shifts of the low-pass pair are biorthogonal", () => {
    for (let shift = -decLo.length; shift <= decLo.length; shift += 2) {
      const product = recLo.reduce(
        (sum, tap, n) => sum + tap * (decLo[decLo.length - 1 - n + shift] ?? 0),
        0,
      );
      expect(product).toBeCloseTo(shift === 0 ? 1 : 0, 10);
    }
  });
});

test("a wavelet cannot be changed", () => {
  expect(Object.isFrozen(wavelet("haar"))).toBe(true);
  expect(Object.isFrozen(wavelet("haar").decLo)).toBe(true);
});

test("only names of the table are names", () => {
  expect(isWaveletName("bior4.4")).toBe(true);
  expect(isWaveletName("toString")).toBe(false);
});
