import { describe, expect, it } from "vitest";
import { families } from "../scripts/demoData/fonts.ts";
import { readOutlines, stylesOf } from "../src/data/digits/outlines.ts";
import { printedDigitCounts } from "../src/data/digits/printedDigits.ts";
import { loadImages } from "../src/data/images/loadImages.ts";
import { openImages } from "../src/data/images/openImages.ts";
import { digitsFolder } from "./digitsFolder.ts";

describe("the outlines that ship with the project", () => {
  it("have no font family in both parts, and at least seventy styles", async () => {
    const outlines = await readOutlines();
    const all = [...outlines.train, ...outlines.test];
    expect(new Set(all.map(({ family }) => family)).size).toBe(all.length);
    expect(all.flatMap(({ styles }) => styles).length).toBeGreaterThanOrEqual(70);
  });

  it("are those of the listed fonts", async () => {
    const outlines = await readOutlines();
    for (const part of ["train", "test"] as const) {
      const listed = families[part].map(({ name, styles }) => ({ family: name, styles }));
      const shipped = outlines[part].map(({ family, styles }) => ({
        family,
        styles: styles.map(({ style }) => style),
      }));
      expect(shipped).toEqual(listed);
    }
  });

  it("enclose something in every digit that is drawn, and only zeros are left out", async () => {
    const outlines = await readOutlines();
    for (const family of [...outlines.train, ...outlines.test])
      for (const { digits } of stylesOf(family)) {
        expect(digits).toHaveLength(10);
        digits.forEach((contours, digit) => {
          if (digit > 0) expect(contours.length).toBeGreaterThan(0);
          for (const contour of contours) expect(contour.length).toBeGreaterThan(2);
        });
      }
  });
});

describe("the printed digits", () => {
  it.each(["train", "test"] as const)(
    "%s: images of 28×28 gray, all ten classes, white on a black border",
    async (part) => {
      const count = printedDigitCounts[part];
      const source = await openImages(await digitsFolder(), { part });
      expect([source.count, source.classNames.length]).toEqual([count, 10]);
      const { rasters, labels } = await loadImages(source, { color: "gray" });
      for (let digit = 0; digit < 10; digit++) {
        expect(labels.filter((label) => label === digit).length).toBeGreaterThan(0.08 * count);
      }
      for (const { width, height, data } of rasters) {
        expect([width, height]).toEqual([28, 28]);
        const corners = [data[0], data[27], data[27 * 28], data[28 * 28 - 1]];
        expect(corners).toEqual([0, 0, 0, 0]);
        expect(Math.max(...data)).toBeGreaterThan(150);
      }
    },
  );
});
