import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { testPicture } from "../testing.ts";
import { writePlanes } from "./augment.ts";

const raster = testPicture(5, 4, 3);
const [width, height] = [5, 4];
const pixel = (x: number, y: number, color: number) => {
  const held = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  return raster.data[(held(y, height) * width + held(x, width)) * 3 + color]! / 255;
};
/** The picture as planes, where `from` gives the column and row that a place shows. */
const planes = (from: (x: number, y: number) => readonly [number, number]) =>
  Float32Array.from({ length: 60 }, (_, i) => {
    const place = i % 20;
    const [x, y] = from(place % width, Math.floor(place / width));
    return pixel(x, y, Math.floor(i / 20));
  });

describe("a picture in training", () => {
  test("is written channel by channel, from 0 to 1, and unchanged without a random generator", () => {
    const into = new Float32Array(60);
    writePlanes(raster, into, { shift: 2, flip: true });
    expect(into).toEqual(planes((x, y) => [x, y]));
  });

  test("is the picture, shifted by at most so many pixels, its edge repeated; flipped half of the time if asked", () => {
    const places = [-2, -1, 0, 1, 2];
    const flips = [false, true] as const;
    for (const flip of flips) {
      const possible = new Map(
        places.flatMap((dx) =>
          places.flatMap((dy) =>
            flips
              .filter((flipped) => flip || !flipped)
              .map((flipped) => {
                const key = `${planes((x, y) => {
                  const from = Math.min(width - 1, Math.max(0, x + dx));
                  return [flipped ? width - 1 - from : from, y + dy];
                })}`;
                return [key, { dx, dy, flipped }] as const;
              }),
          ),
        ),
      );
      const seen = new Set<string>();
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const into = new Float32Array(60);
          writePlanes(raster, into, { shift: 2, flip }, createRandom(seed));
          expect(possible.has(`${into}`)).toBe(true);
          seen.add(`${into}`);
        }),
        { numRuns: 300, seed: 1 },
      );
      expect(seen.size).toBeGreaterThan(0.8 * possible.size);
    }
  });
});
