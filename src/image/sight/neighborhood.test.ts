import { describe, expect, test } from "vitest";
import { Band, type Geometry, tabulatePlaces } from "../../codec/walk/geometry.ts";
import { absent, type NeighborhoodPattern, tabulateNeighborhoods } from "./neighborhood.ts";

const none: NeighborhoodPattern = {
  own: -1,
  parent: -1,
  grandparent: -1,
  siblings: -1,
  children: -1,
};

/** The (row, column) pairs that the coefficient at (row, column) looks at under a pattern; "-" where nothing is. */
function seen(
  geometry: Geometry,
  pattern: Partial<NeighborhoodPattern>,
  row: number,
  column: number,
) {
  const full = { ...none, ...pattern };
  const { size, offsets } = tabulateNeighborhoods(geometry, tabulatePlaces(geometry), full);
  const start = (row * geometry.width + column) * size;
  return [...offsets.subarray(start, start + size)]
    .map((o) => (o === absent ? "-" : `${Math.floor(o / geometry.width)},${o % geometry.width}`))
    .join(" ");
}

/**
 * Two levels of a 4×8 matrix, the scaling band 1×2:
 *
 *     A A V V v v v v
 *     H H D D v v v v
 *     h h h h d d d d
 *     h h h h d d d d
 */
const wide: Geometry = { channels: 1, height: 4, width: 8, levels: 2 };

describe("the neighborhood of a coefficient", () => {
  test("around it ends at the walls of its band", () => {
    expect(seen(wide, { own: 1 }, 0, 4)).toBe("- - - - 0,4 0,5 - 1,4 1,5");
    expect(seen(wide, { own: 1 }, 3, 3)).toBe("2,2 2,3 - 3,2 3,3 - - - -");
    expect(seen(wide, { own: 0 }, 2, 6)).toBe("2,6");
    expect(seen(wide, { own: 1 }, 0, 0)).toBe("- - - - 0,0 0,1 - - -");
  });

  test("has the parent at half its place, one level coarser in the same band", () => {
    expect(seen(wide, { parent: 0 }, 1, 7)).toBe("0,3"); // vertical
    expect(seen(wide, { parent: 0 }, 3, 0)).toBe("1,0"); // horizontal
    expect(seen(wide, { parent: 0 }, 2, 4)).toBe("1,2"); // diagonal
    expect(seen(wide, { parent: 1 }, 2, 6)).toBe("- - - 1,2 1,3 - - - -");
  });

  test("has the same place of the scaling band above the coarsest details, and nothing above that", () => {
    expect(seen(wide, { parent: 0 }, 1, 3)).toBe("0,1");
    expect(seen(wide, { parent: 0, grandparent: 0 }, 0, 1)).toBe("- -");
    expect(seen(wide, { grandparent: 0 }, 3, 7)).toBe("0,1");
    expect(seen(wide, { grandparent: 0 }, 1, 3)).toBe("-");
  });

  test("has the same place in the two other bands of its level", () => {
    expect(seen(wide, { siblings: 0 }, 1, 5)).toBe("3,5 3,1"); // v: then d, h
    expect(seen(wide, { siblings: 0 }, 3, 1)).toBe("1,5 3,5"); // h: then v, d
    expect(seen(wide, { siblings: 0 }, 3, 5)).toBe("3,1 1,5"); // d: then h, v
    expect(seen(wide, { siblings: 0 }, 0, 1)).toBe("1,1 0,3"); // scaling: H, V
  });

  test("has four children one level finer, none of the scaling band and of the finest", () => {
    expect(seen(wide, { children: 0 }, 0, 3)).toBe("0,6 0,7 1,6 1,7");
    expect(seen(wide, { children: 0 }, 1, 0)).toBe("2,0 2,1 3,0 3,1");
    expect(seen(wide, { children: 0 }, 0, 0)).toBe("- - - -");
    expect(seen(wide, { children: 0 }, 3, 3)).toBe("- - - -");
    const around = seen(wide, { children: 1 }, 1, 3).split(" ");
    expect(around.length).toBe(16);
    expect(around.slice(4, 8)).toEqual(["2,5", "2,6", "2,7", "-"]);
  });

  test("is the band itself where there are no levels", () => {
    const flat = { channels: 1, height: 2, width: 3, levels: 0 };
    const pattern = { own: 1, parent: 0, grandparent: 0, siblings: 0, children: 0 };
    const [own, rest] = [9, 1 + 1 + 2 + 4];
    const entries = seen(flat, pattern, 1, 1).split(" ");
    expect(entries.slice(0, own).join(" ")).toBe("0,0 0,1 0,2 1,0 1,1 1,2 - - -");
    expect(entries.slice(own)).toEqual(new Array(rest).fill("-"));
  });

  test("has as many entries for every coefficient, and each stays in the band that it is for", () => {
    const geometry = { channels: 2, height: 24, width: 16, levels: 3 };
    const places = tabulatePlaces(geometry);
    const pattern = { own: 2, parent: 1, grandparent: 1, siblings: 1, children: 1 };
    const { size, offsets } = tabulateNeighborhoods(geometry, places, pattern);
    expect(size).toBe(25 + 9 + 9 + 2 * 9 + 16);
    expect(offsets.length).toBe(size * 24 * 16);
    for (let place = 0; place < 24 * 16; place++) {
      const level = places.level[place]!;
      const entries = [...offsets.subarray(place * size, (place + 1) * size)];
      const levels = (from: number, to: number) =>
        entries.slice(from, to).flatMap((o) => (o === absent ? [] : [places.level[o]!]));
      const bands = (from: number, to: number) =>
        entries.slice(from, to).flatMap((o) => (o === absent ? [] : [places.band[o]!]));
      expect(entries[12]).toBe(place); // the middle of the 5×5
      expect(new Set(levels(0, 25))).toEqual(new Set([level]));
      for (const l of levels(25, 34)) expect(l).toBe(level - 1);
      for (const l of levels(34, 43)) expect(l).toBe(level - 2);
      for (const l of levels(43, 61)) expect(l).toBe(Math.max(1, level));
      for (const band of bands(43, 61)) {
        expect(band).not.toBe(places.band[place]);
        expect(band).not.toBe(Band.approximation);
      }
      for (const l of levels(61, 77)) expect(l).toBe(level + 1);
    }
  });
});
