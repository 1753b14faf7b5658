import { describe, expect, test } from "vitest";
import { distance, noise } from "../../testing.ts";
import { createFft, createInterleavedFft, fastLength, keptFft } from "./fft.ts";
import { type Pass, pass2, pass3, pass4, pass5 } from "./passes.ts";
import { roots } from "./roots.ts";
import { simdFft } from "./simdFft.ts";

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

test("a fast length has the prime factors 2, 3 and 5 alone; a long one is a multiple of 8", () => {
  expect([1, 7, 11, 17, 16_395, 4097, 12_288].map(fastLength)).toEqual([
    1, 8, 12, 18, 17_280, 4320, 12_288,
  ]);
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

test.each([
  [2, pass2],
  [3, pass3],
  [4, pass4],
  [5, pass5],
] as const)("vectors of radix %i give the plain pass's numbers, bit for bit", (radix, plain) => {
  for (const [stride, turn, part] of [
    [2, 1, 9],
    [6, 3, 4],
    [16, 16, 5],
  ] as const) {
    const n = radix * part;
    const table = roots(n * turn, n * turn);
    const pass: Pass = { radix, stride, turn, n, ...table };
    const size = n * stride;
    const vectors = simdFft(table, size)!; // vectors are here
    for (const from of [0, 1] as const) {
      const [source, target] = [vectors.pairs[from], vectors.pairs[from === 0 ? 1 : 0]];
      source.re.set(noise(size, 1));
      source.im.set(noise(size, 2));
      const expected = [new Float64Array(size), new Float64Array(size)] as const;
      plain(pass, source.re, source.im, ...expected);
      expect(vectors.run(pass, from)).toBe(true);
      expect(target.re.slice()).toEqual(expected[0]);
      expect(target.im.slice()).toEqual(expected[1]);
    }
  }
});

test("vectors of the first pass of one signal give the plain pass's numbers, bit for bit", () => {
  for (const n of [40, 64, 200]) {
    const table = roots(n, n);
    const pass: Pass = { radix: 4, stride: 1, turn: 1, n, ...table };
    const { pairs, run } = simdFft(table, n)!; // vectors are here
    pairs[0].re.set(noise(n, 1));
    pairs[0].im.set(noise(n, 2));
    const expected = [new Float64Array(n), new Float64Array(n)] as const;
    pass4(pass, pairs[0].re, pairs[0].im, ...expected);
    expect(run(pass, 0)).toBe(true);
    expect(pairs[1].re.slice()).toEqual(expected[0]);
    expect(pairs[1].im.slice()).toEqual(expected[1]);
    // Places in pairs only: a part of an odd length has no vectors.
    expect(run({ ...pass, n: 36 }, 0)).toBe(false);
  }
});

test("transforms are kept, the last few of them, and give what new ones give", () => {
  const fft = keptFft(96);
  keptFft(97);
  expect(keptFft(96)).toBe(fft);
  const [re, im] = [noise(96, 1), noise(96, 2)];
  const expected = { re: re.slice(), im: im.slice() };
  fft.forward(re, im);
  createFft(96).forward(expected.re, expected.im);
  expect([re, im]).toEqual([expected.re, expected.im]);
  expect(keptFft(70_000)).toBe(keptFft(70_000)); // until memory is collected, which it is not in between
  expect(keptFft(70_001)).not.toBe(keptFft(70_000));
  expect(keptFft(96)).toBe(fft);
  for (const length of [98, 99, 100, 102]) keptFft(length);
  expect(keptFft(96)).not.toBe(fft);
});

test("an odd stride has no vectors, a short transform no memory, and roots are those of the last call", () => {
  const [small, large] = [roots(36, 36), roots(64, 64)];
  expect(simdFft(small, 36)?.run({ radix: 3, stride: 3, turn: 3, n: 12, ...small }, 0)).toBe(false);
  expect(simdFft(small, 8)).toBeUndefined();
  const alternating = [36, 64, 36].map((length) => {
    const [re, im] = [noise(length, 1), noise(length, 2)];
    const expected = definition(re, im);
    createFft(length).forward(re, im);
    return distance(re, expected.re) + distance(im, expected.im);
  });
  expect(Math.max(...alternating)).toBeLessThan(1e-12);
  expect(simdFft(large, 64)).toBe(simdFft(large, 64));
});
