import { describe, expect, it } from "vitest";
import { blankRaster } from "../../data/images/raster.ts";
import type { Signal } from "../signal/signal.ts";
import {
  drawChart,
  drawPicture,
  drawPoints,
  errorMap,
  magnifiedCrop,
  pointColors,
} from "./draw.ts";

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

describe("drawPoints", () => {
  it("puts a dot on its pixel's middle and a line in its direction, downwards for a quarter turn", async () => {
    const point = { x: 10, y: 4, angle: Math.PI / 2, length: 8, color: 1 };
    const drawn = await drawPoints(blankRaster(21, 21, 1, 90), [point], { magnify: 4 });
    expect([drawn.width, drawn.height, drawn.channels]).toEqual([84, 84, 3]);
    const at = (x: number, y: number) => [
      ...drawn.data.subarray(3 * (y * 84 + x), 3 * (y * 84 + x) + 3),
    ];
    const ink = Number.parseInt((pointColors[1] ?? "").slice(1), 16);
    expect(at(42, 18)).toEqual([ink >> 16, (ink >> 8) & 255, ink & 255]);
    expect(at(42, 46)).not.toEqual([90, 90, 90]);
    expect(at(42, 58)).toEqual([90, 90, 90]);
    expect(at(42, 8)).toEqual([90, 90, 90]);
  });

  it("draws nothing for no points", async () => {
    const drawn = await drawPoints(blankRaster(3, 3, 1, 90), []);
    expect(new Set(drawn.data)).toEqual(new Set([90]));
  });
});

describe("drawChart", () => {
  const sound: Signal = {
    size: [4000],
    channels: 2,
    values: Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i)),
    rate: 8000,
  };

  it("draws long signals, channels, marks and ranges", async () => {
    const chart = await drawChart([{ name: "a", signal: sound }], { title: "A", marks: [3, 2000] });
    expect([chart.width, chart.height]).toEqual([1440, 880]);
    const flat = { size: [1], channels: 1, values: Float32Array.of(0), range: { low: 2, high: 4 } };
    await drawChart([{ name: "one sample", signal: flat }], { title: "B" });
  });

  it("refuses a picture", () => {
    expect(() => drawChart([{ name: "a", signal: picture([1, 1], 1, 0) }], { title: "A" })).toThrow(
      RangeError,
    );
  });
});
