import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromMuLaw, toMuLaw } from "./muLaw.ts";

const levels = Array.from({ length: 256 }, (_, level) => level);

describe("µ-law", () => {
  it("has every level as that of its own sample, in 16 bits too", () => {
    expect(levels.map(fromMuLaw).map(toMuLaw)).toEqual(levels);
    const in16Bits = levels.map((level) => Math.round(fromMuLaw(level) * 32768) / 32768);
    expect(in16Bits.map(toMuLaw)).toEqual(levels);
  });

  it("goes from -1 to 1, and clips what is beyond", () => {
    expect([0, 128, 255].map(fromMuLaw)).toEqual([
      expect.closeTo(-1, 12),
      expect.closeTo(8.621e-5, 7),
      expect.closeTo(1, 12),
    ]);
    expect([-1, -2, 0, 1, 9].map(toMuLaw)).toEqual([0, 0, 128, 255, 255]);
    // Witnesses by the formula, computed elsewhere.
    expect([-0.5, -0.01, 0.001, 0.1].map(toMuLaw)).toEqual([16, 98, 133, 203]);
  });

  it("errs by a few percent of a sample, however quiet", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (sample) => {
        const error = Math.abs(fromMuLaw(toMuLaw(sample)) - sample);
        expect(error).toBeLessThanOrEqual(0.023 * Math.abs(sample) + 9e-5);
      }),
    );
  });
});
