import { expect, test } from "vitest";
import { noise } from "../testing.ts";
import { cwt, cwtRow } from "./cwt.ts";
import { cwtRows } from "./cwtRows.ts";

const scales = [2, 3, 5, 8, 12];

test.each(
  ["morlet6", "mexh", "gaus1"].flatMap((wavelet) =>
    (["symmetric", "periodic", "zero"] as const).map((mode) => ({ wavelet, mode })),
  ),
)("rows of $wavelet in mode $mode are those of the transform, in order", ({ wavelet, mode }) => {
  const signal = Float32Array.from(noise(101, 3));
  const options = { mode, norm: "l1", samplingPeriod: 0.1 } as const;
  const whole = cwt(signal, scales, wavelet, options);
  const seen: number[] = [];
  for (const { index, scale, frequency, re, im } of cwtRows(signal, scales, wavelet, options)) {
    const row = cwtRow(whole, index);
    // Without the scaling function the last real wavelet has another partner in its Fourier transform: the last bit differs.
    for (const [plane, expected] of [
      [re, row.re],
      [im, row.im],
    ] as const) {
      expect(plane?.length).toBe(expected?.length);
      plane?.forEach((value, n) => void expect(value).toBeCloseTo(expected![n]!, 6));
    }
    expect([scale, frequency]).toEqual([scales[index], whole.frequencies[index]]);
    seen.push(index);
  }
  expect(seen).toEqual([0, 1, 2, 3, 4]);
});

test.each(
  ["morlet6", "mexh"].flatMap((wavelet) =>
    (["symmetric", "periodic", "zero"] as const).map((mode) => ({ wavelet, mode })),
  ),
)("rows of $wavelet in mode $mode stay right while other transforms run", ({ wavelet, mode }) => {
  const signal = noise(64, 1);
  const alone = Array.from(cwtRows(signal, scales, wavelet, { mode }), ({ re }) => re.slice());
  const between = Array.from(cwtRows(signal, scales, wavelet, { mode }), ({ re }) => {
    const row = re.slice();
    cwt(noise(64, 2), [2, 4], "mexh", { mode });
    return row;
  });
  expect(between).toEqual(alone);
});

test("the arrays of a row are overwritten by the next one", () => {
  const rows = [...cwtRows(noise(20, 1), [2, 4], "morlet6")];
  expect(rows[0]!.re).toBe(rows[1]!.re);
});
