import { expect, test } from "vitest";
import { someNumbers } from "../../../../test/evaluate.ts";
import { ridgeProjector, solveRidge } from "./ridge.ts";

const rows = (count: number, length: number, seed: number) => {
  const numbers = someNumbers(count * length, -1, 1, seed);
  return Array.from({ length: count }, (_, i) => numbers.slice(i * length, (i + 1) * length));
};

test("solves a system that has one answer, for every right side", () => {
  const a = rows(9, 4, 1);
  const gram = [0, 1, 2, 3].map(
    (i) =>
      Float64Array.from([0, 1, 2, 3], (j) => a.reduce((sum, row) => sum + row[i]! * row[j]!, 0)), // four columns
  );
  const answers = rows(2, 4, 20);
  const sides = answers.map(
    (x) => Float64Array.from(gram, (row) => row.reduce((sum, g, j) => sum + g * x[j]!, 0)), // square
  );
  const solved = solveRidge(gram, sides, 0);
  for (const [k, x] of answers.entries()) {
    for (const [j, value] of x.entries()) expect(solved[k]![j]).toBeCloseTo(value, 10); // a solution for each side
  }
});

test("the ridge makes an answer of what has none", () => {
  const singular = [Float64Array.of(1, 1), Float64Array.of(1, 1)];
  expect(() => solveRidge(singular, [Float64Array.of(1, 1)], -1)).toThrow("positive definite");
  const [x] = solveRidge(singular, [Float64Array.of(1, 1)], 1e-9);
  expect(x![0]).toBeCloseTo(0.5, 6); // one side
  expect(x![1]).toBeCloseTo(0.5, 6); // likewise
});

test("the projector finds the combination of columns that a vector is", () => {
  const a = rows(7, 3, 5);
  const x = [0.3, -1, 2];
  const b = a.map((row) => row.reduce((sum, v, i) => sum + v * x[i]!, 0)); // three columns
  const found = ridgeProjector(a, 0).map((row) => row.reduce((sum, v, i) => sum + v * b[i]!, 0)); // as many
  for (const [i, value] of x.entries()) expect(found[i]).toBeCloseTo(value, 10);
});
