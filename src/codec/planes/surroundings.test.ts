import fc from "fast-check";
import { expect, test } from "vitest";
import { bandPlan, type PlannedBand } from "./bandPlan.ts";
import { looker, noSurroundings, type Surroundings } from "./surroundings.ts";

/** What a look must see, written as it is defined. */
function expected(
  estimates: Int32Array,
  band: PlannedBand,
  [row, column]: readonly [number, number],
  size: number,
  plane: number,
): Surroundings {
  /** Average of a rectangle that begins this far from a place of a band. */
  const average = (of: PlannedBand, y: number, x: number, rows: number, columns: number) => {
    const coarse = Math.max(plane - 16, 0);
    let sum = 0;
    for (let i = y; i < y + rows; i++)
      for (let j = x; j < x + columns; j++)
        sum += estimates[of.start + i * of.stride + j]! >> coarse;
    return Math.floor(sum / (rows * columns) / 2 ** (plane - coarse));
  };
  const sidesOf = (of: PlannedBand, y: number, x: number, n: number) => [
    average(of, y, x - 1, n, 1),
    average(of, y, x + n, n, 1),
    average(of, y - 1, x, 1, n),
    average(of, y + n, x, 1, n),
  ];
  const total = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0);
  const around = (of: PlannedBand, y: number, x: number, n: number) => total(sidesOf(of, y, x, n));
  const { parent, child, siblings, peers } = band;
  const [peer, third] = peers;
  const [left, right, top, bottom] = sidesOf(band, row, column, size) as [
    ...[number, number, number, number],
  ];
  const corners = [-1, size].flatMap((y) =>
    [-1, size].map((x) => average(band, row + y, column + x, 1, 1)),
  ) as [number, number, number, number];
  const [topLeft, topRight, bottomLeft, bottomRight] = corners;
  const far = (a: number, b: number) => Math.floor((a + b) / 2);
  const sibling = (of: PlannedBand | undefined) =>
    of
      ? 2 *
        Math.floor((2 * average(of, row, column, size, size) + around(of, row, column, size)) / 6)
      : 0;
  const half = Math.max(size / 2, 1);
  const above = [row >> 1, column >> 1] as const;
  const near = Math.floor((2 * (left + right + top + bottom) + total(corners)) / 12);
  const own = {
    ...{ left, right, top, bottom, topLeft, topRight, bottomLeft, bottomRight, near },
    farAlong: far(
      average(band, row, column - 2, size, 1),
      average(band, row, column + size + 1, size, 1),
    ),
    farAcross: far(
      average(band, row - 2, column, 1, size),
      average(band, row + size + 1, column, 1, size),
    ),
    parent: parent ? average(parent, ...above, half, half) : 0,
    parentAround: parent ? Math.floor(around(parent, ...above, half) / 4) : 0,
    child: child ? average(child, 2 * row, 2 * column, 2 * size, 2 * size) : 0,
    firstSibling: sibling(siblings[0]),
    secondSibling: sibling(siblings[1]),
    peer: peer ? average(peer, row, column, size, size) : 0,
    secondPeer: third
      ? average(third, row, column, size, size) + Math.floor(around(third, row, column, size) / 4)
      : 0,
  };
  const wide = Math.floor((6 * near + own.farAlong + own.farAcross) / 8);
  const mixed = Math.floor(
    (4 * near + own.parent + own.firstSibling / 2 + own.secondSibling / 2 + wide) / 6,
  );
  const others = own.peer + Math.floor(own.secondPeer / 2);
  const all = band.channel === 0 ? mixed : Math.floor((3 * mixed + others) / 4);
  return { ...own, wide, mixed, all };
}

test("a look sees averages of what surrounds a coefficient, quad or block, in all bands", () => {
  const plan = bandPlan({ channels: 3, height: 45, width: 37, levels: 3 }, () => 0);
  const drawn = fc.record({
    seed: fc.nat(),
    band: fc.nat({ max: plan.bands.length - 1 }),
    place: fc.tuple(fc.nat(), fc.nat()),
    size: fc.constantFrom(1 as const, 2 as const, 4 as const),
    plane: fc.nat({ max: 25 }),
    most: fc.constantFrom(10, 16),
  });
  const estimates = new Int32Array(plan.length);
  fc.assert(
    fc.property(drawn, ({ seed, band: index, place, size, plane, most }) => {
      // Up to 2^10 or 2^16 thresholds, as far as sums of 64 fit into 31 bits.
      const limit = 2 ** Math.min(plane + most, 25 + Math.max(plane - 16, 0), 30);
      for (let i = 0; i < estimates.length; i++)
        estimates[i] = ((Math.imul(i + seed, 0x9e3779b1) >>> 0) / 2 ** 32) ** 4 * limit;
      const band = plan.bands[index]!;
      const at = (n: number, length: number) => size * Math.floor((n % length) / size);
      const [row, column] = [at(place[0], band.height), at(place[1], band.width)];
      const seen = noSurroundings();
      looker(estimates, seen)(band, row, column, size, plane);
      expect(seen).toEqual(expected(estimates, band, [row, column], size, plane));
    }),
    { numRuns: 500 },
  );
});
