import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Band } from "../walk/geometry.ts";
import { bandPlan } from "./bandPlan.ts";
import { anyExtent, anyPlan, eachPlace } from "./testing.ts";

describe("a plan of bands", () => {
  test("has as many coefficients in each channel as there are samples", () => {
    fc.assert(
      fc.property(anyExtent, (extent) => {
        const { bands } = bandPlan(extent, () => 0);
        for (let channel = 0; channel < extent.channels; channel++) {
          const own = bands.filter((band) => band.channel === channel);
          expect(own).toHaveLength(3 * extent.levels + 1);
          expect(own.reduce((sum, { height, width }) => sum + height * width, 0)).toBe(
            extent.height * extent.width,
          );
        }
      }),
    );
  });

  test("splits rows and columns into halves, the low one longer by one where they are odd", () => {
    const { bands } = bandPlan({ channels: 1, height: 5, width: 8, levels: 2 }, () => 0);
    const shapes = bands.map(({ level, band, height, width }) => ({ level, band, height, width }));
    expect(shapes).toEqual([
      { level: 0, band: Band.approximation, height: 2, width: 2 },
      { level: 1, band: Band.vertical, height: 2, width: 2 },
      { level: 1, band: Band.horizontal, height: 1, width: 2 },
      { level: 1, band: Band.diagonal, height: 1, width: 2 },
      { level: 2, band: Band.vertical, height: 3, width: 4 },
      { level: 2, band: Band.horizontal, height: 2, width: 4 },
      { level: 2, band: Band.diagonal, height: 2, width: 4 },
    ]);
  });

  test("keeps a margin of two before and seven behind each band that no other band lies in", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const owner = new Int32Array(plan.length).fill(-1);
        eachPlace(plan, (place, band) => {
          expect(owner[place]).toBe(-1);
          owner[place] = band;
        });
        for (const [i, { start, stride, height, width }] of plan.bands.entries())
          for (let row = -2; row < height + 7; row++)
            for (let column = -2; column < width + 7; column++) {
              const isInside = row >= 0 && row < height && column >= 0 && column < width;
              const found = owner[start + row * stride + column];
              if (found !== (isInside ? i : -1)) expect([i, row, column]).toEqual(found);
            }
      }),
      { numRuns: 40 },
    );
  });

  test("knows of each band its relatives: parent and child are each other's, siblings share a level, peers a place", () => {
    fc.assert(
      fc.property(anyPlan, ({ bands, extent, order }) => {
        for (const own of bands) {
          const { level, band, channel, parent, child, siblings, peers } = own;
          expect(parent !== undefined).toBe(level > 1);
          const hasChild = level > 0 && level < extent.levels && order === "quality";
          expect(child !== undefined).toBe(hasChild);
          if (parent) {
            expect([parent.channel, parent.level, parent.band]).toEqual([channel, level - 1, band]);
            if (order === "quality") expect(parent.child).toBe(own);
          }
          expect(child === undefined || child.parent === own).toBe(true);
          expect(siblings.map((other) => other.band).sort()).toEqual(
            level === 0 ? [] : [1, 2, 3].filter((other) => other !== band),
          );
          for (const other of siblings) {
            expect([other.channel, other.level]).toEqual([channel, level]);
            expect(other.siblings).toContain(own);
          }
          const others = [0, 1, 2].filter((c) => c < extent.channels && c !== channel);
          expect(peers.map((peer) => peer.channel)).toEqual(others);
          for (const peer of peers) {
            expect([peer.level, peer.band]).toEqual([level, band]);
            expect([peer.height, peer.width]).toEqual([own.height, own.width]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("asks for the last plane of each band by its place", () => {
    const { bands } = bandPlan(
      { channels: 2, height: 8, width: 8, levels: 1 },
      ({ channel, level, band }) => 100 * channel + 10 * level + band,
    );
    for (const { channel, level, band, lastPlane } of bands)
      expect(lastPlane).toBe(100 * channel + 10 * level + band);
  });
});
