import { describe, expect, test } from "vitest";
import { meanCurve, psnrAt, summarize, summaryTable } from "./summary.ts";
import { someRecord } from "./testing.ts";

const { curve } = someRecord(40);

test("a curve is straight between its points, and not known beyond them", () => {
  expect(psnrAt(curve, "step", 75)).toBe(30);
  expect(psnrAt(curve, "seconds", 5)).toBe(20);
  expect(psnrAt(curve, "step", 101)).toBeUndefined();
  expect(psnrAt(curve.slice(1), "step", 20)).toBeUndefined();
});

test("the mean of curves goes as far as all of them do", () => {
  const short = { ...someRecord(20).curve[1]!, psnr: 0 }; // three points
  const mean = meanCurve([curve.slice(1), [short, { step: 80, seconds: 9, psnr: 30 }]], "step", 3);
  expect(mean.map(([step]) => step)).toEqual([50, expect.closeTo(Math.sqrt(50 * 80), 9), 80]);
  expect(mean[0]?.[1]).toBe(10);
  expect(mean[2]?.[1]).toBe((32 + 30) / 2);
  expect(meanCurve([], "step")).toEqual([]);
});

describe("a summary", () => {
  const of = (contender: string, input: string, ...psnr: number[]) =>
    psnr.map((value, i) => someRecord(value, { contender, input, seed: i + 1 }));
  const records = [
    ...[...of("siren", "cat", 30, 32), ...of("siren", "dog", 20, 22)],
    ...[...of("wire", "cat", 34, 36), ...of("wire", "dog", 25, 25)],
    ...[...of("gauss", "cat", 50, Number.NaN), ...of("gauss", "dog", 50, 50)],
    ...[...of("relu", "cat", Number.NaN), ...of("relu", "dog", 10)],
  ];
  const [siren, wire, gauss, relu] = summarize(records);

  test("says the mean over inputs, and how seeds differ in it", () => {
    expect(siren).toMatchObject({ name: "siren", mean: 26, diverged: 0, steps: 100, seconds: 10 });
    expect(siren?.deviation).toBeCloseTo(Math.SQRT2, 12);
    expect(siren?.inputs).toMatchObject([
      { input: "cat", psnr: [30, 32], mean: 31 },
      { input: "dog", psnr: [20, 22], mean: 21 },
    ]);
    expect(siren).not.toHaveProperty("p");
    // Means 26 and 30, variances 2 and 0.5, n = 2 each.
    expect(wire?.mean).toBe(30);
    expect(wire?.p).toBeGreaterThan(0.05);
    expect(wire?.p).toBeLessThan(0.15);
  });

  test("leaves fits that diverged out of the means, and says so", () => {
    expect(gauss).toMatchObject({ diverged: 1, mean: 50 });
    expect(gauss?.inputs[0]).toMatchObject({ psnr: [50], diverged: 1 });
    // One input was never met: there is no mean over inputs.
    expect(relu).toMatchObject({ diverged: 1, mean: Number.NaN });
  });

  test("tells the dB on the way, as far as all fits go", () => {
    expect(siren?.on.step).toEqual([{ at: 50, psnr: 13 }]);
    expect(siren?.on.seconds.map(({ at }) => at)).toEqual([1, 2, 5]);
    expect(siren?.on.seconds[2]?.psnr).toBe(13);
  });

  test("is a table, best first, those that diverged below", () => {
    const lines = summaryTable(summarize(records)).split("\n");
    expect(lines[2]).toMatch(
      /^\| wire \| 0.0001 \| 500 \| 30.00 ± 0.71 \| 100 \| 10.0 \| 100.0 \| - \| 0.\d+ \|$/,
    );
    expect(lines[3]).toMatch(/^\| siren .* - \| - \|$/);
    expect(lines[4]).toMatch(/^\| gauss \| .* \| 50.00 ± \? \| .* \| 1 of 4 \| - \|$/);
    expect(lines[5]).toMatch(/^\| relu \| .* \| - \| .* \| 1 of 2 \| - \|$/);
    expect(lines).toContain("| PSNR in dB | cat | dog |");
    expect(lines).toContain("| wire | 35.00 ± 1.41 | 25.00 ± 0.00 |");
    expect(lines).toContain("| PSNR in dB after | 50 steps | 1 s | 2 s | 5 s |");
  });
});
