import { describe, expect, test } from "vitest";
import type { Matrix } from "../../arrays/matrix.ts";
import { distance, dot, noise } from "../../testing.ts";
import { scalesFor } from "../scales.ts";
import { type Cwt2, cwt2, cwt2Adjoint, icwt2, icwt2Adjoint } from "./cwt2.ts";
import { mexh2, morlet2 } from "./wavelets2.ts";

const picture = (height: number, width: number): Matrix<Float64Array> => ({
  height,
  width,
  data: noise(height * width, 0).map((value) => value + 4),
});
const halfTurn = (count: number) => Array.from({ length: count }, (_, i) => (Math.PI * i) / count);

describe("a wavelet of the plane", () => {
  // `1/s Σ f(x) ψ(R⁻¹(x − b)/s)`, by its definition in space, where ψ does not alias.
  const functions = {
    mexh: (x: number, y: number) => {
      const square = x * x + y * y;
      return { re: ((2 - square) * Math.exp(-square / 2)) / Math.sqrt(2 * Math.PI), im: 0 };
    },
    morlet: (x: number, y: number) => {
      const bell = Math.exp(-(x * x + y * y) / 2) / Math.sqrt(Math.PI);
      const re = bell * (Math.cos(4 * x) - Math.exp(-8));
      return { re, im: bell * Math.sin(4 * x) };
    },
  };
  test.each([
    [mexh2(), functions.mexh],
    [morlet2(4), functions.morlet],
  ] as const)("is sampled exactly: $name", (wavelet, psi) => {
    const [height, width, scale, angle] = [61, 70, 4, 0.7];
    const data = picture(height, width);
    const { bands } = cwt2(data, [scale], wavelet, { angles: [angle] });
    const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
    const wrap = (d: number, n: number) => d - n * Math.round(d / n);
    for (const [bx, by] of [
      [0, 0],
      [33, 20],
      [69, 60],
    ] as const) {
      let [re, im] = [0, 0];
      for (let i = 0; i < data.data.length; i++) {
        const [dx, dy] = [wrap((i % width) - bx, width), wrap(Math.floor(i / width) - by, height)];
        const value = psi(cos * dx + sin * dy, cos * dy - sin * dx);
        re += (data.data[i]! * value.re) / scale; // in the picture
        im -= (data.data[i]! * value.im) / scale;
      }
      const place = by * width + bx;
      expect(Math.abs(bands[0]!.re.data[place]! - re)).toBeLessThan(1e-10); // one band
      expect(Math.abs((bands[0]!.im?.data[place] ?? 0) - im)).toBeLessThan(1e-10);
    }
  });
});

test.each([
  [mexh2(), [0]],
  [morlet2(), halfTurn(3)],
] as const)(
  "adjoints with $name: <cwt2 x, y> = <x, cwt2Adjoint y>, and of the inverse",
  (wavelet, angles) => {
    const all = ({ bands, residual }: Cwt2) => [
      ...bands.flatMap(({ re, im }) => [re.data, ...(im ? [im.data] : [])]),
      residual.data,
    ];
    for (const [height, width] of [
      [1, 1],
      [6, 9],
      [5, 8],
    ] as const) {
      const x = picture(height, width);
      const transform = cwt2(x, [0.8, 2, 3], wavelet, { angles });
      const y = cwt2({ ...x, data: x.data.map((value) => value ** 2) }, [0.8, 2, 3], wavelet, {
        angles,
      });
      for (const [k, plane] of all(y).entries()) plane.set(noise(plane.length, k));
      const forward = dot(all(transform), all(y));
      expect(
        Math.abs(forward - dot(x.data, cwt2Adjoint(y).data)) / (1 + Math.abs(forward)),
      ).toBeLessThan(1e-12);
      const backward = dot(icwt2(y).data, x.data);
      const transposed = dot(all(y), all(icwt2Adjoint(x, transform)));
      expect(Math.abs(backward - transposed) / (1 + Math.abs(backward))).toBeLessThan(1e-12);
    }
  },
);

describe("the transform of a picture", () => {
  const shapes = [
    [1, 1],
    [1, 9],
    [16, 16],
    [15, 22],
    [37, 20],
  ] as const;

  test.each(shapes)(
    "of %i × %i pixels is undone exactly, with the Mexican hat",
    (height, width) => {
      const data = picture(height, width);
      const transform = cwt2(data, scalesFor({ from: 0.4, to: 6, voices: 3 }), mexh2());
      expect(distance(icwt2(transform).data, data.data)).toBeLessThan(1e-11);
    },
  );

  test.each(shapes)("of %i × %i pixels is undone exactly, with Morlet's", (height, width) => {
    const data = picture(height, width);
    const scales = scalesFor({ from: 1.2, to: 10, voices: 4 });
    const transform = cwt2(data, scales, morlet2(), { angles: halfTurn(10) });
    expect(distance(icwt2(transform).data, data.data)).toBeLessThan(1e-10);
  });

  test("shows a wave in the direction it runs in", () => {
    const [height, width] = [64, 64];
    // Along (x, y) = (1, 1): 45° from x toward y.
    const wave = Float64Array.from({ length: height * width }, (_, i) =>
      Math.cos((2 * Math.PI * 8 * ((i % width) + Math.floor(i / width))) / width),
    );
    const angles = halfTurn(8);
    const frequency = (2 * Math.PI * 8 * Math.SQRT2) / width;
    const wavelet = morlet2();
    const data = { height, width, data: wave };
    const { bands } = cwt2(data, [wavelet.peakFrequency / frequency], wavelet, { angles });
    const sizes = bands.map(({ re, im }) => Math.hypot(re.data[0]!, im?.data[0] ?? 0)); // not empty
    expect(angles[sizes.indexOf(Math.max(...sizes))]).toBeCloseTo(Math.PI / 4, 12);
    expect(sizes[6]).toBeLessThan(1e-6 * sizes[2]!); // eight
  });

  test("keeps float32, and refuses what it cannot transform", () => {
    const data = { height: 8, width: 9, data: Float32Array.from(noise(72, 0)) };
    const transform = cwt2(data, scalesFor({ from: 0.4, to: 3, voices: 3 }), mexh2());
    expect(icwt2(transform).data).toBeInstanceOf(Float32Array);
    expect(distance(icwt2(transform).data, data.data)).toBeLessThan(2e-6);
    const hole = { ...data, data: data.data.with(10, Number.NaN) };
    expect(() => cwt2(hole, [1], mexh2())).toThrow("NaN at index 10");
    expect(() => cwt2(data, [0], mexh2())).toThrow("not 0");
    expect(() => cwt2(data, [1], mexh2(), { angles: [] })).toThrow("angle");
    expect(() => icwt2({ ...transform, bands: [] })).toThrow("0 bands");
  });
});
