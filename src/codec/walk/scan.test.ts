import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyGeometry } from "../testing.ts";
import { tabulateBlockScan } from "./blockScan.ts";
import { Band, channelSize, checkGeometry, tabulatePlaces } from "./geometry.ts";
import { tabulateTreeScan } from "./treeScan.ts";

const square8 = { channels: 1, height: 8, width: 8, levels: 2 };

test("levels and bands of the Mallat layout", () => {
  const { level, band } = tabulatePlaces(square8);
  const { approximation: a, horizontal: h, vertical: v, diagonal: d } = Band;
  const rows = (table: Uint8Array) =>
    Array.from({ length: 8 }, (_, row) => [...table.subarray(8 * row, 8 * row + 8)]);
  expect(rows(level)).toEqual([
    ...Array(2).fill([0, 0, 1, 1, 2, 2, 2, 2]),
    ...Array(2).fill([1, 1, 1, 1, 2, 2, 2, 2]),
    ...Array(4).fill(Array(8).fill(2)),
  ]);
  expect(rows(band)).toEqual([
    ...Array(2).fill([a, a, v, v, v, v, v, v]),
    ...Array(2).fill([h, h, d, d, v, v, v, v]),
    ...Array(4).fill([h, h, h, h, d, d, d, d]),
  ]);
});

test("the block scan of 8×8 is the paper's: root, top-right, bottom-left, bottom-right", () => {
  const { order, quadStart, blockStart } = tabulateBlockScan(square8);
  const corner = (block: number) => order[quadStart[blockStart[block]!]!]!;
  expect([0, 1, 2, 3].map(corner)).toEqual([0, 4, 32, 36]);
  expect([...order.subarray(0, 16)]).toEqual([
    0, 1, 8, 9, 2, 3, 10, 11, 16, 17, 24, 25, 18, 19, 26, 27,
  ]);
  expect([...blockStart]).toEqual([0, 4, 8, 12, 16]);
});

test("blocks and quads are clipped at the edges of their band", () => {
  // The root region is 6×2: a whole block column of half width, and a second one of a single quad.
  const scan = tabulateBlockScan({ channels: 1, height: 6, width: 2, levels: 1 });
  expect([...scan.blockStart]).toEqual([0, 2, 3]);
  const single = tabulateBlockScan({ channels: 1, height: 3, width: 1, levels: 0 });
  expect([...single.blockStart]).toEqual([0, 2]);
  expect([...single.quadStart]).toEqual([0, 2, 3]);
});

describe("for every geometry", () => {
  test("both scans visit every coefficient once", () => {
    fc.assert(
      fc.property(anyGeometry, (geometry) => {
        const all = Array.from({ length: channelSize(geometry) }, (_, i) => i);
        for (const { order } of [tabulateBlockScan(geometry), tabulateTreeScan(geometry)])
          expect([...order].sort((a, b) => a - b)).toEqual(all);
      }),
    );
  });

  test("parents come before their children, one level up in the same band", () => {
    fc.assert(
      fc.property(anyGeometry, (geometry) => {
        const { order, parent, scalingCount, childless } = tabulateTreeScan(geometry);
        const { level, band } = tabulatePlaces(geometry);
        const visited = new Set<number>();
        for (const [k, place] of order.entries()) {
          const above = parent[place]!;
          expect(above >= 0).toBe(level[place]! >= 2);
          if (above >= 0) {
            expect(visited.has(above)).toBe(true);
            expect([level[above], band[above]]).toEqual([level[place]! - 1, band[place]]);
          }
          expect(k < scalingCount).toBe(level[place] === 0);
          // Nothing is said of the scaling band, whose coefficients head no tree.
          expect(k >= scalingCount && childless[place] === 1).toBe(
            level[place] === geometry.levels && geometry.levels > 0,
          );
          visited.add(place);
        }
      }),
    );
  });
});

test("impossible geometries are refused", () => {
  expect(() => checkGeometry({ ...square8, width: 6 })).toThrow("8×6 must be multiples of 2^2 = 4");
  expect(() => checkGeometry({ ...square8, height: 0 })).toThrow("not a geometry");
  expect(() => checkGeometry({ ...square8, levels: -1 })).toThrow("not a geometry");
});
