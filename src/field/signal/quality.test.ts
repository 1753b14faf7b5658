import { describe, expect, it } from "vitest";
import { psnr } from "../../image/psnr.ts";
import { quality, snrOf } from "./quality.ts";

const pair = (...values: number[]) => ({
  size: [2],
  channels: 2,
  values: Float32Array.from(values),
});

describe("quality", () => {
  it("is Infinity between equal signals", () => {
    const signal = pair(0, 1, -1, 0.5);
    expect(quality(signal, signal)).toEqual({ psnr: Infinity, channels: [Infinity, Infinity] });
  });

  it("is 20 dB where errors are a tenth of the whole range, of each channel by itself", () => {
    const { psnr: overall, channels } = quality(pair(0, 0, 0, 0), pair(0.2, 0.02, -0.2, 0.02));
    expect(channels[0]).toBeCloseTo(20, 5);
    expect(channels[1]).toBeCloseTo(40, 5);
    expect(overall).toBeCloseTo(10 * Math.log10(4 / ((0.04 + 0.0004) / 2)), 5);
  });

  it("says the same as the PSNR of samples in [0, 1]", () => {
    const [a, b] = [pair(-1, 0.3, 0.2, 1), pair(-0.8, 0.1, 0.2, 0.5)];
    const unit = (values: Float32Array) => Array.from(values, (value) => (value + 1) / 2);
    expect(quality(a, b).psnr).toBeCloseTo(psnr(unit(a.values), unit(b.values)), 9);
  });

  it("refuses signals of different sizes or channels", () => {
    expect(() =>
      quality(pair(0, 0, 0, 0), { ...pair(0, 0, 0, 0), size: [4], channels: 1 }),
    ).toThrow(new RangeError("quality: [2]×2 cannot be compared with [4]×1"));
  });
});

describe("the signal-to-noise ratio", () => {
  it("is 20 dB where the error is a tenth of a sound, however loud that is", () => {
    for (const loud of [1, 0.05]) {
      const [sound, fit] = [
        pair(loud, -loud, loud, loud),
        pair(0.9 * loud, -1.1 * loud, loud, loud),
      ];
      const { psnr: peak } = quality(sound, fit);
      // Half of the values are off.
      expect(snrOf(peak, sound)).toBeCloseTo(20 + 10 * Math.log10(2), 4);
    }
  });

  it("is infinite for an exact fit, and there is none of silence", () => {
    expect(snrOf(Infinity, pair(0.5, 0, 0, 0))).toBe(Infinity);
    expect(snrOf(Infinity, pair(0, 0, 0, 0))).toBe(-Infinity);
  });
});
