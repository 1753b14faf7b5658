import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sizeOf } from "../../arrays/ndArray.ts";
import type { WaveletName } from "../../families/wavelet.ts";
import { distance, fixtureSignal, noise } from "../../testing.ts";
import { type Digest, digestError } from "../../undecimated/testing.ts";
import { wavedec, waverec } from "../wavedec.ts";
import { wavedec2, waverec2 } from "../wavedec2.ts";
import { wavedecn, waverecn } from "../wavedecn.ts";
import { mapBands, ravel, unravel } from "./mapBands.ts";

interface Frozen {
  shape: number[];
  wavelet: WaveletName;
  levels: number;
  values: Digest;
}
const { ravels }: { ravels: Frozen[] } = JSON.parse(
  readFileSync(new URL("../../fixtures/conveniences.json", import.meta.url), "utf8"),
);

describe("coefficients in one flat array are in the order of PyWavelets' ravel_coeffs", () => {
  test.each(ravels)("$shape", ({ shape, wavelet, levels, values }) => {
    const data = fixtureSignal(sizeOf(shape));
    expect(digestError(ravel(wavedecn({ shape, data }, wavelet, { levels })), values)).toBeLessThan(
      1e-12,
    );
    const [height = 1, width = 1] = shape;
    if (shape.length === 1)
      expect(digestError(ravel(wavedec(data, wavelet, { levels })), values)).toBeLessThan(1e-12);
    if (shape.length === 2)
      expect(
        digestError(ravel(wavedec2({ height, width, data }, wavelet, { levels })), values),
      ).toBeLessThan(1e-12);
  });
});

test("and are converted back to the decomposition and the signal", () => {
  const line = wavedec(noise(21, 1), "db2", { levels: 2 });
  expect(unravel(ravel(line), line)).toEqual(line);
  const matrix = wavedec2({ height: 6, width: 9, data: noise(54, 2) }, "haar", { levels: 2 });
  expect(unravel(ravel(matrix), matrix)).toEqual(matrix);
  const array = wavedecn({ shape: [3, 4, 5], data: noise(60, 3) }, "haar", { axes: [0, 2] });
  expect(unravel(ravel(array), array)).toEqual(array);
  expect(distance(waverecn(unravel(ravel(array), array)).data, noise(60, 3))).toBeLessThan(1e-13);
  expect(waverec2(unravel(ravel(matrix), matrix)).data.length).toBe(54);
});

test("bands have the type of the flat array and are views of it", () => {
  const like = wavedec(noise(8, 1), "haar", { levels: 1 });
  const flat = Float32Array.from({ length: 8 }, (_, i) => i);
  const back = unravel(flat, like);
  flat[0] = 100;
  expect(back.coefficients).toEqual([Float32Array.of(100, 1, 2, 3), Float32Array.of(4, 5, 6, 7)]);
  expect(waverec(back)).toBeInstanceOf(Float32Array);
  expect(() => unravel(flat.subarray(1), like)).toThrow("7 coefficients do not fill");
});

test("a map is called once for every band, with its key and level", () => {
  const seen: string[] = [];
  const note = <A>(band: A, { key, level }: { key: string; level: number }) => {
    seen.push(`${key}${level}`);
    return band;
  };
  mapBands(wavedec(noise(16, 1), "haar", { levels: 2 }), note);
  mapBands(wavedec2({ height: 4, width: 4, data: noise(16, 1) }, "haar", { levels: 2 }), note);
  expect(seen.join(" ")).toBe("a2 d2 d1 aa2 ad2 da2 dd2 ad1 da1 dd1");
  const zeroed = mapBands(wavedec(Float64Array.of(1, 3), "haar"), (band, { key }) =>
    key === "d" ? band.map(() => 0) : band,
  );
  expect(distance(waverec(zeroed), [2, 2])).toBeLessThan(1e-15);
  expect(() => mapBands(zeroed, (band) => band.subarray(1))).toThrow("but the function returned 0");
});

test("strided bands are taken in row-major order", () => {
  const whole = wavedecn({ shape: [4, 4], data: noise(16, 1) }, "haar", { levels: 1 });
  const { data } = whole.approximation;
  const turned = { shape: [2, 2], data: Float64Array.of(data[0]!, data[2]!, data[1]!, data[3]!) };
  const strided = { ...whole, approximation: { ...turned, strides: [1, 2] } };
  expect(ravel(strided)).toEqual(ravel(whole));
});
