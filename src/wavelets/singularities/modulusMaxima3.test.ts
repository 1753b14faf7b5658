import { describe, expect, test } from "vitest";
import { noise } from "../testing.ts";
import { gaussianGradient } from "./gaussian.ts";
import { type Volume, volumeGradient } from "./gaussianVolume.ts";
import { type ModulusMaximum3, modulusMaxima3 } from "./modulusMaxima3.ts";

const [depth, height, width] = [38, 42, 40];
const [cx, cy, cz, radius] = [19.7, 20.4, 18.2, 11.3];

function volume(value: (x: number, y: number, z: number) => number): Volume {
  const data = Float32Array.from({ length: depth * height * width }, (_, i) =>
    value(i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))),
  );
  return { depth, height, width, data };
}
const from = ({ x, y, z }: { x: number; y: number; z: number }) =>
  Math.hypot(x - cx, y - cy, z - cz);

describe("a ball", () => {
  const ball = volume((x, y, z) => (from({ x, y, z }) < radius ? 1 : 0));
  const maxima = modulusMaxima3(ball, [1, 2, 4]);

  // Smoothing moves the steepest place of a curved surface inwards, by a² / R on a sphere.
  test.each([
    [1, radius],
    [2, radius],
    [4, radius - 4 ** 2 / radius],
  ])(
    "has its maxima at scale %d within 0.75 voxels of a sphere of radius %f",
    (scale, expected) => {
      const own = maxima.filter((maximum) => maximum.scale === scale);
      expect(own.length).toBeGreaterThan(500);
      expect(Math.max(...own.map((maximum) => Math.abs(from(maximum) - expected)))).toBeLessThan(
        0.75,
      );
      // All around: in every octant as many.
      const octants = own.map(({ x, y, z }) => `${x > cx}${y > cy}${z > cz}`);
      for (const octant of new Set(octants)) {
        const count = octants.filter((other) => other === octant).length;
        expect(count).toBeGreaterThan(own.length / 16);
      }
      expect(new Set(octants).size).toBe(8);
    },
  );

  test("grows brighter inwards, and is a step", () => {
    const inwards = (maximum: ModulusMaximum3) => {
      const { x, y, z, angle, elevation } = maximum;
      const [dx, dy] = [
        Math.cos(elevation) * Math.cos(angle),
        Math.cos(elevation) * Math.sin(angle),
      ];
      const along = dx * (cx - x) + dy * (cy - y) + Math.sin(elevation) * (cz - z);
      return along / from(maximum);
    };
    const coarse = maxima.filter(({ scale }) => scale > 1);
    expect(Math.min(...coarse.map(inwards))).toBeGreaterThan(0.97);
    for (const { exponent, length } of coarse) {
      expect(Math.abs(exponent)).toBeLessThan(0.2);
      expect(length).toBe(3);
    }
  });
});

test("of slices that are all alike, the gradient is that of the picture", () => {
  const picture = { height, width, data: noise(height * width, 0) };
  const stacked = volume((x, y) => picture.data[y * width + x]!); // on the picture
  const { x, y, z } = volumeGradient(stacked, 1.7);
  const slice = Float64Array.from(stacked.data).slice(0, height * width);
  const flat = gaussianGradient({ ...picture, data: slice }, 1.7);
  for (let i = 0; i < x.length; i += 97) {
    expect(x[i]).toBeCloseTo(flat.x.data[i % picture.data.length]!, 12); // on the picture
    expect(y[i]).toBeCloseTo(flat.y.data[i % picture.data.length]!, 12); // likewise
    expect(z[i]).toBeCloseTo(0, 12);
  }
});

test("turned axes turn the gradient", () => {
  const wave = (a: number, b: number, c: number) => Math.sin(0.3 * a) + Math.cos(0.2 * b + 0.1 * c);
  const cube = (value: typeof wave): Volume => ({
    ...{ depth: 20, height: 20, width: 20 },
    data: Float64Array.from({ length: 8000 }, (_, i) =>
      value(i % 20, Math.floor(i / 20) % 20, Math.floor(i / 400)),
    ),
  });
  const [one, other] = [
    volumeGradient(cube(wave), 2),
    volumeGradient(
      cube((x, y, z) => wave(z, x, y)),
      2,
    ),
  ];
  const at = (x: number, y: number, z: number) => (z * 20 + y) * 20 + x;
  for (const [a, b, c] of [
    [3, 9, 14],
    [0, 19, 7],
  ] as const) {
    expect(other.z[at(b, c, a)]).toBeCloseTo(one.x[at(a, b, c)]!, 12); // in the cube
    expect(other.x[at(b, c, a)]).toBeCloseTo(one.y[at(a, b, c)]!, 12); // likewise
  }
});

test("an invalid volume is refused", () => {
  const cube = { depth: 2, height: 2, width: 2 };
  expect(() => modulusMaxima3({ ...cube, data: new Float32Array(7) })).toThrow(
    "a volume of 2×2×2 has 8 values, not 7",
  );
  expect(() => modulusMaxima3({ ...cube, data: new Float32Array(8).fill(Number.NaN) })).toThrow(
    "the volume holds NaN at index 0",
  );
  expect(() => modulusMaxima3({ ...cube, data: new Float32Array(8) }, [2, 1])).toThrow(
    "scales must increase",
  );
  expect(modulusMaxima3({ ...cube, data: new Float32Array(8) })).toEqual([]);
});
