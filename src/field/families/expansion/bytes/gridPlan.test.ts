import fc from "fast-check";
import { expect, test } from "vitest";
import { bandPlan } from "../../../../codec/planes/bandPlan.ts";
import { pointsOf } from "../../../signal/signal.ts";
import { dyadicGrid } from "../dyadicGrid.ts";
import { gridPlan } from "./gridPlan.ts";

const signals = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 300 })),
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 70 })),
  fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 14 }))),
);

test("bands have every coefficient of every grid, once", () => {
  fc.assert(
    fc.property(signals, fc.integer({ min: 1, max: 4 }), (samples, channels) => {
      const grid = dyadicGrid(samples);
      const seen = new Uint8Array(pointsOf(grid.size) * channels);
      const { plan, bands } = gridPlan(grid, channels);
      const places = new Set<number>();
      for (const { band, first, rowStep, columnStep } of bands)
        for (let row = 0; row < band.height; row++)
          for (let column = 0; column < band.width; column++) {
            seen[first + row * rowStep + column * columnStep]! += 1;
            places.add(band.start + row * band.stride + column);
          }
      expect(seen.every((count) => count === 1)).toBe(true);
      expect(places.size).toBe(seen.length);
      expect(Math.max(...places)).toBeLessThan(plan.length);
    }),
    { numRuns: 60 },
  );
});

test("of a picture whose axes are split equally often they are those of the codec for pictures", () => {
  const grid = dyadicGrid([70, 90]); // 4 levels, extended to 81 × 97
  const { bands } = gridPlan(grid, 3).plan;
  const [height = 0, width = 0] = grid.size;
  const pictures = bandPlan({ channels: 3, height, width, levels: grid.depth }, () => 0);
  const described = (plan: typeof bands) =>
    plan.map(({ parent, child, siblings, peers, ...own }) => ({
      ...own,
      ...{ parent: parent?.start, child: child?.start },
      siblings: siblings.map(({ start }) => start),
      peers: peers.map(({ start }) => start),
    }));
  expect(described(bands)).toEqual(described(pictures.bands));
});

test("a slice of a volume has the slices beside it in the place of other channels", () => {
  const { bands } = gridPlan(dyadicGrid([12, 1, 9]), 1).plan;
  const finest = bands.filter(({ level, band }) => level === 1 && band === 2);
  expect(finest.length).toBe(13);
  const [first, second, third] = finest;
  expect(second?.peers).toEqual([first, third]);
  expect([first?.channel, second?.channel]).toEqual([0, 1]);
});

test("a band of very many channels has no list of all others: a file of few bytes can have 2^16", () => {
  const { bands } = gridPlan(dyadicGrid([1]), 30_000).plan;
  expect(bands.length).toBe(30_000);
  expect(bands.at(-1)?.peers.map(({ channel }) => channel)).toEqual([0, 1, 2]);
  expect(bands[1]?.peers.map(({ channel }) => channel)).toEqual([0, 2]);
});
