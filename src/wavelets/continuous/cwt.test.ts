import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, dot, noise } from "../testing.ts";
import { type Cwt, cwt, cwtAdjoint, cwtRow } from "./cwt.ts";
import type { CwtMode } from "./cwtMode.ts";
import { continuousWavelet, continuousWaveletNames } from "./families.ts";
import { defaultScales } from "./scales.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

interface Frozen {
  readonly wavelet: string;
  readonly scale: number;
  readonly length: number;
}
interface Chirp extends Frozen {
  readonly center: number;
  readonly from: number;
  readonly step: number;
  readonly re: readonly number[];
  readonly im?: readonly number[];
}
const frozen: {
  readonly chirps: readonly Chirp[];
  readonly ghosts: readonly (Frozen & { readonly share: number })[];
} = JSON.parse(readFileSync(new URL("../fixtures/continuousChirp.json", import.meta.url), "utf8"));
const modes: readonly CwtMode[] = ["symmetric", "periodic", "zero"];

/** `s^(−½) ∫ x(t) ψ*((t − b)/s) dt` by the trapezoidal rule, which converges exponentially for such functions. */
function integral(
  signal: (t: number) => number,
  { psi, reach }: ContinuousWavelet,
  scale: number,
  b: number,
) {
  const step = Math.max(0.25, scale / 16);
  const count = Math.ceil((reach * scale) / step);
  let [re, im] = [0, 0];
  for (let i = -count; i <= count; i++) {
    const value = psi((i * step) / scale);
    const sample = signal(b + i * step);
    re += (value.re * sample * step) / Math.sqrt(scale);
    im -= (value.im * sample * step) / Math.sqrt(scale);
  }
  return { re, im };
}

/** |a − b| / |b| of complex values at the same places. */
function relative(
  a: readonly { re: number; im: number }[],
  b: readonly { re: number; im: number }[],
): number {
  const off = a.reduce(
    (sum, { re, im }, i) => sum + (re - b[i]!.re) ** 2 + (im - b[i]!.im) ** 2, // of one length
    0,
  );
  return Math.sqrt(off / b.reduce((sum, { re, im }) => sum + re ** 2 + im ** 2, 0));
}

describe("the transform of a chirp", () => {
  describe.each(frozen.chirps)("with $wavelet at the scale $scale", (chirp) => {
    const { scale, length, center, from, step } = chirp;
    const wavelet = continuousWavelet(chirp.wavelet);
    const signal = (t: number) => Math.cos(2 * Math.PI * center * (t / 2 + (t * t) / 2 / length));
    const places = chirp.re.map((_, k) => from + k * step).filter((_, k) => k % 4 === 0);
    const frozenValues = chirp.re
      .map((re, k) => ({ re, im: chirp.im?.[k] ?? 0 }))
      .filter((_, k) => k % 4 === 0);

    test("is the integral, to rounding", () => {
      const { re, im } = cwt(
        Float64Array.from({ length }, (_, n) => signal(n)),
        [scale],
        wavelet,
      );
      const values = places.map((b) => ({ re: re[b]!, im: im?.[b] ?? 0 })); // b is a place
      expect(
        relative(
          values,
          places.map((b) => integral(signal, wavelet, scale, b)),
        ),
      ).toBeLessThan(5e-13);
    });

    test("differs in PyWavelets by half a sample of delay, and more", () => {
      const at = (late: number) => places.map((b) => integral(signal, wavelet, scale, b - late));
      expect(relative(frozenValues, at(0))).toBeGreaterThan(1e-3);
      expect(relative(frozenValues, at(0.5))).toBeGreaterThan(2e-6);
      expect(relative(frozenValues, at(0.5))).toBeLessThan(0.1);
    });
  });

  // PyWavelets' ψ is a staircase there, whose harmonics see what lies far above the wavelet's band.
  test.each(frozen.ghosts)(
    "has no ghosts with $wavelet at the scale $scale, where PyWavelets' have $share of the ridge",
    ({ wavelet, scale, length, share }) => {
      const data = Float64Array.from({ length }, (_, n) =>
        Math.cos((2 * Math.PI * n * n) / (4 * length)),
      );
      const { re, im } = cwt(data, [scale], wavelet);
      const sizes = Float64Array.from(re, (value, n) => Math.hypot(value, im?.[n] ?? 0));
      const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0);
      const far = most(sizes.subarray(Math.floor(length / 10), Math.floor(length * 0.8)));
      expect(far).toBeLessThan(1e-6 * most(sizes));
      expect(share).toBeGreaterThan(0.02);
    },
  );
});

describe("a wave", () => {
  const length = 360;
  const wave = (k: number) =>
    Float64Array.from({ length }, (_, n) => Math.cos((2 * Math.PI * k * n) / length));

  test.each(continuousWaveletNames)("is multiplied by the response of %s", (name) => {
    const wavelet = continuousWavelet(name);
    for (const [k, scale] of [
      [7, 9],
      [60, 1.7],
      [101, 0.8],
    ] as const) {
      const { re, im } = cwt(wave(k), [scale], wavelet, { mode: "periodic" });
      const omega = (2 * Math.PI * k) / length;
      // ½ (ψ̂*(sω) e^(iωn) + ψ̂*(−sω) e^(−iωn)) √s
      const [plus, minus] = [wavelet.psiHat(scale * omega), wavelet.psiHat(-scale * omega)];
      const root = Math.sqrt(scale) / 2;
      for (const n of [0, 1, 17, 200, 359]) {
        const [c, s] = [Math.cos(omega * n), Math.sin(omega * n)];
        expect(re[n]).toBeCloseTo(root * ((plus.re + minus.re) * c + (plus.im - minus.im) * s), 12);
        const expected = root * ((plus.re - minus.re) * s - (plus.im + minus.im) * c);
        expect(im?.[n] ?? 0).toBeCloseTo(wavelet.complex ? expected : 0, 12);
      }
    }
  });

  test("has the same height at every frequency in the norm l1", () => {
    const wavelet = continuousWavelet("morse20-3");
    for (const k of [5, 20, 90]) {
      const frequencies = [k / length];
      const options = { mode: "periodic", norm: "l1" } as const;
      const { re, im } = cwt(wave(k), { frequencies }, wavelet, options);
      for (const n of [0, 100]) expect(Math.hypot(re[n]!, im?.[n] ?? 0)).toBeCloseTo(1, 10); // of 360
    }
  });
});

describe("a mode", () => {
  const data = noise(40, 0);
  const scales = [1, 2.5, 7, 30];

  test.each(["mexh", "gaus1", "cgau3", "morlet6", "cauchy4"])(
    "is the extension it says, for %s",
    (name) => {
      const long = (extension: (n: number) => number) =>
        Float64Array.from({ length: 42 * 40 }, (_, n) => data[extension(n - 20 * 40)] ?? 0);
      const extensions = {
        symmetric: (n: number) => Math.min((n + 800) % 80, 79 - ((n + 800) % 80)),
        periodic: (n: number) => ((n % 40) + 40) % 40,
        zero: (n: number) => n,
      };
      const end = Math.max(...Object.values(continuousWavelet(name).extent));
      for (const mode of modes) {
        const short = cwt(data, scales, name, { mode });
        const padded = cwt(long(extensions[mode]), scales, name, { mode: "periodic" });
        for (const [i, scale] of scales.entries()) {
          // A fine scale's spectrum is cut at Nyquist's frequency, and what is cut has tails that padding cannot hold.
          const cut = end > scale * Math.PI;
          const most = mode === "zero" ? (cut ? 0.03 : 1e-9) : 1e-12;
          const [row, expected] = [cwtRow(short, i), cwtRow(padded, i)];
          expect(distance(row.re, expected.re.subarray(800, 840))).toBeLessThan(most);
          if (row.im && expected.im)
            expect(distance(row.im, expected.im.subarray(800, 840))).toBeLessThan(most);
        }
      }
    },
  );

  test("zero is exact for shan too, whose tails never end", () => {
    const { psi } = continuousWavelet("shan1.5-1.0");
    const { re, im } = cwt(data, [5, 40], "shan1.5-1.0", { mode: "zero" });
    for (const [i, scale] of [5, 40].entries()) {
      for (const b of [0, 13, 39]) {
        const terms = Array.from(data, (x, n) => ({ x, value: psi((n - b) / scale) }));
        const sum = (part: "re" | "im") =>
          terms.reduce((total, { x, value }) => total + x * value[part], 0) / Math.sqrt(scale);
        expect(re[i * 40 + b]).toBeCloseTo(sum("re"), 12);
        expect(im?.[i * 40 + b]).toBeCloseTo(-sum("im"), 12);
      }
    }
  });
});

describe("the adjoint", () => {
  const planesOf = ({ re, im, residual }: Cwt) => (im ? [re, im, residual] : [re, residual]);

  test.each(continuousWaveletNames)("of cwt with %s: <Ax, y> = <x, A'y>", (name) => {
    const wavelet = continuousWavelet(name);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom(...modes),
        fc.constantFrom("l1" as const, "l2" as const),
        (length, mode, norm) => {
          const x = noise(length, 0);
          const forward = cwt(x, defaultScales(wavelet, length), wavelet, { mode, norm });
          const random = noise(3 * forward.re.length, 0).reverse();
          const size = forward.re.length;
          const y: Cwt<Float64Array> = {
            ...forward,
            re: random.slice(0, size),
            im: forward.im && random.slice(size, 2 * size),
            residual: random.slice(2 * size, 2 * size + length),
          };
          const left = dot(planesOf(forward), planesOf(y));
          expect(Math.abs(left - dot(x, cwtAdjoint(y)))).toBeLessThan(1e-10);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe("cwt", () => {
  test("returns arrays of the type of the input, with its geometry", () => {
    const data = Float32Array.from(noise(50, 0));
    const transform = cwt(data, { frequencies: [100, 50] }, "cmor1.5-1.0", {
      samplingPeriod: 1e-3,
    });
    expect(transform.re).toBeInstanceOf(Float32Array);
    expect(transform.scales).toEqual([10, 20]);
    expect(transform.frequencies).toEqual([100, 50]);
    expect(transform).toMatchObject({ length: 50, mode: "symmetric", norm: "l2" });
    const exact = cwt(Float64Array.from(data), [10, 20], "cmor1.5-1.0");
    expect(distance(transform.re, exact.re)).toBeLessThan(1e-6);
    expect(cwt(data, [3], "mexh").im).toBeUndefined();
  });

  test("refuses what it cannot transform", () => {
    const data = noise(8, 0);
    expect(() => cwt(new Float64Array(0), [1], "mexh")).toThrow("empty");
    expect(() => cwt(Float64Array.of(1, Number.NaN), [1], "mexh")).toThrow("NaN at index 1");
    expect(() => cwt(data, [], "mexh")).toThrow("at least one scale");
    expect(() => cwt(data, [2, -1], "mexh")).toThrow("not -1");
    expect(() => cwt(data, { frequencies: [0] }, "mexh")).toThrow("a frequency");
    expect(() => cwt(data, [1], "mexhat")).toThrow("did you mean mexh");
    const transform = cwt(data, [1], "mexh");
    expect(() => cwtAdjoint({ ...transform, re: data.subarray(1) })).toThrow("re has 7 values");
  });
});

describe("out", () => {
  const signal = noise(50, 1);
  const first = cwt(noise(50, 2), [2, 4], "morlet6");

  test("is overwritten and returned, and has the options of the call", () => {
    const again = cwt(signal, [2, 4], "morlet6", { norm: "l1", samplingPeriod: 0.5, out: first });
    expect(again.re).toBe(first.re);
    expect(again).toEqual(cwt(signal, [2, 4], "morlet6", { norm: "l1", samplingPeriod: 0.5 }));
  });

  test("must have the sizes and the type of the result", () => {
    const given = [
      [() => cwt(signal, [2], "morlet6", { out: first }), "out.re has 100 values instead of 50"],
      [() => cwt(signal, [2, 4], "mexh", { out: first }), "out.im has 100 values instead of none"],
      [() => cwt(noise(25, 1), [1, 2, 3, 4], "morlet6", { out: first }), "out.residual has 50"],
      [() => cwt(Float32Array.from(signal), [2, 4], "morlet6", { out: first as never }), "Float64"],
      [() => cwt(signal, [2, 4], "morlet6", { out: {} as never }), "cwt"],
    ] as const;
    for (const [call, message] of given) expect(call).toThrow(message);
  });
});
