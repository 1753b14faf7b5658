import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, frozenAccuracy, noise } from "../testing.ts";
import { modwt } from "./modwt.ts";
import { iswt, iswtAdjoint, type Swt, swt, swtAdjoint, swtMaxLevel } from "./swt.ts";
import {
  type Digest,
  digestError,
  fixtureNames,
  orthogonalWavelets,
  testWavelets,
} from "./testing.ts";

interface Frozen {
  wavelet: string;
  length: number;
  levels: number;
  startLevel: number;
  norm: boolean;
  approximations: Digest[];
  details: Digest[];
  inverse: Digest | null;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/swt.json", import.meta.url), "utf8"),
);

describe.each(fixtureNames)("%s", (name) => {
  const cases = frozen.filter((c) => c.wavelet === name);

  test(`equals PyWavelets on ${cases.length} decompositions`, () => {
    for (const { length, approximations, details, inverse, levels, startLevel, norm } of cases) {
      const options = { levels, startLevel, norm };
      const ours = swt(fixtureSignal(length), name, options);
      approximations.forEach((band, i) => {
        expect(digestError(ours.approximations[i]!, band)).toBeLessThan(frozenAccuracy(name));
      });
      details.forEach((band, i) => {
        expect(digestError(ours.details[i]!, band)).toBeLessThan(frozenAccuracy(name));
      });
      if (inverse === null) continue;
      const signal = fixtureSignal(length);
      const noSignals = {
        ...ours,
        approximations: [signal],
        details: details.map((_, i) => signal.toReversed().map((value) => value - i)),
      };
      expect(digestError(iswt(noSignals), inverse)).toBeLessThan(frozenAccuracy(name));
    }
  });

  test("single precision agrees with double precision", () => {
    for (const { length, details, levels, startLevel, norm } of cases) {
      const options = { levels, startLevel, norm };
      const ours = swt(Float32Array.from(fixtureSignal(length)), name, options);
      details.forEach((band, i) => {
        expect(ours.details[i]).toBeInstanceOf(Float32Array);
        expect(digestError(ours.details[i]!, band)).toBeLessThan(1e-5);
      });
    }
  });
});

const anyCase = fc.record({
  length: fc.integer({ min: 1, max: 70 }),
  levels: fc.integer({ min: 0, max: 7 }),
  startLevel: fc.integer({ min: 0, max: 2 }),
  norm: fc.boolean(),
  trimApprox: fc.boolean(),
});

describe.each(testWavelets.map((w) => [w.name, w] as const))("%s", (_, w) => {
  test("the inverse is exact at any length, odd ones too", () => {
    fc.assert(
      fc.property(anyCase, ({ length, ...options }) => {
        const signal = noise(length, 0);
        expect(distance(iswt(swt(signal, w, options)), signal)).toBeLessThan(5e-11);
        const single = Float32Array.from(signal);
        const back = iswt(swt(single, w, { ...options, levels: Math.min(options.levels, 3) }));
        expect(distance(back, single)).toBeLessThan(6e-7);
      }),
      { numRuns: 60 },
    );
  });

  test("adjoints: <swt x, c> = <x, swtAdjoint c> and <iswt c, x> = <c, iswtAdjoint x>", () => {
    fc.assert(
      fc.property(anyCase, ({ length, ...options }) => {
        const x = noise(length, 0);
        const image = swt(x, w, options);
        const c = withBands(image, (i) => noise(length, 0).map((v, n) => v * (((n + i) % 5) - 2)));
        expect(dot(bands(image), bands(c))).toBeCloseTo(dot(x, swtAdjoint(c)), 8);
        expect(dot(iswt(c), x)).toBeCloseTo(dot(bands(c), bands(iswtAdjoint(x, w, options))), 8);
      }),
      { numRuns: 60 },
    );
  });

  test("a shifted signal has shifted coefficients", () => {
    const signal = noise(23, 0);
    const moved = swt(shifted(signal, 5), w, { levels: 3 });
    const still = swt(signal, w, { levels: 3 });
    moved.details.forEach((band, i) => {
      expect(distance(band, shifted(still.details[i]!, 5))).toBeLessThan(1e-12);
    });
  });
});

test.each(orthogonalWavelets.map((w) => [w.name, w] as const))(
  "%s with norm keeps the energy at any length",
  (_, w) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), (length) => {
        const signal = noise(length, 0);
        const all = bands(swt(signal, w, { norm: true, trimApprox: true }));
        expect(dot(all, all)).toBeCloseTo(dot(signal, signal), 9);
      }),
      { numRuns: 20 },
    );
  },
);

test("levels by default: as many as filters step within the signal", () => {
  expect([1, 2, 3, 12, 64].map(swtMaxLevel)).toEqual([0, 1, 1, 3, 6]);
  expect(swt(fixtureSignal(13), wavelet("haar")).details.length).toBe(3);
});

test("trimmed: the coarsest approximation and all details; no levels: the signal", () => {
  const signal = fixtureSignal(12);
  const full = swt(signal, wavelet("haar"), { levels: 2 });
  const trimmed = swt(signal, wavelet("haar"), { levels: 2, trimApprox: true });
  expect(trimmed).toEqual({ ...full, approximations: [full.approximations[0]] });
  expect(swt(signal, wavelet("haar"), { levels: 0 }).approximations).toEqual([signal]);
});

test("invalid arguments are refused by name", () => {
  expect(() => swt(new Float64Array(0), wavelet("haar"))).toThrow("is empty");
  expect(() => swt(fixtureSignal(4), wavelet("haar"), { levels: 1.5 })).toThrow("not 1.5");
  expect(() => swt(fixtureSignal(4), wavelet("haar"), { startLevel: -1 })).toThrow(
    "startLevel must be",
  );
  const bands = swt(fixtureSignal(8), wavelet("haar"));
  expect(() => iswt({ ...bands, length: 12 })).toThrow("8 coefficients instead of 12");
  expect(() => iswt({ ...bands, approximations: [] })).toThrow("at least one approximation");
});

function bands({ approximations, details }: Swt): (Float64Array | Float32Array)[] {
  return [...approximations, ...details];
}

function withBands(c: Swt<Float64Array>, of: (i: number) => Float64Array): Swt<Float64Array> {
  return {
    ...c,
    approximations: c.approximations.map((_, i) => of(i)),
    details: c.details.map((_, i) => of(i + 9)),
  };
}

function shifted(x: Float64Array, by: number): Float64Array {
  return x.map((_, n) => x[(n - by + x.length) % x.length]!);
}

test("infinity stays within the reach of the filters and does not become NaN", () => {
  const signal = noise(64, 0);
  signal[20] = Number.POSITIVE_INFINITY;
  // db3 has 6 taps, of which 4 and then 2 are added at once; those of level 2 lie 2 apart.
  const { details } = modwt(signal, "db3", { levels: 1 });
  const finest = details[0]!; // of one level
  expect([...finest.keys()].filter((n) => !Number.isFinite(finest[n]))).toEqual([
    20, 21, 22, 23, 24, 25,
  ]);
  expect(finest.some(Number.isNaN)).toBe(false);
});

test("signals longer than what is computed at a time", () => {
  const signal = noise(9001, 0);
  const { decHi } = wavelet("db2");
  const bands = swt(signal, "db2", { levels: 3 });
  const expected = signal.map((_, n) =>
    decHi.reduce((sum, tap, j) => sum + tap * signal.at((n + 2 - j) % signal.length)!, 0),
  );
  expect(distance(bands.details[2]!, expected)).toBeLessThan(1e-12);
  expect(distance(iswt(bands), signal)).toBeLessThan(5e-11);
});
