import { expect, test } from "vitest";
import { envelopeOf, partsOf, scalogramOf } from "./analysis.ts";

const rate = 1000;
const tone = (hertz: number) =>
  Float64Array.from({ length: 3000 }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

test("an envelope holds every sample between its lines", () => {
  const samples = tone(30);
  const { low, high } = envelopeOf(samples, 70);
  expect(low).toHaveLength(70);
  samples.forEach((x, i) => {
    const column = Math.min(69, Math.floor(((i + 0.5) * 70) / 3000));
    expect(x).toBeGreaterThanOrEqual(low[column]! - 1e-6);
    expect(x).toBeLessThanOrEqual(high[column]! + 1e-6);
  });
  expect(envelopeOf(Float64Array.of(1, 2, 3), 70).high).toEqual(Float32Array.of(1, 2, 3));
});

test("a tone is where its frequency is, as high as the tone", () => {
  for (const hertz of [20, 130]) {
    const settings = { psi: "morlet6", voices: 12, norm: "l1" } as const;
    const { modulus, columns, frequencies, largest } = scalogramOf(
      tone(hertz),
      rate,
      settings,
      100,
    );
    const middle = frequencies.map((_, row) => modulus[row * columns + 50]!);
    const loudest = frequencies[middle.indexOf(Math.max(...middle))]!;
    expect(Math.abs(Math.log2(loudest / hertz))).toBeLessThan(1 / 12);
    expect(largest).toBeCloseTo(Math.max(...modulus), 6);
  }
});

test("a tone is in the part of its band", () => {
  const parts = partsOf(tone(50), rate, { wavelet: "sym8", levels: 5, transform: "swt" }, 100);
  expect(parts.map(({ name, band }) => `${name}: ${band}`)).toEqual([
    "D1: 250–500 Hz",
    "D2: 125–250 Hz",
    "D3: 62.5–125 Hz",
    "D4: 31.3–62.5 Hz",
    "D5: 15.6–31.3 Hz",
    "A5: below 15.6 Hz",
  ]);
  expect(parts[3]!.share).toBeGreaterThan(0.8);
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
});
