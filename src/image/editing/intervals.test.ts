import fc from "fast-check";
import { expect, test } from "vitest";
import { type Intervals, linearSystem, narrow } from "./intervals.ts";

/** Σ weights[i] · variable i = constant, over variables from 0 on. */
const equation = (weights: readonly number[], constant: number) => ({
  variables: Int32Array.from(weights.keys()),
  weights: Float64Array.from(weights),
  constant,
});
const intervals = (...pairs: readonly (readonly [number, number])[]): Intervals => ({
  low: Float64Array.from(pairs, ([low]) => low),
  high: Float64Array.from(pairs, ([, high]) => high),
});
const pairs = ({ low, high }: Intervals) =>
  Array.from(low, (least, i) => [least, high[i]!].map((x) => Math.round(1e6 * x) / 1e6));

test("what is known of one term is passed on to the others, through several equations", () => {
  // x + y = z and z − 2w = 0.
  const system = linearSystem(
    [equation([1, 1, -1], 0), equation([0, 0, 1, -2].slice(), 0)].map(
      ({ variables, weights, constant }) => {
        const used = variables.filter((_, i) => weights[i] !== 0);
        return { variables: used, weights: weights.filter((w) => w !== 0), constant };
      },
    ),
    4,
  );
  const found = intervals([0, 1], [0, 1], [-9, 9], [-9, 9]);
  narrow(system, found, 0, 0.5, 2);
  expect(pairs(found)).toEqual([
    [0.5, 1],
    [0, 1],
    [0.5, 2],
    [0.25, 1],
  ]);
  narrow(system, found, 3, -9, 0.3);
  expect(pairs(found)).toEqual([
    [0.5, 0.6],
    [0, 0.1],
    [0.5, 0.6],
    [0.25, 0.3],
  ]);
});

test("an interval that would be empty stays as it is", () => {
  const found = intervals([0, 1], [0, 1]);
  narrow(linearSystem([equation([1, -1], 0)], 2), found, 0, 2, 3);
  expect(pairs(found)).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test("no solution is lost", () => {
  const weight = fc.constantFrom(-2, -1, -0.5, 0.5, 1, 3);
  const value = fc.double({ min: -5, max: 5, noNaN: true });
  const five = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(
      five(value),
      fc.array(five(weight), { minLength: 1, maxLength: 5 }),
      five(value),
      five(value),
      (solution, rows, below, above) => {
        const equations = rows.map((weights) =>
          equation(
            weights,
            weights.reduce((sum, w, i) => sum + w * solution[i]!, 0),
          ),
        );
        const found = intervals(...solution.map((): [number, number] => [-20, 20]));
        for (const [i, x] of solution.entries()) {
          narrow(
            linearSystem(equations, 5),
            found,
            i,
            x - Math.abs(below[i]!),
            x + Math.abs(above[i]!),
          );
        }
        const isLost = solution.map(
          (x, i) => x < found.low[i]! - 1e-6 || x > found.high[i]! + 1e-6,
        );
        expect(isLost).toEqual(solution.map(() => false));
      },
    ),
  );
});
