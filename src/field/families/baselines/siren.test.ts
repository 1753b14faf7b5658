import { describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { createRandom } from "../../../data/random/random.ts";
import { countParameters } from "../../fit/sizing.ts";
import { byName, plainAffine, plainLayers, pointsIn, startOf, valuesAt } from "../../testing.ts";
import { siren, sirenOfSounds } from "./siren.ts";

const picture = { dimensions: 2, channels: 3, width: 256 };

test("has as many parameters as published", () => {
  expect(countParameters(siren(), picture)).toBe(133_123); // WIRE's comparison
  expect(countParameters(siren({ hidden: 3 }), picture)).toBe(198_915); // the paper's pictures
});

test("is layers of sin(30 (W x + b))", async () => {
  const size = { ...picture, width: 12 };
  const points = someNumbers(10);
  const { layout, arena } = startOf(siren(), size);
  const expected = pointsIn(points, 2).flatMap((point) =>
    plainLayers(byName(layout, arena), point, (x) => Math.sin(30 * x), 2),
  );
  expect(relativeError(await valuesAt(siren(), size, { points, arena }), expected)).toBeLessThan(
    1e-5,
  );
});

test("for sounds its first layer is sin(3000 (W x + b))", async () => {
  const size = { dimensions: 1, channels: 1, width: 12 };
  const family = siren(sirenOfSounds);
  const points = someNumbers(5);
  const { layout, arena } = startOf(family, size);
  const parameter = byName(layout, arena);
  const expected = points.flatMap((point) => {
    const affine = (z: readonly number[], layer: string) =>
      plainAffine(z, parameter(`${layer}.weight`), parameter(`${layer}.bias`));
    let z = affine([point], "first").map((x) => Math.sin(3000 * x));
    for (const layer of ["hidden0", "hidden1"]) z = affine(z, layer).map((x) => Math.sin(30 * x));
    return affine(z, "output");
  });
  const values = await valuesAt(family, size, { points, arena }, "float64");
  expect(relativeError(values, expected)).toBeLessThan(1e-5);
});

/** Mean, variance and excess kurtosis. */
function moments(x: readonly number[]) {
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
  const power = (n: number) => x.reduce((sum, v) => sum + (v - mean) ** n, 0) / x.length;
  return { mean, variance: power(2), kurtosis: power(4) / power(2) ** 2 - 3 };
}

describe("at its start, whatever the depth", () => {
  const depth = 4;
  const { layout, arena } = startOf(siren({ hidden: depth }), picture);
  const parameter = byName(layout, arena);
  const random = createRandom(3);
  const points = Array.from({ length: 60 }, () => [0, 1].map(() => 2 * random.uniform() - 1));
  let z = points.map((point) =>
    plainAffine(point, parameter("first.weight"), parameter("first.bias")).map((x) =>
      Math.sin(30 * x),
    ),
  );
  const layers = Array.from({ length: depth }, (_, i) => {
    const sums = z.map((x) => plainAffine(x, parameter(`hidden${i}.weight`)).map((y) => 30 * y));
    const bias = parameter(`hidden${i}.bias`);
    z = sums.map((x) => x.map((y, j) => Math.sin(y + 30 * bias[j]!))); // a bias for each
    return { sums: sums.flat(), sines: z.flat() };
  });

  test.each([...layers.keys()])("the sums of hidden layer %i are normal with variance 1", (i) => {
    const { mean, variance, kurtosis } = moments(layers[i]!.sums); // a layer's index
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
    expect(Math.abs(kurtosis)).toBeLessThan(0.3);
  });

  test.each([...layers.keys()])(
    "the sines of hidden layer %i have the arcsine distribution",
    (i) => {
      const { sines } = layers[i]!; // a layer's index
      for (const level of [-0.9, -0.5, 0, 0.5, 0.9]) {
        const below = sines.filter((y) => y < level).length / sines.length;
        expect(Math.abs(below - (Math.asin(level) / Math.PI + 0.5))).toBeLessThan(0.04);
      }
    },
  );
});
