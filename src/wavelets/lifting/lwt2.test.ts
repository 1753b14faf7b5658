import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, dot, fixtureSignal, noise } from "../testing.ts";
import type { LiftingMode } from "./extension.ts";
import { liftingNames, liftingScheme } from "./liftingScheme.ts";
import { lwt } from "./lwt.ts";
import { ilwt2, ilwt2Adjoint, type LiftingMatrix, type Lwt2, lwt2, lwt2Adjoint } from "./lwt2.ts";

const modes: readonly LiftingMode[] = ["reflect", "periodization"];
const sizes = [
  [1, 1],
  [1, 6],
  [5, 1],
  [2, 2],
  [7, 12],
  [13, 9],
] as const;
const matrix = (height: number, width: number, data = fixtureSignal(height * width)) => ({
  height,
  width,
  data,
});
const bandsOf = ({ approximation, details }: Lwt2<Float64Array>) => [
  approximation,
  ...details.flatMap((d) => [d.hl, d.lh, d.hh]),
];
const flat = (transform: Lwt2<Float64Array>) => bandsOf(transform).map(({ data }) => data);
/** The same bands with noise in them. */
function noisy(transform: Lwt2<Float64Array>): Lwt2<Float64Array> {
  let seed = 0;
  const noiseOf = (band: LiftingMatrix<Float64Array>) => {
    seed += 97;
    return { ...band, data: noise(seed + band.data.length, 0).slice(seed) };
  };
  const details = transform.details.map(({ hl, lh, hh }) => ({
    hl: noiseOf(hl),
    lh: noiseOf(lh),
    hh: noiseOf(hh),
  }));
  return { ...transform, approximation: noiseOf(transform.approximation), details };
}

describe.each(liftingNames)("%s", (name) => {
  const scheme = liftingScheme(name);
  describe.each(modes)("%s", (mode) => {
    const options = { mode, levels: 3 };
    test.each(sizes)("inverse and adjoints of %i×%i", (height, width) => {
      const x = matrix(height, width);
      const transform = lwt2(x, scheme, options);
      const back = ilwt2(transform);
      expect([back.height, back.width]).toEqual([height, width]);
      expect(distance(back.data, x.data)).toBeLessThan(5e-11);
      const y = noisy(transform);
      expect(dot(flat(transform), flat(y))).toBeCloseTo(dot(x.data, lwt2Adjoint(y).data), 8);
      expect(dot(ilwt2(y).data, x.data)).toBeCloseTo(
        dot(flat(y), flat(ilwt2Adjoint(x, scheme, options))),
        8,
      );
    });

    test("integers are restored exactly", () => {
      const side = fc.integer({ min: 1, max: 12 });
      const values = fc.int32Array({ min: -300, max: 300, minLength: 144, maxLength: 144 });
      fc.assert(
        fc.property(side, side, values, (height, width, all) => {
          const image = { height, width, data: all.slice(0, height * width) };
          expect(ilwt2(lwt2(image, scheme, options))).toEqual(image);
        }),
        { numRuns: 30 },
      );
    });
  });
});

test("is separable: low along axis 0 and high along axis 1 is the vertical band", () => {
  const scheme = liftingScheme("cdf9/7");
  const columns = fixtureSignal(10);
  const rows = fixtureSignal(7);
  const data = Float64Array.from(
    { length: 70 },
    (_, i) => rows[Math.floor(i / 10)]! * columns[i % 10]!,
  );
  const { approximation, details } = lwt2({ height: 7, width: 10, data }, scheme);
  const [rowLow, rowHigh] = lwt(rows, scheme).coefficients;
  const [low, high] = lwt(columns, scheme).coefficients;
  const { hl, lh, hh } = details[0]!;
  for (const [band, down, along] of [
    [approximation, rowLow!, low!],
    [hl, rowHigh!, low!],
    [lh, rowLow!, high!],
    [hh, rowHigh!, high!],
  ] as const) {
    expect([band.height, band.width]).toEqual([down.length, along.length]);
    const outer = [...down].flatMap((a) => [...along].map((b) => a * b));
    expect(distance(band.data, outer)).toBeLessThan(1e-11);
  }
});

test("single precision stays single precision", () => {
  const image = { height: 6, width: 5, data: Float32Array.from(fixtureSignal(30)) };
  const bands = lwt2(image, liftingScheme("cdf9/7"));
  expect(bands.details[0]!.hh.data).toBeInstanceOf(Float32Array);
  expect(distance(ilwt2(bands).data, image.data)).toBeLessThan(1e-5);
});

test("invalid arguments are refused by name", () => {
  const scheme = liftingScheme("cdf5/3");
  const bad = { height: 2, width: 2, data: new Float64Array(3) };
  expect(() => lwt2(bad, scheme)).toThrow("a 2×2 matrix has 4 values, not 3");
  expect(() => ilwt2({ ...lwt2(matrix(4, 4), scheme), height: 8 })).toThrow("2×2");
});
