import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { between, type Look, mostZoom, panned, wholeLook, within, zoomed } from "./place.ts";

const picture = { width: 512, height: 300 };
const looks = fc.record({
  x: fc.double({ min: 0, max: 512, noNaN: true }),
  y: fc.double({ min: 0, max: 300, noNaN: true }),
  zoom: fc.double({ min: 1, max: 100, noNaN: true }),
});

/** The pixel at a share of the panel. */
const under = ({ x, y, zoom }: Look, across: number, down: number) => [
  x + ((across - 0.5) * picture.width) / zoom,
  y + ((down - 0.5) * picture.height) / zoom,
];

test("a look shows the picture and nothing beside it", () =>
  fc.assert(
    fc.property(looks, (look) => {
      const kept = within(look, picture);
      const [left, top] = under(kept, 0, 0);
      const [right, bottom] = under(kept, 1, 1);
      expect(Math.min(left!, top!)).toBeGreaterThanOrEqual(-1e-9);
      expect(right).toBeLessThanOrEqual(512 + 1e-9);
      expect(bottom).toBeLessThanOrEqual(300 + 1e-9);
    }),
  ));

describe("zooming in", () => {
  test("keeps the point under the pointer, and on the way there as well", () =>
    fc.assert(
      fc.property(looks, fc.double({ min: 1.01, max: 5, noNaN: true }), (some, factor) => {
        const look = within(some, picture);
        const at = { across: 0.3, down: 0.8 };
        const near = zoomed(look, factor, at, picture);
        const half = between(look, near, 0.5);
        for (const each of [near, half])
          under(each, 0.3, 0.8).forEach((place, axis) => {
            expect(place).toBeCloseTo(under(look, 0.3, 0.8)[axis]!, 5);
          });
      }),
    ));

  test("has an end", () => {
    expect(zoomed(wholeLook(picture), 1e9, { across: 0.5, down: 0.5 }, picture).zoom).toBe(
      mostZoom,
    );
    expect(zoomed(wholeLook(picture), 0.1, { across: 0, down: 0 }, picture)).toEqual(
      wholeLook(picture),
    );
  });
});

test("what is dragged follows the pointer", () => {
  const look: Look = { x: 256, y: 150, zoom: 4 };
  const [x = 0] = under(look, 0.2, 0.5);
  const [moved = 0] = under(panned(look, { across: 0.1, down: 0 }, picture), 0.3, 0.5);
  expect(moved).toBeCloseTo(x, 9);
});
