import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../data/images/raster.ts";
import type { Rectangle } from "../../rectangle.ts";
import { codeLosslessly, type UncutPicture } from "../codePicture.ts";
import { codeToAim } from "../rate.ts";
import { photoPicture } from "../testing.ts";
import { crop } from "./crop.ts";
import { bytesOfCode, decodePicture, decodeView } from "./decodeView.ts";
import { laidOut } from "./encodeLaidOut.ts";
import type { Layout } from "./layout.ts";
import { needOf, type View } from "./need.ts";

const anyLayout: fc.Arbitrary<Layout> = fc.record({
  order: fc.constantFrom("quality", "resolution"),
  tileSide: fc.constantFrom(undefined, 64, 128),
});

/** A picture that is laid out in some way, lossy or not. */
const anyCoded = fc
  .record({
    width: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 60, max: 200 })),
    height: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 60, max: 150 })),
    channels: fc.constantFrom<1 | 3>(1, 3),
    isLossless: fc.boolean(),
    layout: anyLayout,
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ width, height, channels, isLossless, layout, seed }) => {
    const raster = photoPicture(width, height, channels, seed);
    const coded = isLossless
      ? codeLosslessly(raster, laidOut(layout))
      : codeToAim(raster, { quality: 45 }, laidOut(layout));
    return { raster, layout, isLossless, ...coded };
  });

type Coded = Pick<UncutPicture, "head" | "code">;
const whole = ({ head, code }: Coded) => decodePicture(head, code, true);
const viewed = ({ head, code }: Coded, view: View) =>
  decodeView(head, view, needOf(head, view), bytesOfCode(head, code, true));

/** A region by shares of what there is. */
function regionOf({ width, height }: Raster, shares: readonly number[]): Rectangle {
  const [a, b, c, d] = shares as [number, number, number, number];
  const [x, y] = [Math.floor(a * width), Math.floor(b * height)];
  return {
    ...{ x, y, width: 1 + Math.floor(c * (width - x - 1)) },
    height: 1 + Math.floor(d * (height - y - 1)),
  };
}
const anyShare = fc.double({ min: 0, max: 0.999, noNaN: true });

describe("a picture in any layout", () => {
  test("is decoded to its end, and exactly where it is lossless", () => {
    fc.assert(
      fc.property(anyCoded, ({ raster, isLossless, ...coded }) => {
        const decoded = whole(coded);
        expect(decoded.finished).toBe(true);
        if (isLossless) expect(decoded.raster).toEqual(raster);
      }),
      { numRuns: 25 },
    );
  });

  test("shows of every region exactly what the whole picture shows there", () => {
    const anyShares = fc.array(fc.tuple(anyShare, anyShare, anyShare, anyShare), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(anyCoded, anyShares, ({ raster, ...coded }, all) => {
        const picture = whole(coded).raster;
        for (const shares of all) {
          const region = regionOf(raster, shares);
          const view = viewed(coded, { region });
          expect(view.finished).toBe(true);
          expect(view.raster).toEqual(crop(picture, region));
        }
      }),
      { numRuns: 25 },
    );
  });
});
