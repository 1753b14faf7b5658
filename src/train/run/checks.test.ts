import { describe, expect, test } from "vitest";
import { changed, integer, like, list, number, object, oneOf, optional, text } from "./checks.ts";

const check = object({
  name: text,
  steps: integer({ min: 1 }),
  rate: optional(number({ min: 0, above: true, max: 1 })),
  color: oneOf(["gray", "ycbcr"]),
  planes: list(object({ size: integer() })),
});
const whole = { name: "x", steps: 3, color: "gray", planes: [{ size: 1 }] };

test("a value of the form comes back as it is", () => {
  expect(check(whole, "")).toEqual(whole);
  expect(check({ ...whole, rate: 0.5 }, "")).toEqual({ ...whole, rate: 0.5 });
});

test.each([
  [{ ...whole, steps: 0 }, "steps must be a whole number of at least 1, and is 0"],
  [{ ...whole, steps: 1.5 }, "steps must be a whole number of at least 1, and is 1.5"],
  [{ ...whole, steps: undefined }, "steps must be a whole number of at least 1, and is missing"],
  [{ ...whole, rate: 0 }, "rate must be a number above 0 and at most 1, and is 0"],
  [{ ...whole, rate: "fast" }, 'rate must be a number above 0 and at most 1, and is "fast"'],
  [{ ...whole, color: "red" }, 'color must be one of "gray", "ycbcr", and is "red"'],
  [{ ...whole, planes: {} }, "planes must be a list, and is {}"],
  [
    { ...whole, planes: [{ size: 1 }, { size: null }] },
    "planes[1].size must be a whole number, and is null",
  ],
  [{ ...whole, stpes: 3 }, "stpes is unknown; known are name, steps, rate, color, planes"],
  [[], "the whole must be an object, and is []"],
  [null, "the whole must be an object, and is null"],
])("of %j it is said which key is wrong", (value, message) => {
  expect(() => check(value, "")).toThrow(message);
});

describe("changes to some defaults", () => {
  const defaults = {
    width: 96,
    share: 0.5,
    shift: 0,
    name: "x",
    sight: { own: 2, pattern: { up: 1 } },
  };

  test("are merged, nested too", () => {
    expect(changed(defaults, { width: 8, sight: { pattern: { up: 3 } } })).toEqual({
      ...defaults,
      width: 8,
      sight: { own: 2, pattern: { up: 3 } },
    });
    expect(changed(defaults, {})).toEqual(defaults);
  });

  test.each([
    [{ sight: null }, "sight must be an object, and is null"],
    [{ sight: { pattern: [] } }, "sight.pattern must be an object, and is []"],
    [{ sight: { colour: 1 } }, "sight.colour is unknown; known are own, pattern"],
    [{ width: 0 }, "width must be a whole number above 0 and at most"],
    [{ width: 1.5 }, "and is 1.5"],
    [{ share: -1 }, "share must be a number above 0 and at most 1000, and is -1"],
    [{ width: 1e9 }, "width must be a whole number above 0 and at most"],
    [{ name: 3 }, 'name must be something like "x", and is 3'],
    [[], "the whole must be an object, and is []"],
    [null, "the whole must be an object, and is null"],
  ])("%j are refused", (changes, message) => {
    expect(() => changed(defaults, changes)).toThrow(message);
  });

  test("what is like defaults has all their keys", () => {
    expect(() => like(defaults)({ width: 3 }, "options")).toThrow(
      "options.share must be a number above 0 and at most 1000, and is missing",
    );
  });
});
