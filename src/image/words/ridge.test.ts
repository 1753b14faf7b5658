import { expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { ridge } from "./ridge.ts";

const random = createRandom(4);
const columns = Array.from({ length: 30 }, () =>
  Array.from({ length: 1 + random.integer(3) }, () => random.integer(5)),
);
const values = columns.map(() => Float64Array.of(random.normal(), random.normal()));

const numbers = columns.map((row) => row.map(() => random.normal()));

test.each([
  ["ones", undefined],
  ["numbers", numbers],
])(
  "ridge on %s finds the rows where the gradient of the penalized squares is zero",
  (_, weights) => {
    const penalty = 0.7;
    const w = ridge(
      { columns, ...(weights && { weights }), values },
      { count: 5, width: 2, penalty },
    );
    const gradient = w.map((x) => penalty * x);
    for (const [i, row] of columns.entries()) {
      const weight = (k: number) => weights?.[i]?.[k] ?? 1;
      for (const d of [0, 1]) {
        const miss = row.reduce(
          (sum, column, k) => sum + weight(k) * w[2 * column + d]!,
          -values[i]![d]!,
        );
        for (const [k, column] of row.entries()) gradient[2 * column + d]! += weight(k) * miss;
      }
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-9);
    expect(Math.max(...w.map(Math.abs))).toBeGreaterThan(0.1);
  },
);

test("ridge leaves at zero what nothing was observed of", () => {
  const w = ridge(
    { columns: [[1]], values: [Float64Array.of(3)] },
    { count: 3, width: 1, penalty: 0.5 },
  );
  expect([...w]).toEqual([0, 2, 0]);
  expect([...ridge({ columns: [], values: [] }, { count: 2, width: 1, penalty: 1 })]).toEqual([
    0, 0,
  ]);
});
