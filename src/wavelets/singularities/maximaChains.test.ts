import { describe, expect, test } from "vitest";
import { chained, type Maximum } from "./maximaChains.ts";
import { type MaximaOptions, resolveMaximaOptions } from "./maximaOptions.ts";

const at = (scale: number, x: number, modulus = 1, angle = 0): Maximum => ({
  x,
  y: 0,
  scale,
  modulus,
  angle,
});

/** Chains of the given maxima with everything kept unless said otherwise, as `place: length`. */
const lengths = (levels: readonly (readonly Maximum[])[], options: MaximaOptions = {}) => {
  const everything = { minLength: 1, exponents: [-9, 9], ...options } as const;
  const scales = levels.map((_, i) => 2 ** i);
  const kept = chained(levels, resolveMaximaOptions(scales, everything));
  return kept.map(({ x, length }) => `${x}: ${length}`);
};

describe("a maximum continues at the next scale", () => {
  test("in the nearest maximum", () => {
    expect(lengths([[at(1, 5)], [at(2, 4), at(2, 5.5)]])).toEqual(["5: 2", "4: 1", "5.5: 2"]);
  });

  test("no farther than the coarser scale, or than `reach` times that", () => {
    expect(lengths([[at(1, 5)], [at(2, 7)]])).toEqual(["5: 2", "7: 2"]);
    expect(lengths([[at(1, 5)], [at(2, 7.01)]])).toEqual(["5: 1", "7.01: 1"]);
    expect(lengths([[at(1, 5)], [at(2, 8.9)]], { reach: 2 })).toEqual(["5: 2", "8.9: 2"]);
  });

  test("beside it, below it and behind it, where both lie in cells of their own", () => {
    const place = { scale: 2, modulus: 1, angle: 0 };
    const beside = [at(2, 4.1)];
    const below = [{ ...place, x: 3.9, y: 2.1 }];
    const behind = [{ ...place, x: 3.9, y: 0, z: 2.1 }];
    const fine = { ...place, scale: 1, x: 3.9, y: 1.9, z: 1.9 };
    expect(lengths([[{ ...fine, y: 0, z: 0 }], beside])[0]).toBe("3.9: 2");
    expect(lengths([[{ ...fine, z: 0 }], below])[0]).toBe("3.9: 2");
    expect(lengths([[{ ...fine, y: 0 }], behind])[0]).toBe("3.9: 2");
  });

  test("that faces within 45° of it, or within `turn`, also across ±180°", () => {
    const turning = (from: number, to: number, options?: MaximaOptions) =>
      lengths([[at(1, 0, 1, from)], [at(2, 0, 1, to)]], options)[0];
    expect(turning(0, Math.PI / 4)).toBe("0: 2");
    expect(turning(0, Math.PI / 3.9)).toBe("0: 1");
    expect(turning(0, Math.PI / 3.9, { turn: 1 })).toBe("0: 2");
    expect(turning(3, -3)).toBe("0: 2");
  });
});

test("where chains meet, each keeps its own way and the nearest one's goes on", () => {
  const near = at(1, 5, 1);
  const far = at(1, 6.5, 2);
  const joint = at(2, 5.2, 4);
  const kept = chained(
    [[near, far], [joint]],
    resolveMaximaOptions([1, 2], {
      exponents: [-9, 9],
    }),
  );
  expect(kept.map(({ exponent }) => exponent)).toEqual([2, 1, 2]);
});

test("the exponent is the slope of the logarithms, and unknown for one scale", () => {
  const resolved = resolveMaximaOptions([1, 2, 4], { minLength: 1 });
  const power = [[at(1, 0, 3)], [at(2, 0, 3 * 2 ** 0.5)], [at(4, 0, 3 * 4 ** 0.5)]];
  for (const { exponent } of chained(power, resolved)) expect(exponent).toBeCloseTo(0.5, 12);
  expect(chained([[at(1, 0)]], resolved).map(({ exponent }) => exponent)).toEqual([Number.NaN]);
});

test("short chains and exponents out of bounds are dropped", () => {
  const levels = [[at(1, 0), at(1, 50)], [at(2, 0)], [at(4, 0, 1.1)], [at(8, 0), at(8, 90)]];
  expect(lengths(levels)).toEqual(["0: 4", "50: 1", "0: 4", "0: 4", "0: 4", "90: 1"]);
  expect(lengths(levels, { minLength: 2 })).toEqual(["0: 4", "0: 4", "0: 4", "0: 4"]);
  expect(lengths(levels, { exponents: [0.5, 1] })).toEqual(["50: 1", "90: 1"]);
});

test("a scale without maxima ends all chains", () => {
  expect(lengths([[at(1, 0)], [], [at(4, 0)]])).toEqual(["0: 1", "0: 1"]);
});

describe("invalid arguments are refused by name", () => {
  test.each<[string, readonly number[]]>([
    ["need at least one scale", []],
    ["scales must increase, unlike 1, 4, 2", [1, 4, 2]],
    ["scales must increase, unlike 2, 2", [2, 2]],
    ["not 0", [0, 1]],
    ["not -1", [-1]],
    ["not NaN", [1, Number.NaN]],
  ])("%s", (message, scales) => {
    expect(() => resolveMaximaOptions(scales, {})).toThrow(RangeError);
    expect(() => resolveMaximaOptions(scales, {})).toThrow(message);
  });

  test.each<[string, MaximaOptions]>([
    ["threshold must be from 0 to 1, not 2", { threshold: 2 }],
    ["reach must be a positive number, not 0", { reach: 0 }],
    ["turn must be from 0 to π radians, not -1", { turn: -1 }],
    ["minLength must be an integer from 1 to 2, the number of scales, not 3", { minLength: 3 }],
    ["not 1.5", { minLength: 1.5 }],
    ["exponents must be [lowest, highest], not 1,0", { exponents: [1, 0] }],
  ])("%s", (message, options) => {
    expect(() => resolveMaximaOptions([1, 2], options)).toThrow(RangeError);
    expect(() => resolveMaximaOptions([1, 2], options)).toThrow(message);
  });
});
