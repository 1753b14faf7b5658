import { expect, test } from "vitest";
import { nearest, type Quintic, steepest } from "./polar.ts";

const through = (quintics: readonly Quintic[], x: number) =>
  quintics.reduce((y, [a, b, c]) => a * y + b * y ** 3 + c * y ** 5, x);
const worst = (quintics: readonly Quintic[], least: number) =>
  Math.max(
    ...Array.from({ length: 1001 }, (_, i) =>
      Math.abs(1 - through(quintics, least + ((1 - least) * i) / 1000)),
    ),
  );

test("four of the nearest polynomials bring 0.01 … 1 to 1 within 0.0125, three within 0.27", () => {
  expect(worst(nearest(4), 0.01)).toBeCloseTo(0.0125, 3);
  expect(worst(nearest(3), 0.01)).toBeCloseTo(0.2694, 3);
});

test("the first of them has four extrema of one size, as the best polynomial must", () => {
  const [first] = nearest(1);
  expect(first![0]).toBeCloseTo(8.0934, 3); // by another program, on another grid
  expect(first![1]).toBeCloseTo(-23.6204, 2);
  expect(first![2]).toBeCloseTo(17.4462, 2);
});

test("five of the steepest leave values between 0.6 and 1.3", () => {
  for (const x of [0.01, 0.1, 0.5, 1]) {
    expect(through(steepest(5), x)).toBeGreaterThan(0.6);
    expect(through(steepest(5), x)).toBeLessThan(1.3);
  }
});
