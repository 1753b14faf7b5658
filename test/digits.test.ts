import { describe, expect, it } from "vitest";
import { families } from "../scripts/demoData/fonts.ts";
import { loadImages } from "../src/data/images/loadImages.ts";
import { openImages } from "../src/data/images/openImages.ts";

const path = new URL("../assets/digits", import.meta.url).pathname;

describe("the digits that ship with the project", () => {
  it("have no font family in both parts, and at least sixty styles", () => {
    const names = (part: "train" | "test") => families[part].map(({ name }) => name);
    const all = [...names("train"), ...names("test")];
    expect(new Set(all).size).toBe(all.length);
    const styles = [...families.train, ...families.test].flatMap((family) => family.styles);
    expect(styles.length).toBeGreaterThanOrEqual(60);
  });

  it.each([
    ["train", 12_000],
    ["test", 2_000],
  ] as const)(
    "%s: %i images of 28×28 gray, all ten classes, white on a black border",
    async (part, count) => {
      const source = await openImages(path, { part });
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
