import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { WaveletName } from "../../families/wavelet.ts";
import { distance, fixtureSignal } from "../../testing.ts";
import { type Digest, digestError } from "../../undecimated/testing.ts";
import { downcoef, upcoef } from "./partial.ts";

interface Frozen {
  wavelet: WaveletName;
  part: "a" | "d";
  length: number;
  level: number;
  down: Digest;
  up: Digest;
  taken: Digest;
}
const { parts }: { parts: Frozen[] } = JSON.parse(
  readFileSync(new URL("../../fixtures/conveniences.json", import.meta.url), "utf8"),
);

describe("one band, down and up, equals PyWavelets", () => {
  test.each(parts)("$wavelet $part, $length values, level $level", (frozen) => {
    const { wavelet, part, length, level, down, up, taken } = frozen;
    const signal = fixtureSignal(length);
    expect(
      digestError(downcoef(signal, wavelet, { part, level, mode: "smooth" }), down),
    ).toBeLessThan(1e-12);
    expect(digestError(upcoef(signal, wavelet, { part, level }), up)).toBeLessThan(1e-12);
    expect(digestError(upcoef(signal, wavelet, { part, level, take: 5 }), taken)).toBeLessThan(
      1e-12,
    );
  });
});

test("both bands alone add up to the signal", () => {
  const signal = Float32Array.of(1, 2, 3, 4, 5, 6);
  const [low, high] = (["a", "d"] as const).map((part) => {
    const band = downcoef(signal, "db2", { part, mode: "smooth" });
    return upcoef(band, "db2", { part, take: signal.length });
  });
  const sum = low?.map((value, i) => value + (high?.[i] ?? Number.NaN));
  expect(sum).toBeInstanceOf(Float32Array);
  expect(distance(sum ?? [], signal)).toBeLessThan(1e-5);
});

test("invalid arguments are refused by name", () => {
  const signal = fixtureSignal(4);
  expect(() => downcoef(signal, "haar", { part: "a", level: 0 })).toThrow("1 or more, not 0");
  expect(() => upcoef(signal, "haar", { part: "x" as "a" })).toThrow('part must be "a" or "d"');
  expect(() => upcoef(new Float64Array(0), "haar", { part: "a" })).toThrow("coefficients is empty");
});
