import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { bandwidthText, parseQuantity, timeText } from "./quantities.ts";
import { sizeText } from "./sizeText.ts";

describe("a quantity with its unit", () => {
  test.each([
    ["time", "20us", 20e-6],
    ["time", "20 µs", 20e-6],
    ["time", "1.5ms", 1.5e-3],
    ["time", ".3s", 0.3],
    ["time", "2min", 120],
    ["bandwidth", "25Gbit/s", 25e9 / 8],
    ["bandwidth", "25Gb/s", 25e9 / 8],
    ["bandwidth", "100Mbps", 100e6 / 8],
    ["bandwidth", "3GB/s", 3e9],
    ["bandwidth", "1GiB/s", 2 ** 30],
    ["bandwidth", "1e9B/s", 1e9],
    ["bytes", "16GB", 16e9],
    ["bytes", "16GiB", 16 * 2 ** 30],
    ["bytes", "8B", 8],
  ] as const)("%s %s", (kind, text, value) => {
    expect(parseQuantity("--x", kind, text) / value).toBeCloseTo(1, 12);
  });

  test.each([
    ["time", "20"],
    ["time", "20 parsecs"],
    ["time", "-1s"],
    ["time", "0s"],
    ["time", "us"],
    ["bandwidth", "25G"],
    ["bandwidth", "25gb/s"],
    ["bytes", "16Gb"],
    ["bytes", "1e400B"],
    ["bytes", "1 constructor"],
  ] as const)("is refused without a unit that is known: %s %s", (kind, text) => {
    expect(() => parseQuantity("--x", kind, text)).toThrow(UserError);
    expect(() => parseQuantity("--x", kind, text)).toThrow(/^--x must be .*, not “/);
  });
});

test("texts for people can be read back, to three digits", () => {
  fc.assert(
    fc.property(fc.double({ min: -8, max: 3, noNaN: true }), (digits) => {
      const seconds = 10 ** digits;
      const read = parseQuantity("--x", "time", timeText(seconds));
      expect(Math.abs(read - seconds)).toBeLessThanOrEqual(Math.max(0.006 * seconds, 0.6e-8));
    }),
  );
  expect(timeText(0.0123)).toBe("12.3 ms");
  expect(timeText(0.99999)).toBe("1.00 s");
  expect(timeText(123.4)).toBe("123 s");
  expect(bandwidthText(3.125e9)).toBe("3.13 GB/s (25.0 Gbit/s)");
  expect([8, 640, 11_594_722, 2.4e9].map(sizeText)).toEqual(["8 B", "0.6 kB", "12 MB", "2.4 GB"]);
});
