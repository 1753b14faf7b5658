import { expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../../test/evaluate.ts";
import type { FieldFamily, FieldSize } from "../../family.ts";
import { countParameters } from "../../fit/sizing.ts";
import { byName, plainAffine, pointsIn, startOf, valuesAt } from "../../testing.ts";
import { wire } from "./wire.ts";
import { wire2d } from "./wire2d.ts";

const picture = { dimensions: 2, channels: 3, width: 256 };
type Complex = readonly [re: number, im: number];

/** `z W + b` of complex numbers. */
function plainComplexAffine(
  parameter: (name: string) => Float32Array,
  layer: string,
  z: readonly Complex[],
): Complex[] {
  const [re, im] = [parameter(`${layer}.weight.re`), parameter(`${layer}.weight.im`)];
  const [x, y] = [z.map((c) => c[0]), z.map((c) => c[1])];
  const [xRe, yIm] = [plainAffine(x, re, parameter(`${layer}.bias.re`)), plainAffine(y, im)];
  const [xIm, yRe] = [plainAffine(x, im, parameter(`${layer}.bias.im`)), plainAffine(y, re)];
  return xRe.map((a, j) => [a - yIm[j]!, xIm[j]! + yRe[j]!]); // all as wide
}

const complex = (real: readonly number[]): Complex[] => real.map((x) => [x, 0]);

/** `exp(i ω x - σ² s)`. */
const wavelet = ([a, b]: Complex, omega: number, sigma: number, s: number): Complex => {
  const modulus = Math.exp(-omega * b - sigma ** 2 * s);
  return [modulus * Math.cos(omega * a), modulus * Math.sin(omega * a)];
};
const square = ([a, b]: Complex) => a * a + b * b;

/** Parameters smaller than at the start, so that narrow wavelets reach the points of a narrow network. */
function smallStart(family: FieldFamily, size: FieldSize) {
  const { layout, arena } = startOf(family, size);
  return { layout, arena: arena.map((x) => 0.2 * x) };
}

/** How much the first channel varies from point to point. */
const spread = (values: readonly number[]) => {
  const channel = values.filter((_, i) => i % picture.channels === 0);
  return Math.max(...channel) - Math.min(...channel);
};

test("has as many parameters as published, complex ones counted as two", () => {
  expect(countParameters(wire(), picture)).toBe(133_403);
  expect(countParameters(wire2d(), picture)).toBe(
    2 * (2 * 128 + 128) + 2 * 2 * 2 * (128 * 128 + 128) + 2 * (128 * 3 + 3),
  );
});

test("WIRE is layers of exp(iωx - |σx|²) of complex x, and the real part of their sums", async () => {
  const size = { ...picture, width: 12 };
  const points = someNumbers(10);
  const { layout, arena } = smallStart(wire(), size);
  const parameter = byName(layout, arena);
  const expected = pointsIn(points, 2).flatMap((point) => {
    const atom = (x: Complex) => wavelet(x, 20, 30, square(x));
    const first = plainAffine(point, parameter("first.weight"), parameter("first.bias"));
    let z = complex(first).map(atom);
    for (const layer of ["hidden0", "hidden1"])
      z = plainComplexAffine(parameter, layer, z).map(atom);
    return plainComplexAffine(parameter, "output", z).map(([re]) => re);
  });
  expect(spread(expected)).toBeGreaterThan(0.03);
  expect(relativeError(await valuesAt(wire(), size, { points, arena }), expected)).toBeLessThan(
    1e-5,
  );
});

test("wire2d is layers of exp(iωx - |σx|² - |σy|²)", async () => {
  const size = { ...picture, width: 12 };
  const points = someNumbers(10);
  const { layout, arena } = smallStart(wire2d(), size);
  const parameter = byName(layout, arena);
  const expected = pointsIn(points, 2).flatMap((point) => {
    const atoms = (x: readonly Complex[], y: readonly Complex[]) =>
      x.map((c, j) => wavelet(c, 10, 10, square(c) + square(y[j]!)));
    const real = (layer: string) =>
      complex(plainAffine(point, parameter(`${layer}.weight`), parameter(`${layer}.bias`)));
    let z = atoms(real("first.along"), real("first.across"));
    for (const layer of ["hidden0", "hidden1"]) {
      z = atoms(
        plainComplexAffine(parameter, `${layer}.along`, z),
        plainComplexAffine(parameter, `${layer}.across`, z),
      );
    }
    return plainComplexAffine(parameter, "output", z).map(([re]) => re);
  });
  expect(spread(expected)).toBeGreaterThan(0.03);
  expect(relativeError(await valuesAt(wire2d(), size, { points, arena }), expected)).toBeLessThan(
    1e-5,
  );
});
