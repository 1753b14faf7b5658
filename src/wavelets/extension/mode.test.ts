import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dwt } from "../discrete/dwt.ts";
import { isWaveletName, waveletNames } from "../families/wavelet.ts";
import { fixtureSignal, frozenAccuracy, summary, summaryScale } from "../testing.ts";
import { extend, extensionOf } from "./lines.ts";
import { extensionRules, type Mode, modes } from "./mode.ts";

/** What `places` places on both sides of a signal hold. */
function extended(signal: readonly number[], mode: Mode, places: number): number[] {
  const heap = new Float64Array(signal.length + 2 * places);
  heap.set(signal, places);
  const length = signal.length;
  const lines = { offset: places, count: 1, hop: heap.length, length, step: 1, inner: 1 };
  extend(heap, lines, extensionOf(extensionRules[mode], length, places, places));
  return Array.from(heap);
}

describe("the extension of the signal 1 2 4 7", () => {
  const pictures: Readonly<Record<Mode, readonly number[]>> = {
    symmetric: [7, 7, 4, 2, 1, 1, 2, 4, 7, 7, 4, 2, 1, 1],
    reflect: [2, 4, 7, 4, 2, 1, 2, 4, 7, 4, 2, 1, 2, 4],
    periodic: [4, 7, 1, 2, 4, 7, 1, 2, 4, 7, 1, 2, 4, 7].slice(1).concat(1),
    periodization: [7, 1, 2, 4, 7, 1, 2, 4, 7, 1, 2, 4, 7, 1],
    zero: [0, 0, 0, 0, 0, 1, 2, 4, 7, 0, 0, 0, 0, 0],
    constant: [1, 1, 1, 1, 1, 1, 2, 4, 7, 7, 7, 7, 7, 7],
    smooth: [-4, -3, -2, -1, 0, 1, 2, 4, 7, 10, 13, 16, 19, 22],
    antisymmetric: [7, -7, -4, -2, -1, 1, 2, 4, 7, -7, -4, -2, -1, 1],
    antireflect: [-10, -8, -5, -2, 0, 1, 2, 4, 7, 10, 12, 13, 14, 16],
  };
  test.each(modes)("%s", (mode) => {
    expect(extended([1, 2, 4, 7], mode, 5)).toEqual(pictures[mode]);
  });

  test("an odd signal repeats its last sample before it is taken for periodic, with as many coefficients", () => {
    expect(extended([1, 2, 4], "periodization", 4)).toEqual([1, 2, 4, 4, 1, 2, 4, 4, 1, 2, 4]);
  });

  test("one sample is repeated where a rule needs two", () => {
    for (const mode of ["reflect", "smooth", "antireflect"] as const)
      expect(extended([3], mode, 2)).toEqual([3, 3, 3, 3, 3]);
  });
});

interface Frozen {
  wavelet: string;
  mode: Mode;
  approximation: number;
  detail: number;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/modes.json", import.meta.url), "utf8"),
);
const lengths = [...Array.from({ length: 40 }, (_, i) => i + 1), 101, 128];
const signals = lengths.map(fixtureSignal);

describe("equals PyWavelets over 42 lengths", () => {
  const known = frozen.filter((row) => isWaveletName(row.wavelet));
  test("covers every wavelet", () => {
    const names = new Set(frozen.map(({ wavelet }) => wavelet));
    for (const name of waveletNames) expect(names).toContain(name);
  });
  test.each(modes)("in mode %s", (mode) => {
    for (const row of known.filter((one) => one.mode === mode)) {
      if (!isWaveletName(row.wavelet)) continue;
      const sums = { approximation: 0, detail: 0 };
      const scales = { approximation: 0, detail: 0 };
      for (const [j, n] of lengths.entries()) {
        // PyWavelets does not come back from one sample in these modes.
        if (n === 1 && (mode === "reflect" || mode === "antireflect")) continue;
        const bands = dwt(signals[j]!, row.wavelet, { mode });
        for (const band of ["approximation", "detail"] as const) {
          sums[band] += (1 + j / 64) * summary(bands[band]);
          scales[band] += (1 + j / 64) * summaryScale(bands[band]);
        }
      }
      for (const band of ["approximation", "detail"] as const) {
        const error = Math.abs(sums[band] - row[band]) / scales[band];
        expect(error, `${row.wavelet} ${band}`).toBeLessThan(frozenAccuracy(row.wavelet));
      }
    }
  });
});

test("an unknown mode is refused with the known ones", () => {
  const mode = "symmetrical" as Mode; // what plain JavaScript may pass
  expect(() => dwt(fixtureSignal(4), "haar", { mode })).toThrow('"symmetrical" is not a mode');
});
