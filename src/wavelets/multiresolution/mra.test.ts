import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../arrays/matrix.ts";
import type { Mode } from "../extension/mode.ts";
import { wavelet } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, frozenAccuracy, noise } from "../testing.ts";
import { type Digest, digestError, fixtureNames, testWavelets } from "../undecimated/testing.ts";
import { imra, imraAdjoint, type MraOptions, mra, mraAdjoint } from "./mra.ts";
import { imra2, imra2Adjoint, type Mra2, mra2, mra2Adjoint } from "./mra2.ts";

const db2 = wavelet("db2");

interface Frozen {
  wavelet: string;
  shape: number[];
  levels: number;
  transform: "swt" | "dwt";
  mode: Mode;
  components: Digest[];
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/mra.json", import.meta.url), "utf8"),
);

describe.each(fixtureNames)("%s", (name) => {
  const cases = frozen.filter((c) => c.wavelet === name);

  test(`equals PyWavelets on ${cases.length} analyzes`, () => {
    for (const { shape, components, levels, transform, mode } of cases) {
      const options = { levels, transform, mode };
      const [height, width] = shape;
      const ours =
        width === undefined
          ? mra(fixtureSignal(height!), name, options).components
          : components2(mra2(matrix(height!, width, fixtureSignal), name, options)); // the same
      expect(ours.length).toBe(components.length);
      components.forEach((component, i) => {
        expect(digestError(ours[i]!, component)).toBeLessThan(frozenAccuracy(name));
      });
    }
  });
});

const anyOptions = fc.oneof(
  fc.record<MraOptions>({
    levels: fc.integer({ min: 0, max: 4 }),
    transform: fc.constant("dwt"),
    mode: fc.constantFrom<Mode>("symmetric", "periodization"),
  }),
  fc.record<MraOptions>({ levels: fc.integer({ min: 0, max: 4 }), transform: fc.constant("swt") }),
);

describe.each(testWavelets.map((w) => [w.name, w] as const))("%s", (_, w) => {
  test("the parts add up to the signal, and the adjoint is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), anyOptions, (length, options) => {
        const signal = noise(length, 0);
        const analysis = mra(signal, w, options);
        expect(distance(imra(analysis), signal)).toBeLessThan(5e-11);
        const other = analysis.components.map((_, i) =>
          noise(length, 0).map((v, n) => v * (((n + i) % 5) - 2)),
        );
        expect(dot(analysis.components, other)).toBeCloseTo(
          dot(signal, mraAdjoint({ ...analysis, components: other })),
          9,
        );
      }),
      { numRuns: 40 },
    );
  });

  test("the same for matrices", () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(side, side, anyOptions, (height, width, options) => {
        const image = matrix(height, width, (n) => noise(n, 0));
        const analysis = mra2(image, w, { ...options, levels: Math.min(2, options.levels ?? 2) });
        const back = imra2(analysis);
        expect([back.height, back.width]).toEqual([height, width]);
        expect(distance(back.data, image.data)).toBeLessThan(5e-11);
        const other = scrambled(analysis);
        expect(dot(components2(analysis), components2(other))).toBeCloseTo(
          dot(image.data, mra2Adjoint(other).data),
          8,
        );
      }),
      { numRuns: 25 },
    );
  });
});

test("the adjoint of a sum is a copy for each part", () => {
  const x = fixtureSignal(5);
  expect(imraAdjoint(x, 2).components).toEqual([x, x, x]);
  const { approximation, details } = imra2Adjoint(matrix(2, 3, fixtureSignal), 1);
  expect(details).toEqual([{ hl: approximation, lh: approximation, hh: approximation }]);
});

test("the stationary analysis moves with the signal; the decimated one does not", () => {
  const x = noise(24, 0);
  const moved = (y: Float64Array) => y.map((_, n) => y[(n + 23) % 24]!);
  const difference = (transform: "swt" | "dwt") => {
    const still = mra(x, db2, { transform, levels: 2 }).components;
    const after = mra(moved(x), db2, { transform, levels: 2 }).components;
    return Math.max(...still.map((part, i) => distance(moved(part), after[i]!)));
  };
  expect(difference("swt")).toBeLessThan(1e-12);
  expect(difference("dwt")).toBeGreaterThan(0.1);
});

test("single precision stays single precision", () => {
  const signal = Float32Array.from(noise(33, 0));
  for (const transform of ["swt", "dwt"] as const) {
    const analysis = mra(signal, db2, { transform, levels: 3 });
    expect(analysis.components[1]).toBeInstanceOf(Float32Array);
    expect(distance(imra(analysis), signal)).toBeLessThan(6e-7);
  }
});

test("invalid arguments are refused by name", () => {
  const haar = wavelet("haar");
  expect(() => mra(fixtureSignal(4), haar, { mode: "symmetric" })).toThrow('needs transform "dwt"');
  expect(() => imra({ components: [] })).toThrow("at least one component");
  expect(() => imra({ components: [fixtureSignal(4), fixtureSignal(5)] })).toThrow(
    "a component is 5 where 4 is needed",
  );
});

function matrix(height: number, width: number, of: (n: number) => Float64Array) {
  return { height, width, data: of(height * width) };
}

function components2({ approximation, details }: Mra2<Float64Array>): Float64Array[] {
  const fine = details.flatMap((d) => [d.hl, d.lh, d.hh]);
  return [approximation, ...fine].map((part) => part.data);
}

function scrambled(analysis: Mra2<Float64Array>): Mra2<Float64Array> {
  const mix = (part: Matrix<Float64Array>, i: number) => ({
    ...part,
    data: noise(part.data.length, 0).map((v, n) => v * (((n + i) % 5) - 2)),
  });
  return {
    ...analysis,
    approximation: mix(analysis.approximation, 0),
    details: analysis.details.map((d, i) => ({
      hl: mix(d.hl, i + 1),
      lh: mix(d.lh, i + 2),
      hh: mix(d.hh, i + 3),
    })),
  };
}
