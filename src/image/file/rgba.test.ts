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

test("opacity becomes that of a canvas and comes back", () => {
  const data = Uint8ClampedArray.of(0, 0, 0, 0, 255, 0, 0, 51);
  const picture = fromRgba({ width: 2, height: 1, data });
  expect(picture).toEqual({
    ...{ width: 2, height: 1, channels: 3 },
    data: Uint8Array.of(0, 0, 0, 255, 0, 0),
    alpha: Uint8Array.of(0, 51),
  });
  expect(toRgba(picture).data).toEqual(data);
});

test("more than eight bits are rounded", () => {
  const data = Uint16Array.of(0, 512, 1023);
  const alpha = Uint16Array.of(1023, 2, 1);
  const picture = { width: 3, height: 1, channels: 1, bits: 10, data, alpha } as const;
  expect([...toRgba(picture).data]).toEqual([0, 0, 0, 255, 128, 128, 128, 0, 255, 255, 255, 0]);
});
