import { describe, expect, it } from "vitest";
import { blankRaster } from "../../data/images/raster.ts";
import { drawPoints, pointColors } from "./drawPoints.ts";

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
