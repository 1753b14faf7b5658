import { describe, expect, test } from "vitest";
import { distance, noise } from "../../testing.ts";
import { createFft, createInterleavedFft, fastLength } from "./fft.ts";

/** Σ_n x[n] e^(−2πi kn/N), by its definition. */
function definition(x: Float64Array, y: Float64Array) {
  const length = x.length;
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  for (let k = 0; k < length; k++) {
    for (let n = 0; n < length; n++) {
      const angle = (2 * Math.PI * ((k * n) % length)) / length;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      re[k]! += x[n]! * c + y[n]! * s; // all hold `length`
      im[k]! += y[n]! * c - x[n]! * s;
    }
  }
  return { re, im };
}

describe("the Fourier transform", () => {
  const lengths = [...Array.from({ length: 70 }, (_, i) => i + 1), 121, 128, 210, 251, 360];

  test.each(lengths)("of %i samples is its definition", (length) => {
    const random = noise(2 * length, 0);
    const [re, im] = [random.slice(0, length), random.slice(length)];
    const expected = definition(re, im);
    createFft(length).forward(re, im);
    expect(distance(re, expected.re)).toBeLessThan(1e-12);
    expect(distance(im, expected.im)).toBeLessThan(1e-12);
  });

  test.each([1, 2, 3, 31, 4096, 6000, 10007])(
    "of %i samples is undone by its inverse",
    (length) => {
      const random = noise(2 * length, 0);
      const [re, im] = [random.slice(0, length), random.slice(length)];
      const fft = createFft(length);
      fft.forward(re, im);
      fft.inverse(re, im);
      expect(distance(re, random.slice(0, length))).toBeLessThan(1e-14);
      expect(distance(im, random.slice(length))).toBeLessThan(1e-14);
    },
  );

  test("needs an integer length from 1 up", () => {
    expect(() => createFft(0)).toThrow(RangeError);
    expect(() => createFft(2.5)).toThrow("not 2.5");
  });
});

test("a fast length has the prime factors 2, 3 and 5 alone", () => {
  expect([1, 7, 11, 17, 4097, 12288].map(fastLength)).toEqual([1, 8, 12, 18, 4320, 12288]);
});

test.each([1, 12, 35, 22])(
  "interleaved signals of %i samples are transformed as each alone",
  (length) => {
    const count = 3;
    const [re, im] = [noise(length * count, 1), noise(length * count, 2)];
    const each = Array.from({ length: count }, (_, i) => {
      const of = (all: Float64Array) => all.filter((_, n) => n % count === i);
      const [x, y] = [of(re), of(im)];
      createFft(length).forward(x, y);
      return { x, y };
    });
    createInterleavedFft(length, count).forward(re, im);
    each.forEach(({ x, y }, i) => {
      expect(re.filter((_, n) => n % count === i)).toEqual(x);
      expect(im.filter((_, n) => n % count === i)).toEqual(y);
    });
  },
);
