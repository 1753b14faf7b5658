import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Signal } from "./signal.ts";
import { powerSpectrum, signalSpectrum } from "./spectrum.ts";

const product = (size: readonly number[]) => size.reduce((a, b) => a * b, 1);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** The sum that defines a spectrum, of a grid of two axes, zero frequency in the middle. */
function directly([height = 1, width = 1]: readonly number[], re: number[], im: number[]) {
  return Array.from({ length: height * width }, (_, bin) => {
    const v = Math.floor(bin / width) - Math.floor(height / 2);
    const u = (bin % width) - Math.floor(width / 2);
    let [real, imaginary] = [0, 0];
    for (let i = 0; i < height * width; i++) {
      const angle =
        -2 * Math.PI * ((v * Math.floor(i / width)) / height + (u * (i % width)) / width);
      real += re[i]! * Math.cos(angle) - im[i]! * Math.sin(angle); // both have as many
      imaginary += re[i]! * Math.sin(angle) + im[i]! * Math.cos(angle); // both have as many
    }
    return (real * real + imaginary * imaginary) / (height * width);
  });
}

describe("powerSpectrum", () => {
  it("is the squared modulus of the Fourier sum, of complex grids too", () => {
    const length = fc.constantFrom(1, 2, 4, 8);
    const grids = fc.tuple(length, length).chain((size) => {
      const count = product(size);
      const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
        minLength: count,
        maxLength: count,
      });
      return fc.tuple(fc.constant(size), numbers, numbers);
    });
    fc.assert(
      fc.property(grids, ([size, real, imaginary]) => {
        const spectrum = powerSpectrum({ size, real, imaginary });
        expect(spectrum.size).toEqual(size);
        directly(size, real, imaginary).forEach((power, bin) => {
          expect(spectrum.power[bin]).toBeCloseTo(power, 10);
        });
      }),
    );
  });

  it("of any size and number of axes holds the energy of the grid (Parseval)", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(sizes, (size) => {
        const real = Array.from({ length: product(size) }, (_, i) => Math.cos(i * i));
        const { size: bins, power } = powerSpectrum({ size, real });
        for (const [axis, count] of bins.entries()) {
          expect(Number.isInteger(Math.log2(count))).toBe(true);
          expect(count).toBeGreaterThanOrEqual(size[axis] ?? 0);
        }
        const energy = sum(real.map((value) => value * value));
        expect((sum(power) / power.length) * real.length).toBeCloseTo(energy, 8);
      }),
    );
  });

  it("has a progressive wave on one side of the middle, a real one on both", () => {
    const wave = (f: (angle: number) => number) =>
      Array.from({ length: 16 }, (_, i) => f((2 * Math.PI * 3 * i) / 16));
    const alone = powerSpectrum({ size: [16], real: wave(Math.cos), imaginary: wave(Math.sin) });
    expect(alone.power[8 + 3]).toBeCloseTo(16);
    expect(sum(alone.power)).toBeCloseTo(16);
    const both = powerSpectrum({ size: [16], real: wave(Math.cos) });
    expect([both.power[8 - 3], both.power[8 + 3]]).toEqual([expect.closeTo(4), expect.closeTo(4)]);
  });

  it("refuses a size that its values do not have", () => {
    expect(() => powerSpectrum({ size: [3], real: [1, 2] })).toThrow(RangeError);
    expect(() => powerSpectrum({ size: [2], real: [1, 2], imaginary: [1] })).toThrow(RangeError);
  });
});

describe("signalSpectrum", () => {
  const ramp: Signal = {
    size: [64],
    channels: 1,
    values: Float32Array.from({ length: 64 }, (_, i) => i / 32 - 1),
  };

  it("hides the jump between the ends", () => {
    const far = ({ power }: { power: Float64Array }) => Math.max(...power.subarray(48));
    expect(far(signalSpectrum(ramp))).toBeLessThan(
      1e-3 * far(powerSpectrum({ size: [64], real: ramp.values })),
    );
  });

  it("has the level of white noise in every part, whatever the shape, and sums channels", () => {
    let state = 1;
    const noise = () => {
      state = (state * 48271) % 2147483647;
      return Math.sqrt(3) * ((2 * state) / 2147483647 - 1);
    };
    for (const [size, channels] of [
      [[3000], 1],
      [[48, 70], 2],
      [[1, 3000], 1],
    ] as const) {
      const values = Float32Array.from({ length: product(size) * channels }, noise);
      const { power } = signalSpectrum({ size, channels, values });
      const middle = sum(power) / power.length;
      expect(middle).toBeGreaterThan(0.85 * channels);
      expect(middle).toBeLessThan(1.15 * channels);
    }
  });
});
