import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { type DType, input } from "../../graph/index.ts";
import { type Edge, wholeSequence } from "./past.ts";

const edges: readonly Edge[] = ["zero", "renormalized"];

/** Means of `[1, length, features]` as the definition says. */
function byDefinition(x: readonly number[], windows: readonly number[], edge: Edge): number[] {
  const features = windows.length;
  return x.map((_, n) => {
    const [k, i] = [Math.floor(n / features), n % features];
    const f = windows[i]!; // i < features
    let sum = 0;
    for (let m = Math.max(0, k - f + 1); m <= k; m++) sum += x[m * features + i]!; // m <= k
    return sum / (edge === "zero" ? f : Math.min(f, k + 1));
  });
}

const meanOf = async (
  x: readonly number[],
  windows: readonly number[],
  edge: Edge,
  dtype: DType,
) => {
  const length = x.length / windows.length;
  const tensor = input("x", [1, length, windows.length], dtype);
  return (await evaluate({ y: wholeSequence.mean(tensor, windows, edge) }, { x })).y;
};

describe.each(edges)("means of the past with the edge %s", (edge) => {
  test("are what their definition says, in float64 to 1e-12", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 10 }),
        async (some, length) => {
          const windows = some.toSorted((a, b) => a - b);
          const x = someNumbers(length * windows.length);
          const y = await meanOf(x, windows, edge, "float64");
          expect(relativeError(y, byDefinition(x, windows, edge))).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 30 },
    ));

  test("over 512 positions agree in float32 to 1e-4", async () => {
    const windows = [1, 2, 64, 512];
    const x = someNumbers(512 * 4, 0, 2);
    const y = await meanOf(x, windows, edge, "float32");
    expect(relativeError(y, byDefinition(x, windows, edge))).toBeLessThan(1e-4);
  });

  test("of one position are the identity", async () => {
    const x = someNumbers(12);
    expect(await meanOf(x, [1, 1], edge, "float32")).toEqual(x.map(Math.fround));
    expect(
      relativeError(await meanOf(x, [1, 2], edge, "float64"), byDefinition(x, [1, 2], edge)),
    ).toBeLessThan(1e-15);
  });

  test("keep a constant, where the whole window lies within the sequence or the edge makes up for it", async () => {
    const windows = [2, 4, 8];
    const y = await meanOf(Array(30).fill(3), windows, edge, "float64");
    y.forEach((value, n) => {
      const [k, f] = [Math.floor(n / 3), windows[n % 3]!]; // three windows
      if (edge === "renormalized" || k >= f - 1) expect(value).toBeCloseTo(3, 12);
      else expect(value).toBeCloseTo((3 * (k + 1)) / f, 12);
    });
  });
});
