import fc from "fast-check";
import { expect, test } from "vitest";
import { anyPicture } from "../testing.ts";
import { fromRgba, toRgba } from "./rgba.ts";

test("a picture becomes the samples of a canvas and itself again", () => {
  fc.assert(
    fc.property(anyPicture(6), (picture) => {
      const rgba = toRgba(picture);
      expect(rgba.data.length).toBe(4 * picture.width * picture.height);
      const isGray = picture.data.every((x, i, all) => x === all[i - (i % picture.channels)]);
      const back = fromRgba(rgba);
      expect(toRgba(back)).toEqual(rgba);
      if (picture.channels === 1 || !isGray) expect(back).toEqual(picture);
    }),
    { numRuns: 50 },
  );
});

test("what is not opaque lies over white", () => {
  const data = Uint8ClampedArray.of(0, 0, 0, 0, 255, 0, 0, 51);
  expect([...fromRgba({ width: 2, height: 1, data }).data]).toEqual([255, 255, 255, 255, 204, 204]);
});
