import { expect, test } from "vitest";
import { columnsOf, pointsOf } from "./points.ts";

test("metrics of a run become the columns of a chart, with gaps where nothing was measured", () => {
  const points = pointsOf([
    { step: 1, images: 4, seconds: 0.1, bitsPerImage: 900, rate: 1e-3 },
    { step: 5, images: 20, seconds: 0.5, bitsPerImage: 700, rate: 1e-3 },
    { step: 5, images: 20, seconds: 0.6, validationBitsPerImage: 720 },
  ]);
  expect(columnsOf(points)).toEqual({
    steps: [1, 5],
    bits: [900, 700],
    heldOut: [null, 720],
  });
});
