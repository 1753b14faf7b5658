import { expect, test } from "vitest";
import { atClipRate, canBeHeard, clipRate } from "./clipRate.ts";

const wave = (rate: number, length: number) =>
  Float32Array.from({ length }, (_, n) => Math.cos((2 * Math.PI * 500 * n) / rate + 1));

test.each([
  [4000, 80],
  [4000, 81],
  [2000, 40],
  [clipRate, 16],
])("a wave of %i samples per second is the same wave at the rate of clips", (rate, length) => {
  const whole = Math.floor(length / (rate / 500)) * (rate / 500); // full periods
  const heard = atClipRate(wave(rate, whole), rate);
  const expected = wave(clipRate, (whole * clipRate) / rate);
  expect(heard.length).toBe(expected.length);
  heard.forEach((value, n) => void expect(value).toBeCloseTo(expected[n]!, 5));
});

test("samples stay where they are, at every length", () => {
  const samples = Float32Array.of(0.3, -0.2, 0.9, 0.4, -0.8);
  for (const length of [0, 1, 2, 4, 5]) {
    const given = samples.subarray(0, length);
    const heard = atClipRate(given, 4000).filter((_, n) => n % 2 === 0);
    heard.forEach((value, n) => void expect(value).toBeCloseTo(given[n]!, 6));
    expect(heard.length).toBe(length);
  }
});

test("rates are whole parts of 8000", () => {
  expect([8000, 4000, 2000, 6000, 16_000, 0].map(canBeHeard)).toEqual([
    ...[true, true, true, false, false, false],
  ]);
});
