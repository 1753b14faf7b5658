import fc from "fast-check";
import { coefficientCount, tokenLanguage } from "ondelette/codec";
import { expect, test } from "vitest";
import { boxInMosaic, boxInPicture, placeOf } from "./place.ts";

const matrix = { width: 32, height: 32 };

test("level and band of a coefficient are those of the library's own table", () => {
  const geometry = { channels: 3, height: 24, width: 32, levels: 3 };
  const { places } = tokenLanguage({ geometry, finestPlane: 0 });
  const bands = ["approximation", "horizontal", "vertical", "diagonal"];
  fc.assert(
    fc.property(fc.nat(coefficientCount(geometry) - 1), (offset) => {
      const place = placeOf(offset, { matrix: geometry, levels: 3 });
      const inChannel = offset % (24 * 32);
      expect(place).toEqual({
        channel: Math.floor(offset / (24 * 32)),
        row: places.row[inChannel],
        column: places.column[inChannel],
        level: places.level[inChannel],
        band: bands[places.band[inChannel]!],
      });
    }),
  );
});

test("a finest detail of a digit covers two pixels, where its place in the band says", () => {
  const mosaic = { matrix, levels: 4, width: 28, height: 28, frame: { left: 2, top: 2 } };
  const place = placeOf(5 * 32 + 16 + 7, mosaic);
  expect(place).toMatchObject({ level: 4, band: "vertical" });
  expect(boxInPicture(place, 1, mosaic)).toEqual({
    ...{ left: 12 / 28, top: 8 / 28, width: 2 / 28 },
    height: expect.closeTo(2 / 28),
  });
  expect(boxInMosaic(place, 1, mosaic)).toEqual({
    ...{ left: 23 / 32, top: 5 / 32, width: 1 / 32, height: 1 / 32 },
  });
});
