import { describe, expect, test } from "vitest";
import type { Signal } from "./signal.ts";
import { singularitiesOf, summarizeScales } from "./singularities.ts";

const scales = [1, 2, 4];
/** Black, and from column 20 on white: red, green and blue alike. */
const edge: Signal = {
  size: [24, 40],
  channels: 3,
  values: Float32Array.from({ length: 24 * 40 * 3 }, (_, i) =>
    Math.floor(i / 3) % 40 < 20 ? -1 : 1,
  ),
};
const step: Signal = {
  size: [64],
  channels: 1,
  rate: 16,
  values: Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 0.5 : -0.5)),
};

describe("singularities", () => {
  test("of a picture lie on its edges, and point to where it grows brighter", () => {
    const maxima = singularitiesOf(edge, scales);
    expect(maxima).toHaveLength(3 * 24);
    for (const { x, angle, exponent } of maxima) {
      expect(x).toBeCloseTo(19.5, 6);
      expect(angle).toBeCloseTo(0, 6);
      expect(exponent).toBeCloseTo(0, 1);
    }
  });

  test("of a sound lie where it jumps, and point against the fall", () => {
    const maxima = singularitiesOf(step, scales);
    expect(maxima).toHaveLength(3);
    expect(maxima[0]).toMatchObject({ x: 31.5, y: 0, scale: 1, angle: Math.PI });
  });

  test("of a volume lie where it jumps, with the jump's direction", () => {
    const values = Float32Array.from({ length: 16 ** 3 }, (_, i) => (i < 8 * 256 ? 0 : 1));
    const found = singularitiesOf({ size: [16, 16, 16], channels: 1, values }, [1, 2]);
    expect(found.length).toBeGreaterThan(200);
    for (const { z = 0, elevation } of found) {
      expect(z).toBeCloseTo(7.5, 6);
      expect(elevation).toBeCloseTo(Math.PI / 2, 6);
    }
  });

  test("are counted scale by scale, with the median of their exponents", () => {
    const maximum = { x: 0, y: 0, modulus: 1, angle: 0, length: 3 };
    const exponents = [0.5, -1, 0, Number.NaN];
    const maxima = [
      ...exponents.map((exponent) => ({ ...maximum, scale: 1, exponent })),
      { ...maximum, scale: 2, exponent: 0.2 },
      { ...maximum, scale: 2, exponent: 0.4 },
    ];
    expect(summarizeScales(maxima, scales)).toEqual([
      { scale: 1, count: 4, medianExponent: 0 },
      { scale: 2, count: 2, medianExponent: expect.closeTo(0.3, 12) },
      { scale: 4, count: 0 },
    ]);
  });
});
