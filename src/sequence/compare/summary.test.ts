import { expect, test } from "vitest";
import { type FinishedRun, meanCurve, reaches, summarize, summaryTable } from "./summary.ts";

const curve = (...nats: number[]) => nats.map((value, i) => ({ step: 10 * (i + 1), nats: value }));
const run = (mixing: FinishedRun["mixing"], seed: number, ...nats: number[]): FinishedRun => ({
  ...{ mixing, seed, rate: 0.001, parameters: 7 },
  curve: curve(...nats),
});

test("the mean of curves is taken point by point, as far as all go", () => {
  expect(meanCurve([curve(4, 2, 1), curve(2, 2)])).toEqual(curve(3, 2));
});

test("a level is reached straight between two points, at the first if it lies below, or not at all", () => {
  expect(reaches(curve(4, 2, 1), 3)).toBe(15);
  expect(reaches(curve(4, 2, 1), 5)).toBe(10);
  expect(reaches(curve(4, 2, 1), 0.5)).toBeUndefined();
});

test("each mixing is told against the plain model: half the steps saved but each half as long again, and what never got there", () => {
  const runs = [
    ...[run("none", 1, 5, 4, 3, 2), run("none", 2, 5, 4, 3, 2.2)],
    ...[run("haar", 1, 4, 2.1, 2, 1), run("haar", 2, 4, 2.1, 2, 1.2)],
    run("shift", 1, 9, 8, 7, 6),
  ];
  const times = new Map([
    ["none", 0.2],
    ["haar", 0.3],
    ["shift", 0.2],
  ] as const);
  const [none, haar, shift] = summarize(runs, times);
  expect(none).toMatchObject({ mixing: "none", mean: 2.1, secondsPerStep: 0.2 });
  expect(none).not.toHaveProperty("stepsSaved");
  expect(haar?.stepsSaved).toBeCloseTo(0.5, 12);
  expect(haar?.secondsSaved).toBeCloseTo(0.25, 12);
  expect(haar?.p).toBeLessThan(0.05);
  expect(shift).not.toHaveProperty("stepsSaved");
  const table = summaryTable(summarize(runs, times), "character").split("\n");
  expect(table[2]).toMatch(
    /^\| haar \| 0.001 \| 7 \| 1.1000 ± 0.1414 \| 1.5870 \| 300 \| 50 % \| 25 % \| 0.0/,
  );
  expect(table[4]).toMatch(/^\| shift .* ± \? .* - \| - \| - \|$/);
});
