import { describe, expect, it } from "vitest";
import { blankRaster } from "../images/raster.ts";
import { drawOver } from "./drawSvg.ts";

describe("drawOver", () => {
  it("leaves what is not drawn on, and makes color of gray", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="1"><rect width="1" height="1" fill="#f00"/></svg>';
    const drawn = await drawOver(blankRaster(3, 1, 1, 90), svg);
    expect([...drawn.data]).toEqual([255, 0, 0, 90, 90, 90, 90, 90, 90]);
  });
});
