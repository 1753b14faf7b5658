import { expect, test } from "vitest";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { comparisonSheet } from "./sheet.ts";

/** How many pixels have a level. */
const count = ({ data }: Raster, level: number) => data.filter((value) => value === level).length;

test("an original stands beside its fits, and a fit that is missing is a gray field of its size", () => {
  const pictures = [blankRaster(100, 50, 1, 11), blankRaster(100, 50, 1, 22), undefined];
  const sheet = comparisonSheet(["original", "siren", "wire"], [{ name: "cat", pictures }]);
  const magnified = 3 * 3 * 100 * 50;
  expect([11, 22].map((level) => count(sheet, level))).toEqual([magnified, magnified]);
  expect(count(sheet, 200)).toBeGreaterThanOrEqual(magnified); // and in the edges of letters
  expect(sheet.width).toBeGreaterThan(3 * 300);
});

test("a large picture is not magnified", () => {
  const sheet = comparisonSheet(
    ["original"],
    [{ name: "cat", pictures: [blankRaster(300, 9, 1, 11)] }],
  );
  expect(count(sheet, 11)).toBe(300 * 9);
});
