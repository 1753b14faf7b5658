import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, dot, noise, relative } from "../testing.ts";
import { type Cwt, cwt } from "./cwt.ts";
import type { CwtMode } from "./cwtMode.ts";
import { continuousWavelet, continuousWaveletNames } from "./families.ts";
import { createFft } from "./fourier/fft.ts";
import { icwt, icwtAdjoint } from "./icwt.ts";
import { coneOfInfluence, defaultScales, scalesFor } from "./scales.ts";

const modes: readonly CwtMode[] = ["symmetric", "periodic", "zero"];

/** Noise without content above `share` of Nyquist's frequency. */
function bandLimitedNoise(length: number, share: number): Float64Array {
  const fft = createFft(length);
  const [re, im] = [noise(length, 0), new Float64Array(length)];
  fft.forward(re, im);
  for (let k = 0; k < length; k++)
    if (Math.min(k, length - k) > (share * length) / 2) re[k] = im[k] = 0;
  fft.inverse(re, im);
  return re;
}

const signals: Readonly<Record<string, (length: number) => Float64Array>> = {
  "band-limited noise": (length) => bandLimitedNoise(length, 0.8),
  "white noise on a mean": (length) => noise(length, 0).map((value) => value + 2),
};

describe.each(modes)("in mode %s the inverse is exact up to the ends", (mode) => {
  test.each(continuousWaveletNames)("for %s", (name) => {
    const wavelet = continuousWavelet(name);
    for (const length of mode === "zero" ? [1, 2, 25] : [1, 2, 3, 37, 60]) {
      for (const [kind, signal] of Object.entries(signals)) {
        // Nyquist's frequency itself, which odd wavelets do not see in an even period.
        if (mode === "periodic" && length % 2 === 0 && kind !== "band-limited noise") continue;
        const data = signal(length);
        const transform = cwt(data, defaultScales(wavelet, length), wavelet, { mode });
        const most = mode === "zero" ? 2e-12 : 1e-14;
        expect(relative(icwt(transform), data), `${kind} of ${length}`).toBeLessThan(most);
      }
    }
  });
});

describe("the inverse", () => {
  test("works for both norms, and for scales in any order and ratio", () => {
    const data = noise(200, 0).map((value) => value + 3);
    const scales = [32, 1, 9, 2, 0.45, 3, 5, 6, 14, 20, 4];
    for (const norm of ["l1", "l2"] as const)
      expect(relative(icwt(cwt(data, scales, "mexh", { norm })), data)).toBeLessThan(1e-12);
  });

  test("gives float32 for float32", () => {
    const data = Float32Array.from(noise(301, 0));
    const wavelet = continuousWavelet("cmor1.5-1.0");
    const back = icwt(cwt(data, defaultScales(wavelet, 301), wavelet));
    expect(back).toBeInstanceOf(Float32Array);
    expect(relative(back, data)).toBeLessThan(6e-7);
  });

  test("loses only the content above the band of the finest scale", () => {
    const scales = scalesFor({ from: 16, to: 64 });
    const wave = (k: number) =>
      Float64Array.from({ length: 500 }, (_, n) => Math.cos((2 * Math.PI * k * n) / 500));
    const [slow, fast] = [wave(15), wave(200)];
    const both = slow.map((value, n) => value + fast[n]! + 2); // of one length
    const back = icwt(cwt(both, scales, "morlet6", { mode: "periodic" }));
    expect(
      relative(
        back,
        slow.map((value) => value + 2),
      ),
    ).toBeLessThan(1e-12);
  });

  test("without its residual loses the mean alone, where all else lies above the coarsest scale", () => {
    const wave = Float64Array.from({ length: 256 }, (_, n) => Math.cos((2 * Math.PI * n) / 8));
    const wavelet = continuousWavelet("mexh");
    const transform = cwt(
      wave.map((value) => value + 9),
      defaultScales(wavelet, 256),
      wavelet,
      {
        mode: "periodic",
      },
    );
    const back = icwt({ ...transform, residual: new Float64Array(256) });
    expect(relative(back, wave)).toBeLessThan(1e-12);
  });

  test("by the classical sum is close for dense scales", () => {
    const length = 512;
    const packet = Float64Array.from(
      { length },
      (_, n) => Math.exp(-(((n - 256) / 60) ** 2)) * Math.cos(0.4 * n),
    );
    for (const name of continuousWaveletNames.filter((each) => !/^gaus[1357]$/.test(each))) {
      const wavelet = continuousWavelet(name);
      const transform = cwt(packet, defaultScales(wavelet, length, { voices: 20 }), wavelet);
      expect(relative(icwt(transform, { method: "delta" }), packet)).toBeLessThan(0.015);
    }
    const odd = cwt(packet, [1, 2, 4], "gaus1");
    expect(() => icwt(odd, { method: "delta" })).toThrow("gaus1");
  });
});

describe("the adjoint of icwt", () => {
  const planesOf = ({ re, im, residual }: Cwt) => (im ? [re, im, residual] : [re, residual]);

  test.each(["gaus1", "mexh", "cgau2", "cmor1.5-1.0", "shan1.5-1.0", "morse20-3"])(
    "with %s: <Ay, x> = <y, A'x>",
    (name) => {
      const wavelet = continuousWavelet(name);
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 40 }),
          fc.constantFrom(...modes),
          fc.constantFrom("l1" as const, "l2" as const),
          (length, mode, norm) => {
            const x = noise(length, 0).reverse();
            const like = cwt(x, defaultScales(wavelet, length), wavelet, { mode, norm });
            const size = like.re.length;
            const random = noise(2 * size + length, 0);
            const y: Cwt<Float64Array> = {
              ...like,
              re: random.slice(0, size),
              im: like.im && random.slice(size, 2 * size),
              residual: random.slice(2 * size),
            };
            const adjoint = icwtAdjoint(x, like);
            const right = dot(planesOf(y), planesOf(adjoint));
            const scale = 1 + Math.abs(right);
            expect(Math.abs(dot(icwt(y), x) - right) / scale).toBeLessThan(1e-9);
          },
        ),
        { numRuns: 6 },
      );
    },
  );

  test("needs a signal of the transform's length", () => {
    const like = cwt(noise(9, 0), [1, 2], "mexh");
    expect(() => icwtAdjoint(noise(8, 0), like)).toThrow("8 samples instead of 9");
  });
});

describe("scales", () => {
  test("run in equal ratios from fine to coarse", () => {
    expect(scalesFor({ from: 2, to: 16, voices: 1 })).toEqual([2, 4, 8, 16]);
    expect(scalesFor({ from: 1, to: 3, voices: 2 })).toHaveLength(4);
    expect(() => scalesFor({ from: 4, to: 2 })).toThrow("2 must not be below the finest scale 4");
    expect(() => scalesFor({ from: 0, to: 2 })).toThrow(RangeError);
  });

  test("by default start at Nyquist's frequency and end where half the signal is in the cone", () => {
    const wavelet = continuousWavelet("morlet6");
    const scales = defaultScales(wavelet, 1000);
    expect(wavelet.centralFrequency / scales[0]!).toBeCloseTo(0.5, 12); // never empty
    const cone = coneOfInfluence({ scales, wavelet });
    expect(cone.at(-1)).toBeLessThanOrEqual(250);
    expect(cone.at(-1)).toBeGreaterThan(220);
  });

  test("outside the cone of influence the modes agree", () => {
    const data = noise(600, 0);
    const scales = [4, 16];
    const wavelet = continuousWavelet("morlet6");
    const [one, other] = modes.slice(1).map((mode) => cwt(data, scales, wavelet, { mode }));
    const cone = coneOfInfluence({ scales, wavelet });
    for (const [i] of scales.entries()) {
      const edge = Math.ceil(2.5 * cone[i]!); // one for each scale
      const inside = (transform?: Cwt) =>
        transform!.re.subarray(i * 600 + edge, i * 600 + 600 - edge); // of two modes
      expect(relative(inside(one), inside(other))).toBeLessThan(1e-3);
    }
  });
});

describe("in mode zero, where the scales cover only a part of the spectrum", () => {
  const scales = Array.from({ length: 61 }, (_, i) => i + 4);
  const energy = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);

  test.each(["shan1.5-1.0", "shan0.5-1.0", "cmor1.5-1.0", "fbsp2-1.5-1.0", "morlet6", "mexh"])(
    "a constant comes back as itself for %s",
    (name) => {
      const one = new Float64Array(256).fill(1);
      const back = icwt(cwt(one, scales, name, { mode: "zero" }));
      expect(relative(back, one)).toBeLessThan(1e-3);
      expect(distance(back, one)).toBeLessThan(0.01);
    },
  );

  test("no signal comes back with more energy than it had", () => {
    for (const name of ["shan1.5-1.0", "cmor1.5-1.0", "gaus1"])
      for (const signal of [noise(150, 1), bandLimitedNoise(150, 0.3)]) {
        const back = icwt(cwt(signal, scales, name, { mode: "zero" }));
        expect(energy(back)).toBeLessThan(1.0001 * energy(signal));
      }
  });
});
