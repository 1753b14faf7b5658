import { expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { countParameters } from "../../fit/sizing.ts";
import { byName, plainAffine, pointsIn, startOf, valuesAt } from "../../testing.ts";
import { mfn } from "./mfn.ts";

const size = { dimensions: 2, channels: 3, width: 12 };

/** The filters' μ, γ, ω and φ, unit by unit. */
function filtersOf(rows: Float32Array, width: number) {
  const at = (row: number, unit: number) => rows[row * width + unit]!; // a row of the six
  return Array.from({ length: width }, (_, j) => ({
    center: [at(0, j), at(1, j)],
    sharpness: at(2, j),
    frequency: [at(3, j), at(4, j)],
    phase: at(5, j),
  }));
}

test("is products of linear maps with exp(-γ/2 |r - μ|²) sin(ω·r + φ)", async () => {
  const points = someNumbers(10);
  const { layout, arena } = startOf(mfn(), size);
  const parameter = byName(layout, arena);
  const expected = pointsIn(points, 2).flatMap((point) => {
    const sum = (f: (x: number, axis: number) => number) =>
      point.reduce((total, x, axis) => total + f(x, axis), 0);
    const filter = (i: number) =>
      filtersOf(parameter(`filter${i}.gabor`), size.width).map(
        ({ center, sharpness, frequency, phase }) =>
          Math.exp((-sharpness / 2) * sum((x, axis) => (x - center[axis]!) ** 2)) *
          Math.sin(phase + sum((x, axis) => x * frequency[axis]!)),
      );
    const affine = (z: readonly number[], layer: string) =>
      plainAffine(z, parameter(`${layer}.weight`), parameter(`${layer}.bias`));
    let z = filter(0);
    for (const i of [0, 1]) {
      const g = filter(i + 1);
      z = affine(z, `hidden${i}`).map((y, j) => y * g[j]!);
    }
    return affine(z, "output");
  });
  const values = await valuesAt(mfn(), size, { points, arena }, "float64");
  expect(relativeError(values, expected)).toBeLessThan(1e-5);
});

test("has of each filter six parameters in two dimensions", () => {
  const count = countParameters(mfn({ hidden: 3 }), { ...size, width: 256 });
  expect(count).toBe(4 * 6 * 256 + 3 * (256 * 256 + 256) + 3 * 256 + 3);
});

test("starts with sharpness of the gamma distribution and frequencies that grow with its root", () => {
  const { layout, arena } = startOf(mfn({ hidden: 0 }), { ...size, width: 4000 });
  const filters = filtersOf(byName(layout, arena)("filter0.gabor"), 4000);
  const mean = (f: (filter: (typeof filters)[number]) => number) =>
    filters.reduce((sum, filter) => sum + f(filter), 0) / filters.length;
  const sharpness = mean((f) => f.sharpness);
  expect(Math.abs(sharpness - 6)).toBeLessThan(0.1); // one filter: shape 6, rate 1
  expect(Math.abs(mean((f) => (f.sharpness - sharpness) ** 2) - 6)).toBeLessThan(0.6);
  const bound = 256 / Math.sqrt(2);
  const relative = (f: (typeof filters)[number]) =>
    f.frequency[0]! / Math.sqrt(f.sharpness) / bound; // two entries
  expect(Math.max(...filters.map(relative))).toBeCloseTo(1, 2);
  expect(mean((f) => relative(f) ** 2)).toBeCloseTo(1 / 3, 1);
  expect(Math.max(...filters.map((f) => f.phase))).toBeCloseTo(Math.PI, 1);
  expect(Math.max(...filters.map((f) => f.center[0]!))).toBeCloseTo(1, 1); // two entries
});
