import { expect, test } from "vitest";
import { aligned, lastValidation, saved, upTo } from "./aligned.ts";

const curve = (...losses: readonly (readonly [step: number, validationNats: number])[]) =>
  losses.map(([step, validationNats]) => ({ step, seconds: 2 * step, validationNats }));

test("curves of different places share an axis, with gaps where one has no value", () => {
  const points = [
    { step: 1, seconds: 0.5, nats: 4 },
    { step: 3, seconds: 1.5, nats: 3, validationNats: 3.5 },
  ];
  const others = [{ step: 2, seconds: 1, nats: 2 }];
  const curves = [
    { points, loss: "nats" },
    { points, loss: "validationNats" },
    { points: others, loss: "nats" },
  ] as const;
  expect(aligned(curves, "step")).toEqual({
    x: [1, 2, 3],
    values: [
      [4, null, 3],
      [null, null, 3.5],
      [null, 2, null],
    ],
  });
  expect(aligned(curves, "seconds").x).toEqual([0.5, 1, 1.5]);
});

test("the saving is where the faster curve crosses the slower one's best", () => {
  const slower = curve([100, 3], [200, 2]);
  const faster = curve([50, 3], [150, 1]);
  expect(saved(slower, faster, "step")).toBeCloseTo(0.5); // at step 100
  expect(saved(slower, faster, "seconds")).toBeCloseTo(0.5);
  expect(saved(faster, slower, "step")).toBeUndefined();
  expect(lastValidation(slower)).toBe(2);
  expect(lastValidation([])).toBeUndefined();
});

test("a curve is cut where a longer plan goes on from", () => {
  const points = curve([100, 3], [200, 2]);
  expect(upTo(points, 150)).toEqual(curve([100, 3]));
  expect(upTo(points, 200)).toBe(points);
});
