import { describe, expect, it } from "vitest";
import type { Signal } from "../signal/signal.ts";
import { drawPicture } from "./drawPicture.ts";

const picture = (size: readonly number[], channels: number, ...values: number[]): Signal => ({
  size,
  channels,
  values: Float32Array.from(values),
});

describe("drawPicture", () => {
  it("has -1 black and 1 white, and clips what is beyond", () => {
    const raster = drawPicture(picture([1, 5], 1, -1, 0.2, 1, -3, 1.1));
    expect(raster).toEqual({
      width: 5,
      height: 1,
      channels: 1,
      data: Uint8Array.of(0, 153, 255, 0, 255),
    });
  });

  it("shows three channels as colors, the mean of any other number", () => {
    expect(drawPicture(picture([1, 1], 3, 1, -1, 0.2))).toMatchObject({
      channels: 3,
      data: Uint8Array.of(255, 0, 153),
    });
    const two = drawPicture(picture([1, 2], 2, 1, -1, 1, 1));
    expect(two).toMatchObject({ channels: 1, data: Uint8Array.of(128, 255) });
  });

  it("shows the slice in the middle of a volume, and no signal of one axis", () => {
    const volume = picture([3, 1, 2], 1, -1, -1, 1, 0.2, -1, -1);
    expect(drawPicture(volume)).toMatchObject({
      width: 2,
      height: 1,
      data: Uint8Array.of(255, 153),
    });
    expect(() => drawPicture(picture([2], 1, 0, 0))).toThrow(RangeError);
  });
});
