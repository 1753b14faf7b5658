import { describe, expect, it } from "vitest";
import { blankRaster } from "./raster.ts";
import { resizeCover } from "./resizeCover.ts";

describe("resizeCover", () => {
  it("covers the square and keeps the channels", async () => {
    expect(await resizeCover(blankRaster(10, 20, 1, 50), 8)).toEqual(blankRaster(8, 8, 1, 50));
    expect(await resizeCover(blankRaster(30, 20, 3, 50), 8)).toEqual(blankRaster(8, 8, 3, 50));
  });
});
