import fc from "fast-check";
import { expect, test } from "vitest";
import { resizeTriangle } from "./resizeTriangle.ts";

const line = (...values: number[]) => Float64Array.from(values);
const along = (plane: Float64Array, width: number) => [
  ...resizeTriangle(plane, { height: 1, width: plane.length }, { height: 1, width }),
];

test("enlarges by straight lines between pixel centers", () => {
  expect(along(line(0, 4), 4)).toEqual([0, 1, 3, 4]); // as torch's interpolate(align_corners=False)
});

test("shrinks by means under a triangle", () => {
  const [first, second] = along(line(0, 0, 8, 8), 2);
  // Weights 3, 3, 1 of 7 for the first, mirrored for the second; as Pillow and torch with antialias.
  expect(first).toBeCloseTo(8 / 7, 12);
  expect(second).toBeCloseTo(8 - 8 / 7, 12);
});

test("keeps constants, and the axes apart", () => {
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(size, size, size, size, (h, w, height, width) => {
      const rows = Float64Array.from({ length: h * w }, (_, i) => Math.floor(i / w) + 1);
      const resized = resizeTriangle(rows, { height: h, width: w }, { height, width });
      const expected = along(
        Float64Array.from({ length: h }, (_, y) => y + 1),
        height,
      );
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          expect(resized[y * width + x]).toBeCloseTo(expected[y]!, 12);
    }),
    { numRuns: 50 },
  );
});
