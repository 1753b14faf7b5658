import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mode } from "../extension/mode.ts";
import { wavelet } from "../families/wavelet.ts";
import { distance, fixtureMatrix, fixtureSignal } from "../testing.ts";
import { pack, unpack } from "./bands/mosaic.ts";
import { dwt2, idwt2 } from "./dwt2.ts";
import { wavedec2, waverec2 } from "./wavedec2.ts";
import { wavedecn } from "./wavedecn.ts";

const modes: readonly Mode[] = ["symmetric", "periodization"];

describe.each(["haar", "bior2.2", "bior4.4"] as const)("%s", (name) => {
  describe.each(modes)("%s", (mode) => {
    test("reconstruction has the matrix's exact size and values, from one sample up", () => {
      const side = fc.integer({ min: 1, max: 20 });
      fc.assert(
        fc.property(side, side, fc.integer({ min: 0, max: 5 }), (height, width, levels) => {
          const image = fixtureMatrix(height, width);
          const back = waverec2(wavedec2(image, wavelet(name), { mode, levels }));
          expect([back.height, back.width]).toEqual([height, width]);
          expect(distance(back.data, image.data)).toBeLessThan(1e-9);
        }),
        { numRuns: 30 },
      );
    });
  });

  test("unpack undoes pack", () => {
    const options = { mode: "periodization", levels: 2, wavelet: wavelet(name) } as const;
    const { wavelet: bank, ...rest } = options;
    const decomposition = wavedec2(fixtureMatrix(8, 12), bank, rest);
    expect(unpack(pack(decomposition), options)).toEqual(decomposition);
  });
});

test("bands are those of an array of two axes, by their filters", () => {
  const image = fixtureMatrix(5, 7);
  const { data } = image;
  const array = wavedecn({ shape: [5, 7], data }, "bior2.2", { levels: 2 });
  const { approximation, details } = wavedec2(image, "bior2.2", { levels: 2 });
  expect(approximation.data).toEqual(array.approximation.data);
  for (const [i, { hl, lh, hh }] of details.entries()) {
    const { da, ad, dd } = array.details[i]!; // as many levels
    expect([hl.data, lh.data, hh.data]).toEqual([da!.data, ad!.data, dd!.data]); // both axes
    expect([hl.height, hl.width]).toEqual(da!.shape);
  }
});

describe("the mosaic", () => {
  const periodization = { mode: "periodization", levels: 1 } as const;

  test("puts vertical edges top-right and horizontal edges bottom-left", () => {
    const verticalEdge = Float64Array.from({ length: 16 }, (_, i) => (i % 4 >= 1 ? 1 : 0));
    const image = { height: 4, width: 4, data: verticalEdge };
    const mosaic = pack(wavedec2(image, wavelet("haar"), periodization)).data;
    const nonZero = [...mosaic.keys()].filter((i) => Math.abs(mosaic[i]!) > 1e-12);
    expect(nonZero).toEqual([0, 1, 2, 4, 5, 6]);
  });

  test("wants bands that tile", () => {
    expect(() => pack(wavedec2(fixtureMatrix(5, 4), wavelet("haar"), periodization))).toThrow(
      "sides divisible by 2",
    );
    expect(() => pack(wavedec2(fixtureMatrix(4, 4), wavelet("haar")))).toThrow("symmetric");
  });
});

test("single precision stays single precision", () => {
  const image = { height: 6, width: 5, data: Float32Array.from(fixtureSignal(30)) };
  const bands = dwt2(image, wavelet("bior2.2"));
  expect(bands.hh.data).toBeInstanceOf(Float32Array);
  expect(distance(idwt2(bands).data, image.data)).toBeLessThan(1e-5);
});

test("invalid arguments are refused by name", () => {
  expect(() => dwt2({ height: 2, width: 2, data: new Float64Array(3) }, wavelet("haar"))).toThrow(
    "a 2×2 matrix has 4 values, not 3",
  );
  expect(() => idwt2({ ...dwt2(fixtureMatrix(4, 4), wavelet("haar")), height: 8 })).toThrow(
    "approximation has 4 coefficients instead of 8",
  );
});
