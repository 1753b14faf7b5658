import { expect, test } from "vitest";
import { pointsOf } from "../../signal/signal.ts";
import { dyadicGrid, forEachPlace, levelAt, mirrored, mosaicPlace, placeAt } from "./dyadicGrid.ts";

test("an axis gets as many places as make it split without a rest", () => {
  expect(dyadicGrid([256, 100])).toEqual({
    samples: [256, 100],
    size: [257, 113],
    levels: [5, 4],
    depth: 5,
  });
  expect(dyadicGrid([1, 7, 17])).toMatchObject({ size: [1, 7, 17], levels: [0, 0, 2], depth: 2 });
});

test("every place has one of its own in the mosaic, coarse ones in the corner", () => {
  for (const samples of [[70], [40, 9], [35, 18, 3]]) {
    const grid = dyadicGrid(samples);
    const taken = new Set<string>();
    forEachPlace(grid, (place) => {
      const at = mosaicPlace(place, grid);
      taken.add(`${at}`);
      expect(placeAt(at, grid)).toEqual({ place, level: levelAt(place, grid) });
      const coarse = at.every((i, k) => i < (grid.size[k]! - 1) / 2 ** grid.levels[k]! + 1);
      expect(coarse).toBe(levelAt(place, grid) === grid.depth);
      expect(at.every((i, k) => i >= 0 && i < grid.size[k]!)).toBe(true);
    });
    expect(taken.size).toBe(pointsOf(grid.size));
  }
});

test("places beyond the ends are mirrored at the first and the last", () => {
  expect([-2, -1, 0, 1, 2, 3, 4, 5, 6].map((i) => mirrored(i, 4))).toEqual([
    2, 1, 0, 1, 2, 3, 2, 1, 0,
  ]);
  expect(mirrored(5, 1)).toBe(0);
});
