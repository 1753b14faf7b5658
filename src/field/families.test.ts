import { describe, expect, test } from "vitest";
import { evaluate, evaluateAll, relativeError, someNumbers } from "../../test/evaluate.ts";
import { gradient, input } from "../graph/index.ts";
import { families, familyNames } from "./families.ts";
import { fieldLayout } from "./field.ts";
import { countParameters } from "./fit/sizing.ts";
import { fieldGraph, startOf, valuesAt } from "./testing.ts";

const sizes = [1, 2, 3].flatMap((dimensions) =>
  [1, 3].map((channels) => ({ dimensions, channels, width: 64 })),
);
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Trained families; the solved one has tests of its own. */
const trained = familyNames.filter((name) => families[name].kind === "trained");

describe.each(trained)("the family %s", (name) => {
  const family = families[name];

  test.each(sizes)(
    "gives finite values: dimensions $dimensions, channels $channels",
    async (size) => {
      const points = someNumbers(5 * size.dimensions);
      const { arena } = startOf(family, size);
      const { all } = fieldGraph(family, size, 5);
      expect(all.shape).toEqual([5, size.channels]);
      const values = await valuesAt(family, size, { points, arena });
      expect(values.every(Number.isFinite)).toBe(true);
      expect(new Set(values).size).toBeGreaterThan(size.channels);
    },
  );

  test("marks its read-out as such, so that an optimizer can tell it from hidden layers", () => {
    const { parameters } = fieldLayout(family, { dimensions: 2, channels: 3, width: 16 });
    const heads = parameters.filter(({ role }) => role === "head");
    expect(heads.length).toBeGreaterThan(0);
    for (const { shape } of heads) expect(shape.at(-1)).toBe(3);
    for (const { role, shape } of parameters) {
      if (role === "hidden") expect(shape.at(-1)).not.toBe(3);
    }
  });

  test("starts where the seed says", () => {
    const size = { dimensions: 2, channels: 3, width: 16 };
    const start = startOf(family, size);
    expect(startOf(family, size).arena).toEqual(start.arena);
    expect(startOf(family, size, { seed: 2 }).arena).not.toEqual(start.arena);
    expect(start.arena.every(Number.isFinite)).toBe(true);
  });

  test("has the more parameters, the wider it is", () => {
    const counts = [1, 2, 3, 4, 8, 15, 16, 33, 64, 200].map((width) =>
      countParameters(family, { dimensions: 2, channels: 3, width }),
    );
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(counts).size).toBeGreaterThan(counts.length - 3);
  });

  test("has gradients equal to finite differences, of parameters and of points", async () => {
    const size = { dimensions: 2, channels: 2, width: 6 };
    const { points, layout, parameters, all } = fieldGraph(family, size, 3, "float64");
    const loss = all.mul(input("g", all.shape, "float64")).sum();
    const feeds = {
      points: someNumbers(6, -0.9, 0.9),
      // Not as at the start, where few of the narrow bells of so small a network reach a point.
      arena: someNumbers(layout.size, -0.06, 0.06, 4),
      g: someNumbers(6, -1, 1, 3),
    };
    const gradients = gradient(loss, [points, ...parameters]);
    const named = Object.fromEntries(gradients.map((d, i) => [`d${i}`, d]));
    const [ofPoints = [], ...ofParameters] = Object.values(await evaluate(named, feeds));
    expect(Math.max(...ofPoints.map(Math.abs))).toBeGreaterThan(5e-5);
    const h = 1e-6;
    const slopes = async (change: (sign: number) => Partial<typeof feeds>) => {
      const [ahead, behind] = await evaluateAll({ loss }, [
        { ...feeds, ...change(h) },
        { ...feeds, ...change(-h) },
      ]);
      return (ahead!.loss[0]! - behind!.loss[0]!) / (2 * h); // two feeds, a scalar each
    };
    const along = (from: readonly number[], direction: readonly number[], step: number) =>
      from.map((x, i) => x + step * direction[i]!);
    for (const seed of [5, 6, 7]) {
      const [u, v] = [someNumbers(6, -1, 1, seed), someNumbers(layout.size, -1, 1, seed + 10)];
      const byPoints = await slopes((s) => ({ points: along(feeds.points, u, s) }));
      expect(relativeError([dot(ofPoints, u)], [byPoints], 1e-5)).toBeLessThan(1e-5);
      const byParameters = await slopes((s) => ({ arena: along(feeds.arena, v, s) }));
      expect(relativeError([dot(ofParameters.flat(), v)], [byParameters], 1e-5)).toBeLessThan(1e-5);
    }
  });

  test("says in float32 what it says in float64", async () => {
    const size = { dimensions: 2, channels: 3, width: 32 };
    const feeds = { points: someNumbers(100), arena: startOf(family, size).arena };
    const exact = { ...feeds, points: Float32Array.from(feeds.points) };
    const error = relativeError(
      await valuesAt(family, size, exact),
      await valuesAt(family, size, exact, "float64"),
    );
    expect(error).toBeLessThan(1e-3);
  });
});
