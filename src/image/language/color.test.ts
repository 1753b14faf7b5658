import { expect, test } from "vitest";
import { fromPlanes, toPlanes } from "./color.ts";

const colors = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 12, 200, 77);
const raster = { width: 6, height: 1, channels: 3, data: colors } as const;

test("luma has the weights of BT.601", () => {
  const [luma] = toPlanes(raster, "gray");
  for (const [i, y] of [0.299, 0.587, 0.114, 1, 0].entries()) expect(luma![i]).toBeCloseTo(y, 12);
});

test("chroma is centered on zero and reaches ½ for pure blue and red", () => {
  const [, cb, cr] = toPlanes(raster, "ycbcr");
  expect(cb![2]).toBeCloseTo(0.5, 12);
  expect(cr![0]).toBeCloseTo(0.5, 12);
  expect(cb![3]).toBeCloseTo(0, 12);
  expect(cr![4]).toBeCloseTo(0, 12);
});

test("the way back is exact, and clips", () => {
  const back = fromPlanes(toPlanes(raster, "ycbcr"));
  expect(Uint8Array.from(back, (x) => Math.round(255 * x))).toEqual(colors);
  expect([...fromPlanes([Float64Array.of(-1, 0.5, 2)])]).toEqual([0, 0.5, 1]);
});

test("a gray image is its own luma, to the last bit", () => {
  const gray = { width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 128, 255) } as const;
  expect([...toPlanes(gray, "gray")[0]!]).toEqual([0, 128 / 255, 1]);
  expect(toPlanes(gray, "ycbcr").slice(1)).toEqual([new Float64Array(3), new Float64Array(3)]);
});
