import { expect, test } from "vitest";
import { coordinatesOf } from "../signal/signal.ts";
import { checkInside, viewCoordinates, viewSize, wholeView } from "./view.ts";

test.each([[[7]], [[3, 5]], [[2, 3, 4]]])(
  "the whole view of %j at scale 1 is its samples' places",
  (size) => {
    const [view, samples] = [viewCoordinates(wholeView(size), size), coordinatesOf(size)];
    expect(view).toHaveLength(samples.length);
    for (const [i, x] of samples.entries()) expect(view[i]).toBeCloseTo(x, 6);
  },
);

test("twice the scale puts two points, evenly, around the middle of every sample", () => {
  const places = viewCoordinates(wholeView([2], 2), [2]);
  expect([...places]).toEqual([-0.75, -0.25, 0.25, 0.75]);
});

test("a region is a piece of the whole, and may reach beyond it", () => {
  const region = { from: [1, -1], size: [1, 2], scale: 1 };
  // Of 2 x 4 samples: the second row, the column before the first and the first.
  expect([...viewCoordinates(region, [2, 4])]).toEqual([0.25, -1.25, 0.25, -0.75]);
});

test("a view without points, or of too many, is refused", () => {
  expect(() => viewSize(wholeView([4, 1], 0.2))).toThrow(
    "a view of 4 x 1 samples at scale 0.2 has no points",
  );
  expect(() => viewSize(wholeView([400, 600], 100))).toThrow(
    "a view of 40000 x 60000 points is too large",
  );
});

test("a region that reaches beyond its signal is refused; one that touches its edges is not", () => {
  const region = (from: readonly number[], size: readonly number[]) => () =>
    checkInside({ from, size, scale: 1 }, [4, 6]);
  expect(region([0, 0], [4, 6])).not.toThrow();
  expect(region([0.1, 5.7], [0.2 + 3.7, 0.1 + 0.2])).not.toThrow();
  expect(region([1, 2], [3, 5])).toThrow(
    "a region of 5 × 3 samples at 2, 1 reaches beyond the signal of 6 × 4",
  );
  expect(region([-1, 0], [1, 1])).toThrow("reaches beyond");
  expect(region([4, 0], [1, 1])).toThrow("reaches beyond");
});
