import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { liftingNames, liftingScheme } from "./liftingScheme.ts";
import { ilwt, lwt } from "./lwt.ts";
import { ilwt2, lwt2 } from "./lwt2.ts";
import { integerRange } from "./schemeFilters.ts";

describe.each(liftingNames)("%s", (name) => {
  const scheme = liftingScheme(name);

  test("no signal within the range overflows, and each is restored", () => {
    for (const levels of [1, 2, 5]) {
      const range = integerRange(scheme, levels);
      const extreme = fc.constantFrom(-range, range, range - 1, 0);
      const signals = fc.array(extreme, { minLength: 1, maxLength: 70 });
      fc.assert(
        fc.property(signals, fc.constantFrom("reflect", "periodization"), (values, mode) => {
          const signal = Int32Array.from(values);
          expect(ilwt(lwt(signal, scheme, { levels, mode }))).toEqual(signal);
        }),
        { numRuns: 60 },
      );
    }
  });

  test("nor any matrix", () => {
    const range = integerRange(scheme, 2, 2);
    const extreme = fc.constantFrom(-range, range);
    fc.assert(
      fc.property(fc.array(extreme, { minLength: 90, maxLength: 90 }), (values) => {
        const matrix = { height: 9, width: 10, data: Int32Array.from(values) };
        expect(ilwt2(lwt2(matrix, scheme, { levels: 2 }))).toEqual(matrix);
      }),
      { numRuns: 40 },
    );
  });
});

test("the range of 5/3 is sharp up to rounding: signals slightly above it are refused", () => {
  const scheme = liftingScheme("cdf5/3");
  const above = integerRange(scheme, 1) + 2;
  expect(above).toBeGreaterThan(2 ** 30 - 3);
  const worst = Int32Array.of(-above, above, -above);
  expect(() => lwt(worst, scheme)).toThrow("does not fit in 32 bits");
});

test("16 bits fit in five levels of a matrix", () => {
  for (const name of liftingNames) {
    expect(integerRange(liftingScheme(name), 5, 2)).toBeGreaterThan(2 ** 16);
  }
});

test("integers that would overflow 32 bits are refused", () => {
  const anySignal = fc.int32Array({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(anySignal, fc.constantFrom(...liftingNames), (signal, name) => {
      const forth = () => lwt(signal, liftingScheme(name), { levels: 2 });
      let transform: ReturnType<typeof forth>;
      try {
        transform = forth();
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(ilwt(transform)).toEqual(signal);
    }),
  );
});
