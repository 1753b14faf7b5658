import { describe, expect, test } from "vitest";
import { melBands, spectrogram } from "./spectrogram.ts";

const sine = (cyclesPerSample: number, length: number, amplitude = 1) =>
  Float32Array.from({ length }, (_, n) => amplitude * Math.sin(2 * Math.PI * cyclesPerSample * n));

describe("a spectrogram", () => {
  test("has the power of a sine at its frequency, and next to nothing two bins away", () => {
    const { frames, bins, power } = spectrogram(sine(8 / 64, 256, 0.5), 64, 32);
    expect([frames, bins]).toEqual([7, 33]);
    for (let frame = 0; frame < frames; frame++) {
      expect(power[frame * bins + 8]).toBeCloseTo(0.25, 6);
      expect(power[frame * bins + 10]).toBeLessThan(1e-9);
    }
  });

  test("shows when a click comes, and silence after the end of a sound", () => {
    const click = new Float32Array(100);
    click[80] = 1;
    const { frames, bins, power } = spectrogram(click, 32, 16);
    const loud = Array.from({ length: frames }, (_, i) => power[i * bins + 4]! > 0); // 4 < bins
    expect(loud).toEqual([false, false, false, false, true, false]);
  });

  test("of a sound shorter than its window is one frame", () => {
    expect(spectrogram(new Float32Array(3), 32, 16).frames).toBe(1);
  });
});

test("bands in mel widen upwards, have the sum 1, and peak at rising frequencies", () => {
  const [bins, bands] = [129, 24];
  const weights = melBands(bins, 8000, { bands, from: 100, to: 3800 });
  const rows = Array.from({ length: bands }, (_, i) =>
    Array.from(weights.subarray(i * bins, (i + 1) * bins)),
  );
  for (const row of rows) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  const peaks = rows.map((row) => row.indexOf(Math.max(...row)));
  expect(peaks).toEqual([...peaks].sort((a, b) => a - b));
  const width = (row: readonly number[] = []) => row.filter((weight) => weight > 0).length;
  expect(width(rows.at(-1))).toBeGreaterThan(2 * width(rows[3]));
});
