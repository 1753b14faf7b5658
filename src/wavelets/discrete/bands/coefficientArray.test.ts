import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sizeOf } from "../../arrays/ndArray.ts";
import type { Mode } from "../../extension/mode.ts";
import type { WaveletName } from "../../families/wavelet.ts";
import { distance, fixtureSignal, noise, noiseMatrix } from "../../testing.ts";
import { iswt, swt } from "../../undecimated/swt.ts";
import { swt2 } from "../../undecimated/swt2.ts";
import { iswtn, swtn } from "../../undecimated/swtn.ts";
import { type Digest, digestError } from "../../undecimated/testing.ts";
import { wavedec, waverec } from "../wavedec.ts";
import { wavedec2 } from "../wavedec2.ts";
import { wavedecn } from "../wavedecn.ts";
import { arrayToCoeffs, coeffsToArray } from "./coefficientArray.ts";
import { bandSlices, mapBands, ravel, unravel } from "./mapBands.ts";
import { pack } from "./mosaic.ts";

interface Frozen {
  shape: number[];
  axes: number[];
  wavelet: WaveletName;
  mode: Mode;
  levels: number;
  whole: number[];
  values: Digest;
  blocks: Record<string, [number, number][]>[];
  flat: Digest;
  slices: [number, number][];
}
const { coefficientArrays }: { coefficientArrays: Frozen[] } = JSON.parse(
  readFileSync(new URL("../../fixtures/arrays.json", import.meta.url), "utf8"),
);

describe.each(coefficientArrays)(
  "$shape along $axes, $mode, $levels levels",
  ({ shape, axes, wavelet, mode, levels, whole, values, blocks, flat, slices }) => {
    const data = fixtureSignal(sizeOf(shape));
    const bands = wavedecn({ shape, data }, wavelet, { axes, mode, levels });

    test("the array, its padding and the blocks are PyWavelets'", () => {
      const ours = coeffsToArray(bands, { padding: 7 });
      expect(ours.array.shape).toEqual(whole);
      expect(digestError(ours.array.data, values)).toBeLessThan(1e-12);
      expect(ours.blocks).toEqual(blocks);
      expect(arrayToCoeffs(ours.array, bands)).toEqual(bands);
    });

    test("the flat array and its slices are PyWavelets'", () => {
      expect(digestError(ravel(bands), flat)).toBeLessThan(1e-12);
      expect(bandSlices(bands).map(({ start, end }) => [start, end])).toEqual(slices);
    });
  },
);

test("signals and matrices have the arrays of their one or two axes, and come back in their form", () => {
  const line = wavedec(noise(21, 1), "db2", { levels: 2 });
  const same = wavedecn({ shape: [21], data: noise(21, 1) }, "db2", { levels: 2 });
  expect(coeffsToArray(line)).toEqual(coeffsToArray(same));
  expect(arrayToCoeffs(coeffsToArray(line).array, line)).toEqual(line);
  expect(
    distance(waverec(arrayToCoeffs(coeffsToArray(line).array, line)), noise(21, 1)),
  ).toBeLessThan(1e-13);
  const matrix = wavedec2(noiseMatrix(6, 9), "db2", { levels: 2 });
  expect(arrayToCoeffs(coeffsToArray(matrix).array, matrix)).toEqual(matrix);
});

test("where the bands tile it, the array is the mosaic of pack, and needs no padding", () => {
  const bands = wavedec2(noiseMatrix(8, 12), "db2", { levels: 2, mode: "periodization" });
  const { array } = coeffsToArray(bands, { padding: null });
  expect(array).toEqual({ shape: [8, 12], data: pack(bands).data });
});

test("an array that needs padding is refused where there may be none", () => {
  const bands = wavedec(noise(13, 0), "db2", { levels: 2 });
  expect(coeffsToArray(bands, { padding: null }).array.shape).toEqual([18]); // one axis always tiles
  const matrix = wavedec2(noiseMatrix(6, 6), "db2", { levels: 2 });
  expect(() => coeffsToArray(matrix, { padding: null })).toThrow(
    /coefficients do not tile an array of/,
  );
  expect(() => coeffsToArray(bands, { padding: "0" as never })).toThrow(TypeError);
  expect(() => arrayToCoeffs({ shape: [6, 6], data: noise(36, 0) }, matrix)).toThrow(
    "the array is 6×6 where",
  );
});

test("stationary transforms have one flat array too: the coarsest approximation and all details", () => {
  const line = swt(noise(12, 1), "db2", { levels: 2, trimApprox: true });
  expect(ravel(line).length).toBe(36);
  expect(unravel(ravel(line), line)).toEqual(line);
  const matrix = swt2(noiseMatrix(5, 6), "haar", { levels: 2, trimApprox: true });
  expect(unravel(ravel(matrix), matrix)).toEqual(matrix);
  const array = swtn({ shape: [3, 4, 5], data: noise(60, 2) }, "haar", { axes: [0, 2], levels: 2 });
  expect(distance(iswtn(unravel(ravel(array), array)).data, noise(60, 2))).toBeLessThan(1e-13);
  const doubled = mapBands(line, (band) => band.map((x) => 2 * x));
  expect(
    distance(
      iswt(doubled),
      noise(12, 1).map((x) => 2 * x),
    ),
  ).toBeLessThan(1e-13);
});

test("a slice has the name and the shape of its band", () => {
  const bands = wavedecn({ shape: [4, 3, 4], data: noise(48, 0) }, "haar", {
    axes: [0, 2],
    levels: 2,
  });
  const [first, second] = bandSlices(bands);
  expect(first).toEqual({ key: "aa", level: 2, start: 0, end: 3, shape: [1, 3, 1] });
  expect(second).toEqual({ key: "ad", level: 2, start: 3, end: 6, shape: [1, 3, 1] });
});
