import { describe, expect, test } from "vitest";
import type { Matrix } from "../arrays/matrix.ts";
import { distance, dot, fixtureMatrix, fixtureSignal, noise } from "../testing.ts";
import {
  type ComplexMatrix,
  type DualTree2,
  dualTree2,
  dualTree2Adjoint,
  idualTree2,
  idualTree2Adjoint,
  type Orientation,
} from "./dualTree2.ts";
import { energy } from "./testing.ts";

const orientations: readonly Orientation[] = [-75, -45, -15, 15, 45, 75];
const sizes = [
  [1, 1],
  [1, 7],
  [6, 1],
  [2, 3],
  [9, 14],
  [16, 24],
] as const;
const planes = ({ approximations, details }: DualTree2<Float64Array>) => [
  ...Object.values(approximations).map(({ data }) => data),
  ...details.flatMap((bands) =>
    orientations.flatMap((degrees) => [bands[degrees].re, bands[degrees].im]),
  ),
];

/** The same bands with noise in them. */
function noisy(transform: DualTree2<Float64Array>): DualTree2<Float64Array> {
  let seed = 0;
  const random = ({ length }: ArrayLike<number>) => noise(++seed + length, 0).slice(seed);
  const { aa, ab, ba, bb } = transform.approximations;
  const re = (band: Matrix<Float64Array>) => ({ ...band, data: random(band.data) });
  const complex = (band: ComplexMatrix<Float64Array>) => ({
    ...band,
    re: random(band.re),
    im: random(band.im),
  });
  return {
    ...transform,
    approximations: { aa: re(aa), ab: re(ab), ba: re(ba), bb: re(bb) },
    details: transform.details.map((bands) => ({
      [-75]: complex(bands[-75]),
      [-45]: complex(bands[-45]),
      [-15]: complex(bands[-15]),
      15: complex(bands[15]),
      45: complex(bands[45]),
      75: complex(bands[75]),
    })),
  };
}

test.each(sizes)("inverse and adjoints of %i×%i", (height, width) => {
  const x = fixtureMatrix(height, width);
  for (const levels of [0, 1, 3]) {
    const transform = dualTree2(x, { levels });
    const back = idualTree2(transform);
    expect([back.height, back.width]).toEqual([height, width]);
    expect(distance(back.data, x.data)).toBeLessThan(5e-11);
    const y = noisy(transform);
    expect(dot(planes(transform), planes(y))).toBeCloseTo(dot(x.data, dualTree2Adjoint(y).data), 8);
    expect(dot(idualTree2(y).data, x.data)).toBeCloseTo(
      dot(planes(y), planes(idualTree2Adjoint(x, { levels }))),
      8,
    );
  }
});

test("single precision stays single precision", () => {
  const image = { height: 9, width: 10, data: Float32Array.from(fixtureSignal(90)) };
  const transform = dualTree2(image);
  expect(transform.details[0]![15].re).toBeInstanceOf(Float32Array);
  expect(distance(idualTree2(transform).data, image.data)).toBeLessThan(3.125 * 6e-7);
});

test("where both sides are divisible by 2^levels the energy is kept, and there are four numbers an element", () => {
  const image = fixtureMatrix(16, 24);
  const transform = dualTree2(image);
  expect(energy(...planes(transform)) / energy(image.data)).toBeCloseTo(1, 11);
  expect(planes(transform).reduce((sum, { length }) => sum + length, 0)).toBe(4 * 16 * 24);
});

describe("waves that run", () => {
  test.each(orientations)("at %i° are seen by the band of that orientation", (degrees) => {
    // In the middle of a level's band along the axis on which the waves run most, within a window.
    const angle = (degrees * Math.PI) / 180;
    const [right, up] = [Math.cos(angle), Math.sin(angle)];
    const frequency = (0.75 * Math.PI) / 4 / Math.max(Math.abs(right), Math.abs(up));
    const side = 64;
    const data = Float64Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [(i % side) - side / 2, side / 2 - Math.floor(i / side)];
      return Math.cos(frequency * (right * x + up * y)) * Math.exp(-(x * x + y * y) / 200);
    });
    const bands = dualTree2({ height: side, width: side, data }, { levels: 4 }).details[1]!; // the third
    const energies = orientations.map((one) => energy(bands[one].re, bands[one].im));
    const total = energies.reduce((a, b) => a + b, 0);
    expect(energies[orientations.indexOf(degrees)]! / total).toBeGreaterThan(0.75);
  });
});

test.each(orientations)(
  "the spectrum of the wavelet of %i° lies about that direction",
  (degrees) => {
    const side = 64;
    const empty = dualTree2(
      { height: side, width: side, data: new Float64Array(side * side) },
      { levels: 3 },
    );
    const [coarsest, ...others] = empty.details;
    const band = coarsest![degrees];
    const re = band.re.map((_, i) => (i === 4 * 8 + 4 ? 1 : 0));
    const details = [{ ...coarsest!, [degrees]: { ...band, re } }, ...others];
    const { data } = idualTree2({ ...empty, details });
    // The structure tensor of the wavelet: its main axis is the mean direction in which it changes.
    let [xx, xy, yy] = [0, 0, 0];
    for (let i = 1; i < side - 1; i++) {
      for (let j = 1; j < side - 1; j++) {
        const at = i * side + j;
        const [dx, dy] = [data[at + 1]! - data[at - 1]!, data[at - side]! - data[at + side]!]; // inside
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
      }
    }
    const found = (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI);
    expect(Math.abs(found - degrees)).toBeLessThan(8);
  },
);

test("invalid arguments are refused by name", () => {
  const bad = { height: 2, width: 2, data: new Float64Array(3) };
  expect(() => dualTree2(bad)).toThrow("a 2×2 matrix has 4 values, not 3");
  expect(() => idualTree2({ ...dualTree2(fixtureMatrix(8, 8)), height: 20 })).toThrow("is needed");
});

test("without levels there are four approximations that share no memory", () => {
  const image = { height: 3, width: 4, data: Float64Array.from({ length: 12 }, (_, i) => i) };
  const { approximations } = dualTree2(image, { levels: 0 });
  expect(new Set(Object.values(approximations).map(({ data }) => data.buffer)).size).toBe(4);
});
