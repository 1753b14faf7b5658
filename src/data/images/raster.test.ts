import { describe, expect, it } from "vitest";
import { cropAt, type Raster, tiles, toGray, toRgb } from "./raster.ts";

const counting: Raster = {
  width: 5,
  height: 3,
  channels: 1,
  data: Uint8Array.from({ length: 15 }, (_, i) => i),
};

describe("raster", () => {
  it("gray → color → gray is the identity", () => {
    expect(toGray(toRgb(counting))).toEqual(counting);
  });

  it("gray weighs green most, blue least", () => {
    const rgb: Raster = {
      width: 4,
      height: 1,
      channels: 3,
      data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255),
    };
    expect([...toGray(rgb).data]).toEqual([76, 150, 29, 255]);
  });

  it("crops a square, in gray and color", () => {
    expect([...cropAt(counting, 2, 1, 2).data]).toEqual([7, 8, 12, 13]);
    expect(toGray(cropAt(toRgb(counting), 2, 1, 2))).toEqual(cropAt(counting, 2, 1, 2));
    expect(() => cropAt(counting, 4, 0, 2)).toThrow(RangeError);
  });

  it("cuts whole tiles only", () => {
    expect(tiles(counting, 2).map(({ data }) => [...data])).toEqual([
      [0, 1, 5, 6],
      [2, 3, 7, 8],
    ]);
    expect(tiles(counting, 4)).toEqual([]);
  });
});
