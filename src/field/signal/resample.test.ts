import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Resampling, resample } from "./resample.ts";
import type { Signal } from "./signal.ts";

const signalOf = (size: readonly number[], value: (i: number) => number, channels = 1): Signal => ({
  size,
  channels,
  values: Float32Array.from({ length: size.reduce((a, b) => a * b, channels) }, (_, i) => value(i)),
});

const kinds: readonly Resampling[] = ["cubic", "box"];
const length = fc.integer({ min: 1, max: 12 });

const closeTo = (found: ArrayLike<number>, expected: ArrayLike<number>, digits = 5) => {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(expected[i]!, digits);
};

describe("resample", () => {
  it("keeps constants, from any size to any other, of one or two axes", () => {
    const sizes = fc.oneof(
      fc.tuple(fc.tuple(length), fc.tuple(length)),
      fc.tuple(fc.tuple(length, length), fc.tuple(length, length)),
    );
    fc.assert(
      fc.property(sizes, fc.constantFrom(...kinds), ([from, to], kind) => {
        const { size, values } = resample(
          signalOf(from, () => 0.3),
          to,
          kind,
        );
        expect(size).toEqual(to);
        closeTo(values, signalOf(to, () => 0.3).values);
      }),
    );
  });

  it("leaves a signal of the same size as it is", () => {
    const signal = { ...signalOf([3, 4], (i) => Math.sin(i), 2), range: { low: 0, high: 9 } };
    for (const kind of kinds) expect(resample(signal, [3, 4], kind)).toEqual(signal);
  });

  it("keeps linear ramps in the interior where it enlarges, and where it reduces by whole numbers", () => {
    const middles = (n: number) => (i: number) => (2 * i + 1) / n - 1;
    for (const [from, to, border] of [
      [20, 40, 4],
      [20, 33, 4],
      [20, 10, 2],
      [40, 10, 2],
    ] as const) {
      const { values } = resample(signalOf([from], middles(from)), [to]);
      closeTo(
        values.subarray(border, -border),
        signalOf([to], middles(to)).values.subarray(border, -border),
      );
    }
  });

  it("passes through the samples that a grid three times as fine has", () => {
    const signal = signalOf([9], (i) => Math.sin(2 * i));
    const { values } = resample(signal, [27]);
    closeTo(
      values.filter((_, i) => i % 3 === 1),
      signal.values,
    );
  });

  it("equals Pillow's BICUBIC", () => {
    // python3 -c "import numpy as np; from PIL import Image; im = Image.fromarray(np.array([((i*i*7+3*i)%31)
    //   for i in range(35)], 'f4').reshape(5, 7)); print(np.array(im.resize((10, 8), Image.BICUBIC)).ravel().round(4),
    //   np.array(im.resize((4, 3), Image.BICUBIC)).ravel().round(4))"
    const signal = signalOf([5, 7], (i) => (i * i * 7 + 3 * i) % 31);
    const enlarged = [
      -2.374, 5.1432, 9.4, 2.931, 7.8718, 6.57, -1.0166, 0.3974, 12.2969, 23.8512, 9.3129, 9.3468,
      7.4525, 3.4412, 9.8565, 9.9499, 3.9448, 9.0154, 15.1816, 19.1519, 24.486, 14.7826, 5.1497,
      5.0074, 13.9993, 16.7357, 13.0778, 19.9403, 17.6458, 12.0531, 21.6849, 13.5218, 6.1779, 8.238,
      20.9955, 27.6424, 24.5413, 17.1497, 11.465, 8.7934, 19.1419, 13.1816, 9.3701, 14.3359,
      21.7694, 26.8076, 25.9518, 12.4338, 6.8807, 7.1707, 19.2652, 14.9696, 14.0524, 21.0417,
      15.5135, 14.3086, 17.3768, 7.7615, 5.2489, 7.0475, 21.5857, 20.4532, 17.1578, 11.5903, 5.3225,
      6.3555, 12.1406, 5.0821, 5.3914, 9.0849, 23.3266, 24.2279, 18.6516, 3.4269, -1.2707, 2.4041,
      9.5312, 3.9302, 5.8671, 10.6616,
    ];
    const reduced = [
      8.8626, 7.0389, 8.2499, 15.1093, 14.6455, 14.5369, 21.9615, 10.1439, 20.3027, 10.6469, 8.528,
      6.4356,
    ];
    closeTo(resample(signal, [8, 10]).values, enlarged, 3);
    closeTo(resample(signal, [3, 4]).values, reduced, 3);
  });

  it("by a box takes the mean of what lies in the new cell", () => {
    const square = signalOf([2, 4], (i) => i);
    closeTo(resample(square, [1, 2], "box").values, [2.5, 4.5]);
    closeTo(
      resample(
        signalOf([3], (i) => i),
        [2],
        "box",
      ).values,
      [1 / 3, 5 / 3],
    );
  });

  it("keeps channels apart", () => {
    const both = resample(
      signalOf([6, 5], (i) => Math.cos(i * i), 2),
      [4, 7],
    );
    for (const c of [0, 1]) {
      const one = resample(
        signalOf([6, 5], (i) => Math.cos((2 * i + c) ** 2)),
        [4, 7],
      );
      closeTo(
        both.values.filter((_, i) => i % 2 === c),
        one.values,
      );
    }
  });

  it("changes the rate of a sound with its samples", () => {
    expect(resample({ ...signalOf([8], () => 0), rate: 8000 }, [4]).rate).toBe(4000);
  });

  it("refuses another number of axes, or an axis without samples", () => {
    const signal = signalOf([4], () => 0);
    for (const size of [[], [2, 2], [0], [1.5]]) {
      expect(() => resample(signal, size)).toThrow(RangeError);
    }
  });
});
