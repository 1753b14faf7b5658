import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pad } from "../../extension/pad.ts";
import { type WaveletName, wavelet } from "../../families/wavelet.ts";
import { distance, fixtureSignal } from "../../testing.ts";
import { type Digest, digestError } from "../../undecimated/testing.ts";
import { idwt } from "../dwt.ts";
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
    const { part, length, level, down, up, taken } = frozen;
    const signal = fixtureSignal(length);
    expect(
      digestError(downcoef(signal, frozen.wavelet, { part, level, mode: "smooth" }), down),
    ).toBeLessThan(1e-12);
    expect(digestError(upcoef(signal, frozen.wavelet, { part, level }), up)).toBeLessThan(1e-12);
    expect(
      digestError(upcoef(signal, frozen.wavelet, { part, level, take: 5 }), taken),
    ).toBeLessThan(1e-12);
  });
});

test("one band up is the synthesis of padded bands, the other of which is zero", () => {
  for (const name of ["haar", "db2", "db3", "bior4.4"] as const)
    for (const length of [1, 7, 10_001]) {
      const band = fixtureSignal(length);
      const { decLo } = wavelet(name);
      const around = decLo.length / 2 - 1;
      const detail = pad(band, [around, around], "zero");
      const whole = idwt({
        approximation: new Float64Array(detail.length),
        ...{ detail, length: 2 * length + 2 * around, mode: "zero", wavelet: wavelet(name) },
      });
      expect(distance(upcoef(band, name, { part: "d" }), whole)).toBeLessThan(1e-13);
    }
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
