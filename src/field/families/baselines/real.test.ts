import { expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { countParameters } from "../../fit/sizing.ts";
import { byName, plainLayers, pointsIn, startOf, valuesAt } from "../../testing.ts";
import { finer } from "./finer.ts";
import { gauss } from "./gauss.ts";
import { relu } from "./relu.ts";

const size = { dimensions: 2, channels: 3, width: 12 };
const points = someNumbers(10);
const octaves = [...Array(10).keys()].map((k) => 2 ** k * Math.PI);

/** NeRF's encoding, sines before cosines. */
const encoded = (point: readonly number[]) =>
  [Math.sin, Math.cos].flatMap((f) => point.flatMap((r) => octaves.map((w) => f(w * r))));

test.each([
  {
    formula: "FINER is layers of sin(30 (|x| + 1) x)",
    family: finer(),
    activation: (x: number) => Math.sin(30 * (Math.abs(x) + 1) * x),
  },
  {
    formula: "Gauss is layers of exp(-(10 x)²)",
    family: gauss(),
    activation: (x: number) => Math.exp(-((10 * x) ** 2)),
  },
  {
    formula: "ReLU is layers of max(0, x) on sines and cosines of ten octaves",
    family: relu(),
    activation: (x: number) => Math.max(0, x),
    encode: encoded,
  },
])("$formula", async ({ family, activation, encode }) => {
  const { layout, arena } = startOf(family, size, { stir: 0.01 });
  const expected = pointsIn(points, 2).flatMap((point) =>
    plainLayers(byName(layout, arena), encode?.(point) ?? point, activation, 2),
  );
  const channel = expected.filter((_, i) => i % size.channels === 0);
  expect(Math.max(...channel) - Math.min(...channel)).toBeGreaterThan(0.01);
  const values = await valuesAt(family, size, { points, arena }, "float64");
  expect(relativeError(values, expected)).toBeLessThan(1e-5);
});

test("FINER's first biases are as wide as they are told, its other parameters start as SIREN's", () => {
  const { layout, arena } = startOf(finer({ firstBias: 20 }), { ...size, width: 256 });
  const parameter = byName(layout, arena);
  const largest = (name: string) => Math.max(...parameter(name).map(Math.abs));
  expect(largest("first.bias") / 20).toBeCloseTo(1, 1);
  expect(largest("first.weight")).toBeCloseTo(1 / 2, 2);
  expect(largest("hidden0.weight")).toBeCloseTo(Math.sqrt(6 / 256) / 30, 5);
  expect(largest("hidden0.bias")).toBeCloseTo(1 / 16, 2);
});

test("FINER has as many parameters as published", () => {
  const picture = { dimensions: 2, channels: 3, width: 256 };
  expect(countParameters(finer({ hidden: 3 }), picture)).toBe(198_915);
});
