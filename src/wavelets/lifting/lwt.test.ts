import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, dot, fixtureSignal, noise } from "../testing.ts";
import type { LiftingMode } from "./extension.ts";
import { liftingNames, liftingScheme } from "./liftingScheme.ts";
import { ilwt, ilwtAdjoint, type Lwt, lwt, lwtAdjoint } from "./lwt.ts";

const modes: readonly LiftingMode[] = ["reflect", "periodization"];
const flat = ({ coefficients }: Lwt) => coefficients.flatMap((band) => [...band]);
const lengths = Array.from({ length: 40 }, (_, i) => i + 1);

describe.each(liftingNames)("%s", (name) => {
  const scheme = liftingScheme(name);
  describe.each(modes)("%s", (mode) => {
    test("the inverse gives the signal's length and values, from one sample up", () => {
      for (const length of lengths) {
        const signal = fixtureSignal(length);
        for (const levels of [0, 1, 3]) {
          const back = ilwt(lwt(signal, scheme, { mode, levels }));
          expect(distance(back, signal)).toBeLessThan(5e-11);
          const single = Float32Array.from(signal);
          const backSingle = ilwt(lwt(single, scheme, { mode, levels }));
          expect(backSingle).toBeInstanceOf(Float32Array);
          expect(distance(backSingle, single)).toBeLessThan(3.125 * 6e-7 * 3 ** levels);
        }
      }
    });

    test("adjoints are adjoints", () => {
      for (const length of lengths) {
        const options = { mode, levels: 3 };
        const x = fixtureSignal(length);
        const shape = lwt(x, scheme, options);
        const random = noise(flat(shape).length, 0);
        let used = 0;
        const coefficients = shape.coefficients.map((band) => {
          used += band.length;
          return random.slice(used - band.length, used);
        });
        const y = { ...shape, coefficients };
        expect(dot(flat(shape), random)).toBeCloseTo(dot(x, lwtAdjoint(y)), 9);
        expect(dot(ilwt(y), x)).toBeCloseTo(dot(random, flat(ilwtAdjoint(x, scheme, options))), 9);
      }
    });

    test("integers are restored exactly", () => {
      const anySignal = fc.int32Array({ min: -40_000, max: 40_000, minLength: 1, maxLength: 60 });
      fc.assert(
        fc.property(anySignal, fc.integer({ min: 0, max: 6 }), (signal, levels) => {
          const transform = lwt(signal, scheme, { mode, levels });
          expect(transform.coefficients.every((band) => band instanceof Int32Array)).toBe(true);
          expect(ilwt(transform)).toEqual(signal);
        }),
        { numRuns: 60 },
      );
    });
  });
});

describe("JPEG 2000's reversible 5/3", () => {
  /** ISO/IEC 15444-1, F.3.8.2.1, word by word: Y(2n+1) first, then Y(2n). */
  const jpeg2000 = (x: Int32Array) => {
    const at = (i: number) => x[Math.min(Math.abs(i), 2 * (x.length - 1) - Math.abs(i))]!;
    const odd = (n: number) => at(2 * n + 1) - Math.floor((at(2 * n) + at(2 * n + 2)) / 2);
    const mirrored = (n: number) => {
      const i = Math.abs(2 * n + 1);
      return odd((Math.min(i, 2 * (x.length - 1) - i) - 1) / 2);
    };
    const even = (n: number) => at(2 * n) + Math.floor((mirrored(n - 1) + mirrored(n) + 2) / 4);
    return [
      Int32Array.from({ length: (x.length + 1) >> 1 }, (_, n) => even(n)),
      Int32Array.from({ length: x.length >> 1 }, (_, n) => odd(n)),
    ];
  };

  test("is this library's, number for number", () => {
    const anySignal = fc.int32Array({ min: -70_000, max: 70_000, minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(anySignal, (signal) => {
        expect(lwt(signal, liftingScheme("cdf5/3")).coefficients).toEqual(jpeg2000(signal));
      }),
    );
  });

  test("leaves a signal of one sample as it is", () => {
    const one = lwt(Int32Array.of(7), liftingScheme("cdf5/3"), { levels: 2 });
    expect(one.coefficients).toEqual([Int32Array.of(7), new Int32Array(0), new Int32Array(0)]);
  });
});

test("Haar on integers is the S transform: the mean, rounded down, and the difference", () => {
  const { coefficients } = lwt(Int32Array.of(5, 2, -3, 4), liftingScheme("haar"));
  expect(coefficients).toEqual([Int32Array.of(3, 0), Int32Array.of(-3, 7)]);
});

test("a smooth signal has small details, and low coefficients are √2 times it a level", () => {
  const line = Float64Array.from({ length: 65 }, (_, i) => 3 + i / 8);
  for (const name of ["cdf5/3", "cdf9/7", "9/7-M", "13/7-T"] as const) {
    const [low, high] = lwt(line, liftingScheme(name)).coefficients;
    expect(Math.max(...high!.slice(4, -4).map(Math.abs))).toBeLessThan(1e-12);
    const inner = low!.slice(4, -4);
    expect(
      distance(
        inner,
        line.filter((_, i) => i % 2 === 0 && i > 7 && i < 57).map((x) => x * Math.SQRT2),
      ),
    ).toBeLessThan(1e-12);
  }
});

test("invalid arguments are refused by name", () => {
  const scheme = liftingScheme("cdf5/3");
  expect(() => lwt(new Float64Array(0), scheme)).toThrow("is empty");
  expect(() => lwt(fixtureSignal(4), scheme, { levels: -1 })).toThrow("not -1");
  expect(() => ilwt({ ...lwt(fixtureSignal(8), scheme), length: 12 })).toThrow(
    "has 4 coefficients instead of 6",
  );
  const whole = lwt(Int32Array.of(1, 2), scheme);
  // @ts-expect-error whole numbers have no adjoint
  expect(() => lwtAdjoint(whole)).toThrow("has no adjoint");
});
