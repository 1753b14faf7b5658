import { describe, expect, it } from "vitest";
import { magnifiedCrop } from "./magnifiedCrop.ts";

describe("magnifiedCrop", () => {
  it("makes squares of pixels", () => {
    const raster = {
      width: 3,
      height: 2,
      channels: 1 as const,
      data: Uint8Array.of(1, 2, 3, 4, 5, 6),
    };
    expect(magnifiedCrop(raster, { x: 1, y: 0, width: 2, height: 2 }, 2)).toEqual({
      width: 4,
      height: 4,
      channels: 1,
      data: Uint8Array.of(2, 2, 3, 3, 2, 2, 3, 3, 5, 5, 6, 6, 5, 5, 6, 6),
    });
    expect(() => magnifiedCrop(raster, { x: 2, y: 0, width: 2, height: 1 }, 2)).toThrow(
      new RangeError("magnifiedCrop: 2×1 at (2, 0) leaves 3×2"),
    );
  });
});
