import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { gradient, input, type Tensor } from "../../graph/index.ts";
import { averagePool2d, resize } from "./resize.ts";

const x = input("x", [2, 3, 4], "float64");
const numbers = someNumbers(24, -1, 1, 3);
const at = (plane: number, row: number, column: number) => numbers[(plane * 3 + row) * 4 + column]!;
const every = (height: number, width: number, f: (n: number, y: number, x: number) => number) =>
  Array.from({ length: 2 * height * width }, (_, i) => {
    const row = Math.floor(i / width);
    return f(Math.floor(row / height), row % height, i % width);
  });

test("nearest repeats elements, and takes some of them where the plane shrinks", async () => {
  const { y, small } = await evaluate(
    { y: resize(x, [6, 8], "nearest"), small: resize(x, [2, 3], "nearest") },
    { x: numbers },
  );
  expect(y).toEqual(every(6, 8, (n, r, c) => at(n, Math.floor(r / 2), Math.floor(c / 2))));
  expect(small).toEqual(every(2, 3, (n, r, c) => at(n, [0, 1][r]!, [0, 1, 2][c]!)));
});

test("bilinear lies on the line between the two nearest centers", async () => {
  const { y } = await evaluate({ y: resize(x, [6, 8], "bilinear") }, { x: numbers });
  const between = (i: number, count: number): [number, number, number] => {
    const place = Math.min(count - 1, Math.max(0, i / 2 - 0.25));
    const before = Math.min(count - 2, Math.floor(place));
    return [before, before + 1, place - before];
  };
  const expected = every(6, 8, (n, r, c) => {
    const [top, bottom, v] = between(r, 3);
    const [left, right, h] = between(c, 4);
    const along = (row: number) => (1 - h) * at(n, row, left) + h * at(n, row, right);
    return (1 - v) * along(top) + v * along(bottom);
  });
  expect(relativeError(y, expected)).toBeLessThan(1e-12);
});

test("an average pool is the mean of each rectangle", async () => {
  const { y } = await evaluate({ y: averagePool2d(x, [3, 2]) }, { x: numbers });
  const expected = every(1, 2, (n, _, c) => {
    const seen = [0, 1, 2].flatMap((r) => [at(n, r, 2 * c), at(n, r, 2 * c + 1)]);
    return seen.reduce((a, b) => a + b) / 6;
  });
  expect(relativeError(y, expected)).toBeLessThan(1e-12);
  expect(() => averagePool2d(x, 2)).toThrow("windows of 2×2 do not fill float64[2, 3, 4]");
});

test("the gradient is the adjoint: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩", async () => {
  const maps: ((x: Tensor) => Tensor)[] = [
    (t) => averagePool2d(t, [1, 2]),
    ...(["nearest", "bilinear"] as const).flatMap((how) =>
      (
        [
          [5, 7],
          [2, 3],
          [3, 9],
          [6, 2],
        ] as const
      ).map((size) => (t: Tensor) => resize(t, size, how)),
    ),
  ];
  for (const map of maps) {
    const ax = map(x);
    const y = input("y", ax.shape, "float64");
    const [adjoint] = gradient(ax.mul(y).sum(), [x]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const feeds = {
          x: numbers,
          y: someNumbers(
            ax.shape.reduce((a, b) => a * b),
            -1,
            1,
            seed,
          ),
        };
        const found = await evaluate(
          { left: ax.mul(y).sum(), right: adjoint!.mul(x).sum() },
          feeds,
        );
        expect(found.left[0]).toBeCloseTo(found.right[0]!, 10);
      }),
      { numRuns: 2, seed: 1 },
    );
  }
});
