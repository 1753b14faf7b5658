import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix3, matrixOf, rotationOf } from "./rotation.ts";
import { flatPicture, photoPicture } from "./testing.ts";

/** Rows times rows: the unit matrix of an orthogonal one. */
const gramOf = (m: Matrix3) => m.map((a) => m.map((b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));

const determinantOf = ([[a, b, c], [d, e, f], [g, h, i]]: Matrix3) =>
  a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);

function expectOrthogonal(matrix: Matrix3): void {
  for (const [i, row] of gramOf(matrix).entries())
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(i === j ? 1 : 0, 12);
}

/** Brightness is positive in all colors, the second channel in blue, the third in red. */
function expectConvention([first, second, third]: Matrix3): void {
  for (const part of first) expect(part).toBeGreaterThan(-1e-4);
  expect(second[2]).toBeGreaterThan(-1e-4);
  expect(third[0]).toBeGreaterThan(-1e-4);
}

const anyPart = fc.integer({ min: -32767, max: 32767 });

describe("the matrix of a quaternion", () => {
  test("is orthogonal, and turns space over if and only if it is mirrored", () => {
    fc.assert(
      fc.property(
        fc.tuple(anyPart, anyPart, anyPart, anyPart),
        fc.boolean(),
        (parts, isMirrored) => {
          fc.pre(parts.some((part) => part !== 0));
          const matrix = matrixOf({ quaternion: parts, isMirrored });
          expectOrthogonal(matrix);
          expect(determinantOf(matrix)).toBeCloseTo(isMirrored ? -1 : 1, 12);
        },
      ),
    );
  });

  test("is that of its double and of its negative", () => {
    const matrix = matrixOf({ quaternion: [3, -4, 5, 6], isMirrored: false });
    expect(matrixOf({ quaternion: [-6, 8, -10, -12], isMirrored: false })).toEqual(matrix);
  });

  test("is the unit of 1", () => {
    expect(matrixOf({ quaternion: [9, 0, 0, 0], isMirrored: false }).flat()).toEqual([
      ...[1, 0, 0],
      ...[0, 1, 0],
      ...[0, 0, 1],
    ]);
  });
});

describe("the rotation of a picture", () => {
  test("follows the convention of signs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { data, width } = photoPicture(24, 18, 3, seed);
        const rotation = rotationOf(data, width);
        for (const part of rotation.quaternion)
          expect(Number.isInteger(part) && Math.abs(part) <= 32767).toBe(true);
        const matrix = matrixOf(rotation);
        expectOrthogonal(matrix);
        expectConvention(matrix);
      }),
      { numRuns: 40 },
    );
  });

  test("finds the axes along which neighboring pixels differ independently", () => {
    // Steps along three orthogonal directions of colors, the longest along the first.
    const axes = [
      [2, 2, 1],
      [-2, 1, 2],
      [1, -2, 2],
    ].map((row) => row.map((part) => part / 3));
    const [width, height] = [64, 64];
    let state = 5;
    const step = (size: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state / 2 ** 32 - 0.5) * size;
    };
    const samples = Array.from({ length: width * height }, () => {
      const [a, b, c] = [step(120), step(30), step(8)];
      return [0, 1, 2].map((i) => 128 + a * axes[0]![i]! + b * axes[1]![i]! + c * axes[2]![i]!);
    }).flat();
    const [first, second, third] = matrixOf(rotationOf(samples, width));
    const cosine = (row: readonly number[], axis: readonly number[]) =>
      Math.abs(row.reduce((sum, x, i) => sum + x * axis[i]!, 0));
    expect(cosine(first, axes[0]!)).toBeGreaterThan(0.995);
    expect(cosine(second, axes[1]!)).toBeGreaterThan(0.99);
    expect(cosine(third, axes[2]!)).toBeGreaterThan(0.99);
  });

  const gray = photoPicture(20, 20, 1, 3);
  test.each([
    ["a gray picture with three channels", Array.from(gray.data, (x) => [x, x, x]).flat(), 20],
    ["a picture in which red alone changes", Array.from(gray.data, (x) => [x, 40, 90]).flat(), 20],
    [
      "one in which blue falls as red rises",
      Array.from(gray.data, (x) => [x, 99, 255 - x]).flat(),
      20,
    ],
    ["one color", flatPicture(5, 4, [10, 200, 30]).data, 5],
    ["black", flatPicture(5, 4, [0, 0, 0]).data, 5],
    ["a single pixel", [1, 2, 3], 1],
    ["a single column", [1, 2, 3, 255, 0, 9, 17, 4, 200], 1],
  ])("exists of %s", (_, samples, width) => {
    const rotation = rotationOf(samples, width);
    expect(rotation.quaternion.some((part) => part !== 0)).toBe(true);
    const matrix = matrixOf(rotation);
    expectOrthogonal(matrix);
    expect(matrix[1][2]).toBeGreaterThan(-1e-4);
    expect(matrix[2][0]).toBeGreaterThan(-1e-4);
  });

  test("makes brightness alone of what is gray", () => {
    const samples = Array.from(gray.data, (x) => [x, x, x]).flat();
    const [first, second, third] = matrixOf(rotationOf(samples, 20));
    for (const part of first) expect(part).toBeCloseTo(Math.sqrt(1 / 3), 1);
    for (const row of [second, third])
      expect(Math.abs(row[0] + row[1] + row[2])).toBeLessThan(0.02);
  });
});
