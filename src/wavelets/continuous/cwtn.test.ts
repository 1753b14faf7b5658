import { describe, expect, test } from "vitest";
import { distance, dot, noise } from "../testing.ts";
import { cwt } from "./cwt.ts";
import { cwtn, cwtnAdjoint, icwtn, icwtnAdjoint } from "./cwtn.ts";

const shape = [2, 12, 3];
const array = { shape, data: noise(72, 0) };
const scales = [1, 2, 5];

test("each line is the transform of its signal", () => {
  const whole = cwtn(array, scales, "morlet6", { axis: 1, samplingPeriod: 0.1, norm: "l1" });
  expect(whole.re.shape).toEqual([3, 2, 12, 3]);
  expect([whole.axis, whole.length]).toEqual([1, 12]);
  for (let a = 0; a < 2; a++)
    for (let b = 0; b < 3; b++) {
      const place = (n: number) => (a * 12 + n) * 3 + b;
      const line = Float64Array.from({ length: 12 }, (_, n) => array.data[place(n)]!);
      const own = cwt(line, scales, "morlet6", { samplingPeriod: 0.1, norm: "l1" });
      expect(whole.frequencies).toEqual(own.frequencies);
      for (const part of ["re", "im"] as const)
        own[part]!.forEach((value, i) => {
          const [s, n] = [Math.floor(i / 12), i % 12];
          expect(whole[part]!.data[s * 72 + place(n)]).toBe(value);
        });
      own.residual.forEach((value, n) => {
        expect(whole.residual.data[place(n)]).toBe(value);
      });
    }
});

test("along the last axis by default, in the type of the data", () => {
  const rows = { shape: [2, 8], data: Float32Array.from(noise(16, 0)) };
  const { re, im, axis } = cwtn(rows, [2], "mexh");
  expect([re.shape, im, axis]).toEqual([[1, 2, 8], undefined, 1]);
  expect(re.data).toBeInstanceOf(Float32Array);
  expect(re.data.slice(8)).toEqual(cwt(rows.data.slice(8), [2], "mexh").re);
});

describe.each(["morlet6", "mexh"])("%s", (wavelet) => {
  test("the inverse gives the array back, the adjoints are adjoint", () => {
    const whole = cwtn(array, [0.5, 1, 2, 4], wavelet, { axis: 1 });
    expect(distance(icwtn(whole).data, array.data)).toBeLessThan(1e-10);
    const other = icwtnAdjoint({ shape, data: noise(72, 1) }, whole);
    const planes = ({ re, im, residual }: typeof whole) =>
      [re, im, residual].flatMap((plane) => (plane ? [plane.data] : []));
    expect(dot(planes(whole), planes(other))).toBeCloseTo(
      dot(array.data, cwtnAdjoint(other).data),
      9,
    );
    expect(dot(planes(whole), planes(other))).toBeCloseTo(dot(icwtn(whole).data, noise(72, 1)), 9);
  });
});

test("what does not fit is refused", () => {
  expect(() => cwtn(array, scales, "mexh", { axis: 3 })).toThrow("no axis 3");
  const whole = cwtn(array, scales, "mexh", { axis: 1 });
  expect(() => icwtn({ ...whole, re: whole.residual })).toThrow("3×2×12×3 is needed");
  expect(() => icwtn({ ...whole, axis: 2 })).toThrow("does not have 12 samples");
});
