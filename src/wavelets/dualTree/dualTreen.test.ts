import { describe, expect, test } from "vitest";
import { arrayOf } from "../arrays/matrix.ts";
import { sizeOf } from "../arrays/ndArray.ts";
import { distance, dot, fixtureSignal, noise, noiseMatrix } from "../testing.ts";
import { dualTree } from "./dualTree.ts";
import { dualTree2 } from "./dualTree2.ts";
import {
  type DualTreen,
  dualTreen,
  dualTreenAdjoint,
  idualTreen,
  idualTreenAdjoint,
} from "./dualTreen.ts";
import { energy } from "./testing.ts";

const planes = ({ approximations, details }: DualTreen<Float64Array>) => [
  ...Object.values(approximations).map(({ data }) => data),
  ...details.flatMap((bands) => Object.values(bands).flatMap(({ re, im }) => [re, im])),
];

/** The same bands with noise in them. */
function noisy(transform: DualTreen<Float64Array>): DualTreen<Float64Array> {
  let seed = 0;
  const random = ({ length }: ArrayLike<number>) => noise(length, ++seed);
  const mapped = <T, U>(record: Readonly<Record<string, T>>, of: (value: T) => U) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
  return {
    ...transform,
    approximations: mapped(transform.approximations, (band) => {
      return { ...band, data: random(band.data) };
    }),
    details: transform.details.map((bands) =>
      mapped(bands, ({ shape, re, im }) => ({ shape, re: random(re), im: random(im) })),
    ),
  };
}

test("along one axis it is the transform of every line", () => {
  const { height, width, data } = noiseMatrix(3, 14);
  const whole = dualTreen({ shape: [height, width], data }, { axes: [1], levels: 2 });
  const row = data.slice(width, 2 * width);
  const { approximation, details } = dualTree(row, { levels: 2 });
  const second = (x: Float64Array) => x.slice(x.length / 3, (2 * x.length) / 3);
  expect(distance(second(whole.approximations.a!.data), approximation.re)).toBeLessThan(1e-13);
  expect(distance(second(whole.approximations.b!.data), approximation.im)).toBeLessThan(1e-13);
  details.forEach(({ re, im }, i) => {
    const band = whole.details[i]!.d!;
    expect(distance(second(band.re), re)).toBeLessThan(1e-13);
    expect(distance(second(band.im), im)).toBeLessThan(1e-13);
  });
});

test("along two axes it is that of a matrix, with its six orientations", () => {
  const matrix = noiseMatrix(9, 12);
  const whole = dualTreen(arrayOf(matrix), { levels: 2 });
  const plane = dualTree2(matrix, { levels: 2 });
  for (const trees of ["aa", "ab", "ba", "bb"] as const)
    expect(
      distance(whole.approximations[trees]!.data, plane.approximations[trees].data),
    ).toBeLessThan(1e-14);
  const orientations = {
    "ad+": -15,
    "ad-": 15,
    "dd+": -45,
    "dd-": 45,
    "da+": -75,
    "da-": 75,
  } as const;
  for (const [key, degrees] of Object.entries(orientations))
    for (const part of ["re", "im"] as const)
      plane.details.forEach((level, i) => {
        const own = whole.details[i]![key]![part];
        expect(distance(own, level[degrees as -15][part])).toBeLessThan(1e-14);
      });
});

describe.each([
  [[1, 1, 1], undefined],
  [[4, 6, 3], undefined],
  [
    [5, 2, 4],
    [0, 2],
  ],
  [[2, 3, 2, 4], undefined],
] as const)("shape %j, axes %j", (shape, axes) => {
  test.each([0, 1, 2])("inverse and adjoints of %i levels", (levels) => {
    const x = { shape, data: noise(sizeOf(shape), 0) };
    const options = axes ? { levels, axes } : { levels };
    const transform = dualTreen(x, options);
    const back = idualTreen(transform);
    expect(back.shape).toEqual([...shape]);
    expect(distance(back.data, x.data)).toBeLessThan(5e-12);
    const y = noisy(transform);
    expect(dot(planes(transform), planes(y))).toBeCloseTo(dot(x.data, dualTreenAdjoint(y).data), 9);
    expect(dot(idualTreen(y).data, x.data)).toBeCloseTo(
      dot(planes(y), planes(idualTreenAdjoint(x, options))),
      9,
    );
  });
});

test("a volume has 28 bands a level, eight numbers an element, and its energy", () => {
  const volume = { shape: [8, 16, 8], data: fixtureSignal(1024) };
  const transform = dualTreen(volume, { levels: 3 });
  for (const level of transform.details) expect(Object.keys(level).length).toBe(28);
  expect(planes(transform).reduce((sum, { length }) => sum + length, 0)).toBe(8 * 1024);
  expect(energy(...planes(transform)) / energy(volume.data)).toBeCloseTo(1, 11);
});

test("waves that run along a diagonal of a volume are seen by the band of that diagonal", () => {
  const side = 16;
  const frequency = (0.75 * Math.PI) / 2; // in the middle of the second level
  for (const [signs, name] of [
    [[1, 1, 1], "ddd++"],
    [[1, -1, 1], "ddd-+"],
    [[1, 1, -1], "ddd+-"],
    [[1, -1, -1], "ddd--"],
  ] as const) {
    const data = Float64Array.from({ length: side ** 3 }, (_, i) => {
      const at = [Math.floor(i / side ** 2), Math.floor(i / side) % side, i % side];
      return Math.cos(frequency * at.reduce((sum, x, axis) => sum + signs[axis]! * x, 0));
    });
    const { details } = dualTreen({ shape: [side, side, side], data }, { levels: 2 });
    const energies = Object.entries(details[0]!).map(
      ([key, { re, im }]) => [key, energy(re, im)] as const,
    );
    const [strongest, most] = energies.toSorted(([, a], [, b]) => b - a)[0]!;
    const total = energies.reduce((sum, [, own]) => sum + own, 0);
    expect(strongest).toBe(name);
    expect(most / total).toBeGreaterThan(0.75);
  }
});

test("single precision stays single precision", () => {
  const volume = { shape: [4, 4, 4], data: Float32Array.from(noise(64, 0)) };
  const transform = dualTreen(volume, { levels: 1 });
  expect(transform.details[0]!["add+-"]!.re).toBeInstanceOf(Float32Array);
  expect(distance(idualTreen(transform).data, volume.data)).toBeLessThan(1e-5);
});

test("bands that are missing or have another shape are refused", () => {
  const volume = { shape: [4, 4, 4], data: noise(64, 0) };
  const transform = dualTreen(volume, { levels: 1 });
  const { "aad+-": band, ...rest } = transform.details[0]!;
  expect(() => idualTreen({ ...transform, details: [rest] })).toThrow("band aad+- is missing");
  const wrong = { ...band!, shape: [4, 2, 1] };
  expect(() => idualTreen({ ...transform, details: [{ ...rest, "aad+-": wrong }] })).toThrow(
    "2×2×2 is needed",
  );
});
