import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../images/decodeImage.ts";
import type { Raster } from "../images/raster.ts";
import { encodePng } from "./png.ts";

const raster = fc
  .record({
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 20 }),
    channels: fc.constantFrom(1 as const, 3 as const),
  })
  .chain((shape) => {
    const size = shape.width * shape.height * shape.channels;
    return fc
      .uint8Array({ minLength: size, maxLength: size })
      .map((data): Raster => ({ ...shape, data }));
  });

describe("encodePng", () => {
  it("is read back by an independent decoder, bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(raster, async (picture) => {
        expect(await decodeImage(encodePng(picture), "a.png")).toEqual(picture);
      }),
      { numRuns: 40 },
    );
  });

  it("finds the filter that makes a ramp cheap", () => {
    const data = Uint8Array.from({ length: 100 * 100 }, (_, i) => (i % 100) + Math.floor(i / 100));
    const ramp: Raster = { width: 100, height: 100, channels: 1, data };
    expect(encodePng(ramp).length).toBeLessThan(250);
  });
});
