import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type NdArray, sizeOf } from "../arrays/ndArray.ts";
import type { Mode } from "../extension/mode.ts";
import type { WaveletName } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, noise } from "../testing.ts";
import { type Digest, digestError } from "../undecimated/testing.ts";
import { mra } from "./mra.ts";
import { mra2 } from "./mra2.ts";
import { imran, imranAdjoint, mran, mranAdjoint } from "./mran.ts";
import { mapParts, type Parts } from "./parts.ts";

interface Frozen {
  shape: number[];
  axes: number[];
  wavelets: WaveletName[];
  transform: "swt" | "dwt";
  mode: Mode;
  levels: number;
  parts: [Digest, ...Record<string, Digest>[]];
}
const { analyses }: { analyses: Frozen[] } = JSON.parse(
  readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8"),
);

test.each(analyses)(
  "$transform of $shape along $axes is PyWavelets' mran",
  ({ shape, axes, wavelets, parts: [coarsest, ...details], ...options }) => {
    const data = fixtureSignal(sizeOf(shape));
    const ours = mran({ shape, data }, wavelets, { ...options, axes });
    expect(digestError(ours.approximation.data, coarsest)).toBeLessThan(1e-10);
    details.forEach((level, i) => {
      expect(Object.keys(ours.details[i]!)).toEqual(Object.keys(level));
      for (const [key, part] of Object.entries(level))
        expect(digestError(ours.details[i]![key]!.data, part)).toBeLessThan(1e-10);
    });
    expect(distance(imran(ours).data, data)).toBeLessThan(1e-11);
  },
);

test("one axis is mra of each line, two axes are mra2", () => {
  const data = noise(35, 1);
  const rows = mran({ shape: [5, 7], data }, "db2", { axes: [1], levels: 2 });
  const row = mra(data.slice(7, 14), "db2", { levels: 2 }).components;
  expect(distance(rows.details[0]!.d!.data.slice(7, 14), row[1]!)).toBeLessThan(1e-13);
  const both = mran({ shape: [5, 7], data }, "db2", { transform: "dwt", levels: 1 });
  const plane = mra2({ height: 5, width: 7, data }, "db2", { transform: "dwt", levels: 1 });
  expect(distance(both.details[0]!.da!.data, plane.details[0]!.hl.data)).toBeLessThan(1e-13);
});

describe.each(["swt", "dwt"] as const)("%s", (transform) => {
  test("the adjoints of the analysis and of its inverse", () => {
    const [shape, axes] = [
      [3, 4, 5],
      [0, 2],
    ];
    const x = { shape, data: noise(60, 1) };
    const parts = mran(x, ["haar", "db2"], { axes, transform, levels: 2 });
    let seed = 1;
    const other = mapParts(parts, ({ data }) => ({ shape, data: noise(data.length, ++seed) }));
    const back = mranAdjoint({ ...parts, ...other });
    expect(dot(arrays(parts), arrays(other))).toBeCloseTo(dot(x.data, back.data), 9);
    const copies = imranAdjoint(x, 2, axes);
    expect(dot(imran(other).data, x.data)).toBeCloseTo(dot(arrays(other), arrays(copies)), 9);
  });
});

test("invalid arguments are refused by name", () => {
  const x = { shape: [4, 4], data: noise(16, 0) };
  expect(() => mran(x, "haar", { mode: ["periodization", "zero"] })).toThrow(
    'needs transform "dwt"',
  );
  expect(() => mran(x, "haar", { transform: "cwt" as never })).toThrow('"cwt" is not a transform');
  const parts = mran(x, "haar", { levels: 1 });
  expect(() => imran({ ...parts, approximation: { shape: [2, 8], data: noise(16, 0) } })).toThrow(
    "a component is 4×4 where 2×8 is needed",
  );
});

function arrays({ approximation, details }: Parts<Float64Array>): Float64Array[] {
  const all: NdArray<Float64Array>[] = [approximation, ...details.flatMap((d) => Object.values(d))];
  return all.map(({ data }) => data);
}
