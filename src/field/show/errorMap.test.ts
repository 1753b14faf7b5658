import { describe, expect, it } from "vitest";
import type { Signal } from "../signal/signal.ts";
import { errorMap } from "./errorMap.ts";

const picture = (size: readonly number[], channels: number, ...values: number[]): Signal => ({
  size,
  channels,
  values: Float32Array.from(values),
});

describe("errorMap", () => {
  const original = picture([2, 2], 2, 0, 0, 0, 0, 0, 0, 0, 0);
  const approximation = picture([2, 2], 2, 0, 0, 0.1, 0.1, -0.1, -0.1, 0.1, -0.1);
  const pixel = ({ width, data }: { width: number; data: Uint8Array }, x: number, y: number) => [
    ...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
  ];

  it("is black where all is right and lightest at its scale, which it tells", async () => {
    const { raster, scale } = await errorMap(original, approximation);
    expect(scale).toBeCloseTo(0.1);
    const half = raster.width / 4;
    expect(pixel(raster, half, half)).toEqual([0, 0, 4]);
    for (const [x, y] of [
      [3 * half, half],
      [half, 3 * half],
      [3 * half, 3 * half],
    ] as const) {
      expect(pixel(raster, x, y)).toEqual([252, 255, 164]);
    }
  });

  it("with signs is blue where too dark, red where too light, white where channels cancel", async () => {
    const { raster } = await errorMap(original, approximation, { signed: true, scale: 0.1 });
    const half = raster.width / 4;
    expect(pixel(raster, 3 * half, half)).toEqual([103, 0, 31]);
    expect(pixel(raster, half, 3 * half)).toEqual([5, 48, 97]);
    expect(pixel(raster, 3 * half, 3 * half)).toEqual([255, 255, 255]);
  });

  it("of a perfect approximation is black, with a scale that is not 0", async () => {
    const { raster, scale } = await errorMap(original, original);
    expect(scale).toBeGreaterThan(0);
    expect(pixel(raster, 0, 0)).toEqual([0, 0, 4]);
  });

  it("wants two pictures of one size", async () => {
    const other = picture([1, 4], 2, 0, 0, 0, 0, 0, 0, 0, 0);
    await expect(errorMap(original, other)).rejects.toThrow(RangeError);
    await expect(errorMap(picture([1], 1, 0), picture([1], 1, 0))).rejects.toThrow(RangeError);
  });
});
