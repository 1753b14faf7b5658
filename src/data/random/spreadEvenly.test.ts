import fc from "fast-check";
import { expect, it } from "vitest";
import { spreadEvenly } from "./spreadEvenly.ts";

it("gives distinct indices, evenly spaced, starting with the first", () => {
  const count = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(count, count, (n, limit) => {
      const indices = spreadEvenly(n, limit);
      expect(indices).toHaveLength(Math.min(n, limit));
      expect(new Set(indices).size).toBe(indices.length);
      expect(indices.every((i) => i >= 0 && i < n)).toBe(true);
      const steps = indices.slice(1).map((i, k) => i - indices[k]!);
      expect(new Set(steps).size).toBeLessThanOrEqual(2);
    }),
  );
  expect(spreadEvenly(3)).toEqual([0, 1, 2]);
});
