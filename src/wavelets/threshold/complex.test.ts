import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { onParts } from "../arrays/complex.ts";
import { mapComplexBands } from "../discrete/bands/mapBands.ts";
import { wavedec, waverec } from "../discrete/wavedec.ts";
import { wavedec2 } from "../discrete/wavedec2.ts";
import { distance, fixtureSignal, noise, noiseMatrix } from "../testing.ts";
import { iswt, swt } from "../undecimated/swt.ts";
import { thresholdComplex, thresholdFirmComplex } from "./complex.ts";
import { threshold } from "./threshold.ts";

interface Frozen {
  mode: "soft" | "hard" | "garrote" | "firm";
  substitute: number;
  re: number[];
  im: number[];
}
const {
  complexThresholds,
  complexBands: [frozenBands],
}: { complexThresholds: Frozen[]; complexBands: [Pick<Frozen, "re" | "im">] } = JSON.parse(
  readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8"),
);

const z = {
  re: fixtureSignal(24),
  im: fixtureSignal(30)
    .slice(6)
    .map((x) => x / 2),
};

describe("thresholds of complex values are PyWavelets'", () => {
  test.each(complexThresholds)("$mode, substitute $substitute", ({ mode, substitute, re, im }) => {
    const ours =
      mode === "firm"
        ? thresholdFirmComplex(z, 1.25, 2.5)
        : thresholdComplex(z, 1.25, { mode, substitute });
    expect(distance(ours.re, re)).toBeLessThan(1e-14);
    expect(distance(ours.im, im)).toBeLessThan(1e-14);
  });
});

test("transforms of complex data, their thresholds and inverses are PyWavelets'", () => {
  const data = { re: fixtureSignal(20), im: fixtureSignal(25).slice(5) };
  const bands = onParts(data, (part) => wavedec(part, "db2", { levels: 2 }));
  const back = onParts(
    mapComplexBands(bands, (band) => thresholdComplex(band, 2)),
    (part) => waverec(part),
  );
  expect(distance(back.re, frozenBands.re)).toBeLessThan(1e-12);
  expect(distance(back.im, frozenBands.im)).toBeLessThan(1e-12);
});

test("a threshold turns with its values: multiplied by i, they give i times the result", () => {
  const turned = thresholdComplex({ re: z.im.map((x) => -x), im: z.re }, 1);
  const straight = thresholdComplex(z, 1);
  expect(distance(turned.im, straight.re)).toBe(0);
});

test("real values have the threshold of real data", () => {
  const real = { re: z.re, im: new Float64Array(24) };
  for (const mode of ["soft", "hard", "garrote"] as const)
    expect(
      distance(thresholdComplex(real, 1, { mode }).re, threshold(z.re, 1, { mode })),
    ).toBeLessThan(1e-15);
});

test("0, infinity and NaN, a complex substitute, and single precision", () => {
  const odd = { re: Float32Array.of(0, Infinity, NaN, 0.5), im: Float32Array.of(0, 0, 1, 0.5) };
  const { re, im } = thresholdComplex(odd, 0, { mode: "garrote" });
  expect(re).toBeInstanceOf(Float32Array);
  expect([re[0], re[1], im[1], re[2], im[3]]).toEqual([0, Infinity, 0, Number.NaN, 0.5]);
  const replaced = thresholdComplex(odd, 1, { mode: "hard", substitute: { re: 2, im: 3 } });
  expect([replaced.re[3], replaced.im[3]]).toEqual([2, 3]);
});

test("bands of stationary transforms and of matrices are mapped too, with their names", () => {
  const data = { re: noise(12, 1), im: noise(12, 2) };
  const bands = onParts(data, (part) => swt(part, "haar", { levels: 2 }));
  const turned = mapComplexBands(bands, ({ re, im }) => ({ re: im, im: re }));
  expect(distance(iswt(turned.re), data.im)).toBeLessThan(1e-13);
  const keys: string[] = [];
  mapComplexBands(
    onParts({ re: noiseMatrix(4, 4), im: noiseMatrix(4, 4) }, (m) =>
      wavedec2(m, "haar", { levels: 1 }),
    ),
    (band, { key }) => {
      keys.push(key);
      return band;
    },
  );
  expect(keys).toEqual(["aa", "ad", "da", "dd"]);
});

test("invalid arguments are refused by name", () => {
  expect(() => thresholdComplex(z, 1, { mode: "less" as never })).toThrow('"less" is not a');
  expect(() => thresholdComplex(z, -1)).toThrow("0 or more, not -1");
  expect(() => thresholdComplex(noise(3, 0) as never, 1)).toThrow(
    "complex data must be { re, im }",
  );
  expect(() => thresholdComplex({ re: noise(3, 0), im: noise(2, 0) }, 1)).toThrow("3 and 2");
  expect(() => thresholdFirmComplex({ re: [1], im: [1] } as never, 1, 2)).toThrow(TypeError);
});
