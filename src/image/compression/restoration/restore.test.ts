import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BandPlan, bandPlan } from "../../../codec/planes/bandPlan.ts";
import { decodePlanes } from "../../../codec/planes/decodePlanes.ts";
import { encodePlanes } from "../../../codec/planes/encodePlanes.ts";
import type { Known } from "../../../codec/planes/known.ts";
import { anyExtent, coefficientsOf, eachPlace } from "../../../codec/planes/testing.ts";
import type { Raster } from "../../../data/images/raster.ts";
import { rasterPsnr } from "../../psnr.ts";
import { analyzePicture, codeAtStep, pictureOf } from "../codePicture.ts";
import { expectedCoefficients } from "../reconstruct.ts";
import { planeOf } from "./inputs.ts";
import { restore } from "./restore.ts";
import { plainSums, type RestorationNets } from "./rowSums.ts";
import { simdSums } from "./simdSums.ts";
import { diagonalWeights, straightWeights } from "./weights.ts";

const nets: RestorationNets = { straight: straightWeights, diagonal: diagonalWeights };

/** What the beginning of a code tells of coefficients: some are known a plane further than others. */
const anyKnown = fc
  .record({
    extent: anyExtent,
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    octaves: fc.constantFrom(1, 4, 9),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ extent, seed, octaves, part }) => {
    const plan = bandPlan(extent, () => 0);
    const { bytes, startingPlane } = encodePlanes(coefficientsOf(plan, seed, octaves), plan);
    const beginning = bytes.subarray(0, Math.round(part * bytes.length));
    const { known } = decodePlanes(beginning, plan, startingPlane, part === 1);
    return { plan, known };
  });

const restored = (known: Known, plan: BandPlan) =>
  restore(expectedCoefficients(known), known, plan);

describe("restored coefficients", () => {
  test("of the negative of a picture are the negative", () => {
    fc.assert(
      fc.property(anyKnown, ({ plan, known: { estimates, signs } }) => {
        const negative = restored({ estimates, signs: signs.map((sign) => -sign) }, plan);
        const expected = restored({ estimates, signs }, plan);
        expect(negative.every((x, i) => x === -expected[i]!)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("stay within what is known of each", () => {
    fc.assert(
      fc.property(anyKnown, ({ plan, known }) => {
        const values = restored(known, plan);
        eachPlace(plan, (place) => {
          const unit = 2 ** planeOf(known, place);
          const [sign, size] = [known.signs[place]!, Math.abs(values[place]!)];
          if (sign === 0) return expect(size).toBeLessThan(unit);
          expect(Math.sign(values[place]!)).toBe(sign);
          expect(Math.abs(size - known.estimates[place]! / 16)).toBeLessThanOrEqual(unit / 2);
        });
      }),
      { numRuns: 40 },
    );
  });

  test("are the same by vectors and by plain numbers, to the bit", () => {
    fc.assert(
      fc.property(anyKnown, ({ plan, known }) => {
        const values = expectedCoefficients(known);
        const byVectors = restore(values, known, plan, nets, () => {
          const sums = simdSums(nets, plan);
          if (!sums) throw new Error("this platform has no vectors");
          return sums;
        });
        expect(byVectors).toEqual(restore(values, known, plan, nets, plainSums));
      }),
      { numRuns: 40 },
    );
  });

  test("are what they were where there are fewer than two levels", () => {
    for (const levels of [0, 1]) {
      const plan = bandPlan({ channels: 1, height: 20, width: 30, levels }, () => 0);
      const { known } = encodePlanes(coefficientsOf(plan, 7, 9), plan);
      expect(restored(known, plan)).toEqual(expectedCoefficients(known));
    }
  });

  test("are nearer to a picture with edges, in gray and in color", () => {
    for (const channels of [1, 3] as const) {
      const raster = discs(channels);
      const { plan, ...rest } = analyzePicture(raster);
      const { head, known } = codeAtStep({ plan, ...rest }, 24);
      const plain = rasterPsnr(
        raster,
        pictureOf(head, plan, known, (values) => values),
      );
      expect(rasterPsnr(raster, pictureOf(head, plan, known))).toBeGreaterThan(plain + 0.2);
    }
  });
});

/** Discs, one over the other. */
function discs(channels: 1 | 3): Raster {
  const [width, height] = [128, 96];
  const data = new Uint8Array(width * height * channels).fill(90);
  for (let k = 0; k < 9; k++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        if (Math.hypot(x - ((37 * k) % width), y - ((53 * k) % height)) > 10 + 3 * k) continue;
        for (let c = 0; c < channels; c++)
          data[(y * width + x) * channels + c] = (60 + 83 * k + 40 * c * k) % 256;
      }
  return { width, height, channels, data };
}
