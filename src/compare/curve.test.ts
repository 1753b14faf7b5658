import { describe, expect, test } from "vitest";
import { type Curve, meanCurve, reaches, valueAt } from "./curve.ts";
import { someFit } from "./testing.ts";

/** From 0 at step 0 to 40 at step 100, ten steps a second. */
const { curve } = someFit(40);
/** Values at the steps 10, 20 …. */
const losses = (...values: number[]): Curve =>
  values.map((value, i) => ({ step: 10 * (i + 1), seconds: i + 1, value }));
const points = (curve: Curve) => curve.map(({ step, value }) => [step, value] as const);

test("a curve is straight between its points, and not known beyond them", () => {
  expect(valueAt(curve, "step", 75)).toBe(30);
  expect(valueAt(curve, "seconds", 5)).toBe(20);
  expect(valueAt(curve, "step", 100)).toBe(40);
  expect(valueAt(curve, "step", 101)).toBeUndefined();
  expect(valueAt(curve.slice(1), "step", 20)).toBeUndefined();
  expect(valueAt([], "step", 0)).toBeUndefined();
});

describe("the mean of curves", () => {
  test("of trainings that were validated at the same steps is taken point by point", () => {
    expect(meanCurve([losses(4, 2, 1), losses(2, 2)], "step")).toEqual(points(losses(3, 2)));
  });

  test("goes as far as all of them do, over the points of each", () => {
    const short = [
      { step: 20, seconds: 5, value: 0 },
      { step: 80, seconds: 9, value: 30 },
    ];
    expect(meanCurve([curve.slice(1), short], "step")).toEqual([
      [50, (20 + 15) / 2],
      [80, (32 + 30) / 2],
    ]);
    expect(meanCurve([curve.slice(1), short], "seconds").map(([at]) => at)).toEqual([5, 9]);
  });

  test("of none, or of some without a common part, is empty", () => {
    expect(meanCurve([], "step")).toEqual([]);
    expect(meanCurve([curve, []], "step")).toEqual([]);
    expect(meanCurve([curve.slice(0, 1), curve.slice(1)], "step")).toEqual([]);
  });
});

describe("a level", () => {
  const loss = points(losses(4, 2, 1));

  test("is reached straight between two points, at the first if it lies below, or not at all", () => {
    expect(reaches(loss, 3, "lower")).toBe(15);
    expect(reaches(loss, 5, "lower")).toBe(10);
    expect(reaches(loss, 0.5, "lower")).toBeUndefined();
    expect(reaches(loss, Number.NaN, "lower")).toBeUndefined();
  });

  test("is reached from below where higher values are better", () => {
    expect(reaches(points(curve), 30, "higher")).toBe(75);
    expect(reaches(points(curve), -1, "higher")).toBe(0);
    expect(reaches(points(curve), 41, "higher")).toBeUndefined();
  });

  test("is reached the first time, though the curve may turn back", () => {
    expect(reaches(points(losses(4, 2, 5, 1)), 3, "lower")).toBe(15);
  });
});
