import fc from "fast-check";
import { expect, test } from "vitest";
import { ilwt2InPlace, lwt2InPlace } from "./lattice.ts";
import { lwt2 } from "./lwt2.ts";

const length = fc.integer({ min: 1, max: 70 });

test("in place are the numbers of lwt2, to the bit, and the inverse undoes it", () => {
  fc.assert(
    fc.property(length, length, fc.integer({ min: 0, max: 5 }), (height, width, levels) => {
      const options = { levels, mode: "reflect" } as const;
      const samples = Float64Array.from({ length: height * width }, (_, i) => (i * i * 37) % 101);
      const data = samples.slice();
      const transform = lwt2({ height, width, data: samples }, "cdf9/7", options);
      lwt2InPlace({ height, width, data }, "cdf9/7", options);
      const expectAt = (
        band: { height: number; width: number; data: Float64Array },
        [distance, top, left]: readonly [number, number, number],
      ) => {
        for (let row = 0; row < band.height; row++)
          for (let column = 0; column < band.width; column++)
            expect(data[(distance * row + top) * width + distance * column + left]).toBe(
              band.data[row * band.width + column],
            );
      };
      expectAt(transform.approximation, [2 ** levels, 0, 0]);
      for (const [i, { lh, hl, hh }] of transform.details.entries()) {
        const distance = 2 ** (levels - i);
        expectAt(hl, [distance, distance / 2, 0]);
        expectAt(lh, [distance, 0, distance / 2]);
        expectAt(hh, [distance, distance / 2, distance / 2]);
      }
      ilwt2InPlace({ height, width, data }, "cdf9/7", options);
      for (const [i, x] of data.entries())
        if (!(Math.abs(x - samples[i]!) < 1e-9)) expect(x).toBe(samples[i]);
    }),
    { numRuns: 40 },
  );
});
