import { describe, expect, it } from "vitest";
import { blankRaster, type Raster } from "../images/raster.ts";
import { contactSheet } from "./contactSheet.ts";

const rows = ({ width, channels, data }: Raster) =>
  Array.from({ length: data.length / width / channels }, (_, y) =>
    [...data.subarray(y * width * channels, (y + 1) * width * channels)].join(""),
  );

describe("contactSheet", () => {
  it("lays pictures out row by row, magnified, with space around", () => {
    const pictures = [1, 2, 3].map((value) => blankRaster(1, 1, 1, value));
    const sheet = contactSheet(pictures, { columns: 2, magnify: 2, padding: 1, background: 9 });
    expect(rows(sheet)).toEqual([
      "9999999",
      "9119229",
      "9119229",
      "9999999",
      "9339999",
      "9339999",
      "9999999",
    ]);
  });

  it("is in color as soon as one picture is", () => {
    const sheet = contactSheet([blankRaster(1, 1, 1, 1), blankRaster(1, 1, 3, 2)], {
      columns: 2,
      padding: 0,
    });
    expect(rows(sheet)).toEqual(["111222"]);
  });

  it("leaves room for labels and draws them in ink that shows", () => {
    const picture = blankRaster(20, 20, 1, 128);
    for (const background of [0, 255]) {
      const options = { columns: 1, background };
      const plain = contactSheet([picture], options);
      const labeled = contactSheet([picture], {
        ...options,
        rowLabels: ["7"],
        columnLabels: ["a"],
      });
      expect(labeled.width).toBeGreaterThan(plain.width);
      expect(labeled.height).toBeGreaterThan(plain.height);
      expect(labeled.data).toContain(255 - background);
    }
  });

  it("of nothing is empty", () => {
    expect(contactSheet([], { columns: 3, padding: 0 }).data).toHaveLength(0);
  });
});
