import { describe, expect, test } from "vitest";
import type { Fit } from "./compare.ts";
import { summarize } from "./summary.ts";
import { seedsOf, someFit } from "./testing.ts";

describe("a summary over inputs and seeds", () => {
  const fits = [
    ...[...seedsOf("siren", "cat", 30, 32), ...seedsOf("siren", "dog", 20, 22)],
    ...[...seedsOf("wire", "cat", 34, 36), ...seedsOf("wire", "dog", 25, 25)],
    ...[...seedsOf("gauss", "cat", 50, Number.NaN), ...seedsOf("gauss", "dog", 50, 50)],
    ...[...seedsOf("relu", "cat", Number.NaN), ...seedsOf("relu", "dog", 10)],
  ];
  const [siren, wire, gauss, relu] = summarize(fits, { better: "higher" });

  test("says the mean over inputs, and how seeds differ in it", () => {
    expect(siren).toMatchObject({ name: "siren", mean: 26, diverged: 0, steps: 100, seconds: 10 });
    expect(siren?.deviation).toBeCloseTo(Math.SQRT2, 12);
    expect(siren?.inputs).toMatchObject([
      { input: "cat", values: [30, 32], mean: 31, parameters: 500 },
      { input: "dog", values: [20, 22], mean: 21, parameters: 500 },
    ]);
    expect(siren?.inputs[0]?.deviation).toBeCloseTo(Math.SQRT2, 12);
  });

  test("says where the mean lies when seeds are drawn again", () => {
    expect(siren?.interval).toEqual([25, 27]); // of (25, 25), (25, 27), (27, 25) and (27, 27), the means
    expect(relu?.interval).toEqual([Number.NaN, Number.NaN]); // no seed is whole
  });

  test("tests each variant against the first, which has no p-value", () => {
    expect(siren).not.toHaveProperty("p");
    // Means 26 and 30, variances 2 and 0.5, n = 2 each.
    expect(wire?.mean).toBe(30);
    expect(wire?.p).toBeGreaterThan(0.05);
    expect(wire?.p).toBeLessThan(0.15);
  });

  test("leaves trainings that diverged out of the means, and says so", () => {
    expect(gauss).toMatchObject({ diverged: 1, mean: 50 });
    expect(gauss?.inputs[0]).toMatchObject({ values: [50], diverged: 1 });
    expect(gauss?.inputs[1]).toMatchObject({ values: [50, 50], diverged: 0 });
    // Trainings on one input all diverged: there is no mean over inputs.
    expect(relu).toMatchObject({ diverged: 1, mean: Number.NaN });
  });

  test("says the values on the way, as far as all trainings go", () => {
    expect(siren?.marks.step).toEqual([{ at: 50, value: 13 }]);
    expect(siren?.marks.seconds.map(({ at }) => at)).toEqual([1, 2, 5]);
    expect(siren?.marks.seconds[2]?.value).toBe(13);
    const short: Fit = someFit(10, { variant: "short", curve: someFit(10).curve.slice(0, 1) });
    const [, ended] = summarize([someFit(30), short], { better: "higher" });
    expect(ended?.marks.step).toEqual([{ at: 50 }]);
  });
});

describe("a summary against a baseline", () => {
  const run = (variant: string, seed: number, ...losses: number[]): Fit => ({
    ...{ variant, input: "text", seed, rate: 0.001, parameters: 7, diverged: false },
    ...{ steps: 10 * losses.length, seconds: losses.length, value: losses.at(-1) ?? Number.NaN },
    curve: losses.map((value, i) => ({ step: 10 * (i + 1), seconds: i + 1, value })),
  });
  const runs = [
    ...[run("none", 1, 5, 4, 3, 2), run("none", 2, 5, 4, 3, 2.2)],
    ...[run("haar", 1, 4, 2.1, 2, 1), run("haar", 2, 4, 2.1, 2, 1.2)],
    run("shift", 1, 9, 8, 7, 6),
  ];
  const stepSeconds = new Map([
    ["none", 0.2],
    ["haar", 0.3],
    ["shift", 0.2],
  ]);
  const options = { better: "lower", baseline: "none", stepSeconds } as const;
  const [none, haar, shift] = summarize(runs, options);

  test("the baseline saves nothing and has no p-value", () => {
    expect(none).toMatchObject({ name: "none", mean: 2.1, secondsPerStep: 0.2 });
    for (const key of ["stepsSaved", "secondsSaved", "p"]) expect(none).not.toHaveProperty(key);
  });

  test("half the steps are saved, and a quarter of the seconds where each step takes half as long again", () => {
    expect(haar?.stepsSaved).toBeCloseTo(0.5, 12);
    expect(haar?.secondsSaved).toBeCloseTo(0.25, 12);
    expect(haar?.p).toBeLessThan(0.05);
  });

  test("what never reaches the baseline's value saves nothing that could be said", () => {
    expect(shift).not.toHaveProperty("stepsSaved");
    expect(shift).not.toHaveProperty("secondsSaved");
  });

  test("the baseline may stand anywhere among the variants", () => {
    const turned = summarize(runs.toReversed(), options);
    expect(turned.map(({ name }) => name)).toEqual(["shift", "haar", "none"]);
    expect(turned[1]).toMatchObject({ stepsSaved: haar?.stepsSaved, p: haar?.p });
    expect(turned[2]).not.toHaveProperty("p");
  });

  test("a step takes what the trainings took, where it was not measured side by side", () => {
    expect(summarize(runs, { better: "lower" })[0]?.secondsPerStep).toBeCloseTo(0.1, 12);
  });

  test("savings are of steps: a variant that is solved without any has none, nor has one against it", () => {
    const solved = someFit(50, {
      ...{ variant: "expansion", steps: 0, seconds: 2 },
      curve: [{ step: 0, seconds: 2, value: 50 }],
    });
    for (const fits of [
      [someFit(30), solved],
      [solved, someFit(60)],
    ]) {
      const [, other] = summarize(fits, { better: "higher" });
      expect(other).not.toHaveProperty("stepsSaved");
      expect(other).not.toHaveProperty("secondsSaved");
    }
  });

  test("of a baseline whose trainings all diverged, nothing is said against it", () => {
    const [, other] = summarize([someFit(Number.NaN), someFit(3, { variant: "wire" })], {
      better: "higher",
    });
    expect(other).toMatchObject({ mean: 3, p: Number.NaN });
    expect(other).not.toHaveProperty("stepsSaved");
  });
});

test("where higher values are better, the baseline's value is reached from below", () => {
  const fits = [someFit(30), someFit(60, { variant: "wire" })];
  const [, wire] = summarize(fits, { better: "higher" });
  expect(wire?.stepsSaved).toBeCloseTo(0.5, 12);
  expect(wire?.secondsSaved).toBeCloseTo(0.5, 12);
});
