import { describe, expect, test } from "vitest";
import { wavedec2 } from "../discrete/wavedec2.ts";
import { noiseLevel } from "../threshold/noise.ts";
import { noiseLevel2 } from "./noiseLevel2.ts";
import { inEightBits, testPicture, tinted, withNoise } from "./testing.ts";

const gray = [testPicture(256, 256)];
const color = tinted(gray[0]!);

describe.each([5, 10, 25, 50])("noise of %s", (sigma) => {
  test("is found within 4 %, in gray and in color", () => {
    for (const channels of [gray, color])
      expect(Math.abs(noiseLevel2(withNoise(channels, sigma)) / sigma - 1)).toBeLessThan(0.04);
  });

  test("is found within 5 % where samples were rounded and clipped", () => {
    for (const channels of [gray, color]) {
      const clipped = inEightBits(withNoise(channels, sigma));
      expect(Math.abs(noiseLevel2(clipped) / sigma - 1)).toBeLessThan(0.05);
    }
  });
});

test("is not told by a black frame, which the finest wavelets alone take for less noise", () => {
  const [{ data, height, width }] = withNoise(gray, 20) as [(typeof gray)[0]];
  const framed = data.map((x, i) =>
    Math.abs((i % width) - 128) < 70 && Math.abs(Math.floor(i / width) - 128) < 90 ? x : 0,
  );
  const [picture] = inEightBits([{ height, width, data: framed }]) as [(typeof gray)[0]];
  const { details } = wavedec2(picture, "sym4", { levels: 1, mode: "periodization" });
  expect(noiseLevel(details[0]!.hh.data)).toBeLessThan(2);
  expect(noiseLevel2([picture])).toBeGreaterThan(18);
  expect(noiseLevel2([picture])).toBeLessThan(22);
});

test("scales with the values, and is 0 without noise", () => {
  const noisy = withNoise(gray, 10);
  const scaled = noisy.map(({ data, ...size }) => ({
    ...size,
    data: data.map((x) => 7 - x / 100),
  }));
  expect(noiseLevel2(scaled)).toBeCloseTo(noiseLevel2(noisy) / 100, 10);
  expect(
    noiseLevel2([{ height: 64, width: 64, data: new Float64Array(4096).fill(3) }]),
  ).toBeLessThan(1e-12);
});

test("of small pictures is that of their finest wavelets", () => {
  for (const side of [1, 2, 7, 30]) {
    const level = noiseLevel2(withNoise([testPicture(side, side + 1)], 10));
    expect(level).toBeGreaterThanOrEqual(0);
    expect(level).toBeLessThan(side < 10 ? 100 : 15);
  }
});

test("of a single row or column is that of its finest wavelets", () => {
  const [noisy] = withNoise([testPicture(1, 512)], 10) as [(typeof gray)[0]];
  const row = noiseLevel2([noisy]);
  expect(Math.abs(row / 10 - 1)).toBeLessThan(0.3);
  expect(noiseLevel2([{ height: 512, width: 1, data: noisy.data }])).toBe(row);
});

test("is found beside a channel that is constant", () => {
  const [noisy] = withNoise(gray, 10) as [(typeof gray)[0]];
  const constant = { ...noisy, data: new Float64Array(noisy.data.length).fill(3) };
  const level = noiseLevel2([constant, noisy]);
  expect(level).toBeGreaterThan(9);
  expect(level).toBeLessThan(12);
});
