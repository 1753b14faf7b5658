import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PerAxis } from "../arrays/axes.ts";
import { sizeOf } from "../arrays/ndArray.ts";
import { type Mode, modes } from "../extension/mode.ts";
import type { WaveletName } from "../families/wavelet.ts";
import { distance, fixtureSignal, noise } from "../testing.ts";
import { type Digest, digestError } from "../undecimated/testing.ts";
import {
  type Fswavedecn,
  fswavedecn,
  fswavedecnAdjoint,
  fswaverecn,
  fswaverecnAdjoint,
} from "./fswavedecn.ts";

interface Frozen {
  shape: number[];
  wavelet: PerAxis<WaveletName>;
  mode: PerAxis<Mode>;
  levels: number[] | null;
  axes: number[];
  bands: Record<string, Digest>;
}
const { separable }: { separable: Frozen[] } = JSON.parse(
  readFileSync(new URL("../fixtures/conveniences.json", import.meta.url), "utf8"),
);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
const flat = ({ bands }: Fswavedecn<Float64Array>) =>
  Object.values(bands).flatMap(({ data }) => Array.from(data));

describe("equals PyWavelets", () => {
  test.each(separable)("$shape", ({ shape, wavelet, mode, levels, axes, bands }) => {
    const data = fixtureSignal(sizeOf(shape));
    const options = { mode, axes, ...(levels && { levels }) };
    const ours = fswavedecn({ shape, data }, wavelet, options);
    expect(Object.keys(ours.bands).toSorted()).toEqual(Object.keys(bands).toSorted());
    for (const [key, values] of Object.entries(bands))
      expect(digestError(ours.bands[key]?.data ?? new Float64Array(0), values)).toBeLessThan(1e-12);
  });
});

test.each(modes)("goes back to the same shape, and has its adjoints, in mode %s", (mode) => {
  const shape = [3, 7, 10];
  const array = { shape, data: noise(210, 1) };
  const options = { mode, axes: [2, -2], levels: [2, 1] };
  const there = fswavedecn(array, ["bior2.2", "db2"], options);
  expect(there.axes.map(({ axis, levels, wavelet }) => [axis, levels, wavelet.name])).toEqual([
    [1, 1, "db2"],
    [2, 2, "bior2.2"],
  ]);
  const back = fswaverecn(there);
  expect(back.shape).toEqual(shape);
  expect(distance(back.data, array.data)).toBeLessThan(1e-12);

  const other = fswaverecnAdjoint({ shape, data: noise(210, 2) }, ["bior2.2", "db2"], options);
  expect(dot(flat(there), flat(other))).toBeCloseTo(
    dot(array.data, fswavedecnAdjoint(other).data),
    9,
  );
  expect(dot(fswaverecn(there).data, noise(210, 2))).toBeCloseTo(dot(flat(there), flat(other)), 9);
});

test("invalid arguments are refused by name", () => {
  const array = { shape: [4, 4], data: noise(16, 1) };
  expect(() => fswavedecn(array, "haar", { levels: [1] })).toThrow("1 levels do not match 2");
  const { bands, ...rest } = fswavedecn(array, "haar", { levels: 1 });
  const { "0,1": _, ...fewer } = bands;
  expect(() => fswaverecn({ ...rest, bands: fewer })).toThrow("the band 0,1 is missing");
});
