import { modes, wavedec, waverec } from "ondelette/wavelets";
import { describe, expect, test } from "vitest";
import { atomsOf, runsOf, seeing } from "./sight.ts";

describe.each(modes)("in mode %s", (mode) => {
  const axis = { length: 45, wavelet: "db3", mode } as const;
  const levels = 2;
  const signal = Float64Array.from({ length: 45 }, (_, i) => Math.cos(i * i));
  const whole = wavedec(signal, axis.wavelet, { mode, levels });

  test("a coefficient is the signal times what measures it", () => {
    for (const [band, values] of [
      ["low", whole.coefficients[0]!],
      ["high", whole.coefficients[1]!],
    ] as const)
      values.forEach((value, place) => {
        const { measures } = atomsOf(axis, { level: levels, band, place });
        const sum = signal.reduce((sum, x, i) => sum + x * measures[i]!, 0);
        expect(sum).toBeCloseTo(value, 9);
      });
  });

  test("a coefficient alone gives the function that it builds", () => {
    const place = 4;
    const alone = whole.coefficients.map((values, i) =>
      i === 1 ? values.map((_, k) => (k === place ? 1 : 0)) : new Float64Array(values.length),
    );
    const { builds } = atomsOf(axis, { level: levels, band: "high", place });
    const expected = waverec({ ...whole, coefficients: alone });
    const off = expected.map((x, i) => Math.abs(x - builds[i]!));
    expect(Math.max(...off)).toBeLessThan(1e-12);
  });

  test("a sample is seen by the coefficients whose support holds it, and by no other", () => {
    for (const sample of [0, 20, 44]) {
      const seen = seeing(axis, levels, sample)[levels - 1]!.high;
      whole.coefficients[1]!.forEach((_, place) => {
        const { measures } = atomsOf(axis, { level: levels, band: "high", place });
        const holds = Math.abs(measures[sample]!) > 1e-9;
        const isSeen = seen.some(([first, last]) => place >= first && place <= last);
        if (holds) expect(isSeen).toBe(true);
      });
      expect(seen.length).toBeGreaterThan(0);
    }
  });
});

test("runs leave out what is 0, and single gaps do not split them", () => {
  expect(runsOf(Float64Array.of(0, 1, 0, 2, 0, 0, 0, 3, 0))).toEqual([
    [1, 3],
    [7, 7],
  ]);
  expect(runsOf(new Float64Array(4))).toEqual([]);
});
