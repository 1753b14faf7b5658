import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { distance, fixtureSignal, noise } from "../testing.ts";
import { type Digest, digestError } from "../undecimated/testing.ts";
import { type ThresholdMode, threshold, thresholdFirm } from "./threshold.ts";

type Frozen =
  | { mode: ThresholdMode; value: number; substitute: number; result: Digest }
  | { low: number; high: number; result: Digest };
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/threshold.json", import.meta.url), "utf8"),
);

test(`equals PyWavelets in ${frozen.length} cases`, () => {
  for (const c of frozen) {
    const ours =
      "low" in c
        ? thresholdFirm(fixtureSignal(101), c.low, c.high)
        : threshold(fixtureSignal(101), c.value, { mode: c.mode, substitute: c.substitute });
    expect(digestError(ours, c.result)).toBeLessThan(1e-12);
  }
});

test("each mode on a ramp", () => {
  const ramp = Float64Array.of(-3, -2, -1, 0, 1, 2, 4);
  const at2 = (mode: ThresholdMode) => Array.from(threshold(ramp, 2, { mode }), (x) => x + 0);
  expect(at2("soft")).toEqual([-1, 0, 0, 0, 0, 0, 2]);
  expect(at2("hard")).toEqual([-3, -2, 0, 0, 0, 2, 4]);
  expect(at2("garrote")).toEqual([-3 + 4 / 3, 0, 0, 0, 0, 0, 3]);
  expect(at2("greater")).toEqual([0, 0, 0, 0, 0, 2, 4]);
  expect(at2("less")).toEqual([-3, -2, -1, 0, 1, 2, 0]);
});

test("long arrays of single precision are the rounded values of double precision", () => {
  const special = [0, -0, 0.5, -0.5, 1.25, -1.25, Number.NaN, 1e38, 1e-45];
  const infinite = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const single = Float32Array.of(...special, ...infinite, ...noise(5000, 0));
  const double = Float64Array.from(single);
  const inPlace = new Float32Array(single.length);
  for (const mode of ["soft", "hard", "garrote", "greater", "less"] as const)
    for (const value of [0, 0.5, 0.7, Number.POSITIVE_INFINITY])
      for (const substitute of [0, -3.3]) {
        const own = threshold(single, value, { mode, substitute });
        expect(own).toEqual(new Float32Array(threshold(double, value, { mode, substitute })));
        inPlace.set(single);
        expect(threshold(inPlace, value, { mode, substitute, out: inPlace })).toEqual(own);
      }
  for (const [low, high] of [
    ...[[0, 0] as const, [0.5, 1.25] as const, [0.7, 0.7] as const],
    [0.5, Number.POSITIVE_INFINITY] as const,
  ])
    expect(thresholdFirm(single, low, high)).toEqual(
      new Float32Array(thresholdFirm(double, low, high)),
    );
});

test("threshold 0 changes nothing, not even 0", () => {
  const x = Float64Array.of(-1, 0, 2);
  for (const mode of ["soft", "hard", "garrote"] as const)
    expect(threshold(x, 0, { mode })).toEqual(x);
});

test("garrote lies between soft and hard, and firm between its bounds' soft and hard", () => {
  const value = fc.double({ min: 0.01, max: 5, noNaN: true });
  fc.assert(
    fc.property(value, value, value, (x, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const one = Float64Array.of(x);
      const soft = threshold(one, low)[0]!;
      const garrote = threshold(one, low, { mode: "garrote" })[0]!;
      expect(garrote).toBeGreaterThanOrEqual(soft - 1e-12);
      expect(garrote).toBeLessThanOrEqual(threshold(one, low, { mode: "hard" })[0]! + 1e-12);
      expect(thresholdFirm(one, low, high)[0]).toBeGreaterThanOrEqual(soft - 1e-12);
      expect(thresholdFirm(one, low, high)[0]).toBeLessThanOrEqual(x + 1e-12);
    }),
  );
});

test("firm with equal bounds is hard, also at the bound; with an infinite upper bound it is soft", () => {
  const x = fixtureSignal(40);
  const firmHard = thresholdFirm(x, 0.9, 0.9);
  expect(distance(firmHard, threshold(x, 0.9, { mode: "hard" }))).toBe(0);
  const atBound = Float64Array.of(-1, 1, 0.9);
  expect(thresholdFirm(atBound, 1, 1)).toEqual(threshold(atBound, 1, { mode: "hard" }));
  expect(thresholdFirm(atBound, 1, 1)).toEqual(Float64Array.of(-1, 1, 0));
  const firmSoft = thresholdFirm(x, 1, Number.POSITIVE_INFINITY);
  expect(distance(firmSoft, threshold(x, 1))).toBeLessThan(1e-15);
});

test("the result has the type of the input", () => {
  expect(threshold(Float32Array.of(1, 2), 1.5)).toEqual(Float32Array.of(0, 0.5));
});

test("invalid arguments are refused by name", () => {
  const x = fixtureSignal(3);
  expect(() => threshold(x, 1, { mode: "hart" as ThresholdMode })).toThrow(
    '"hart" is not a threshold mode',
  );
  expect(() => threshold(x, -1)).toThrow("0 or more, not -1");
  expect(() => threshold(x, Number.NaN, { mode: "less" })).toThrow("not NaN");
  expect(threshold(x, -1, { mode: "greater" }).length).toBe(3);
  expect(() => thresholdFirm(x, 2, 1)).toThrow("low 2 and high 1");
});

test.each(["soft", "hard", "garrote", "greater", "less"] as const)(
  "%s may overwrite its data, in blocks where they are in single precision",
  (mode) => {
    for (const Kind of [Float32Array, Float64Array]) {
      const data = Kind.from(noise(2500, 4));
      data[7] = Number.NaN;
      const expected = threshold(data, 0.5, { mode, substitute: -9 });
      expect(threshold(data, 0.5, { mode, substitute: -9, out: data })).toBe(data);
      expect(data).toEqual(expected);
      expect(data[7]).toBeNaN();
    }
  },
);

test("out has the length and the type of the data", () => {
  const data = Float64Array.of(1, 2);
  expect(() => threshold(data, 1, { out: new Float64Array(3) })).toThrow(
    "out is a Float64Array of 3 values, not a Float64Array of 2",
  );
  expect(() => threshold(data, 1, { out: new Float32Array(2) as never })).toThrow(RangeError);
  expect(() => threshold(data, 1, { out: [1, 2] as never })).toThrow(TypeError);
});
