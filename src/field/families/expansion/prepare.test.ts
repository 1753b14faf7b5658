import { expect, test } from "vitest";
import { someNumbers } from "../../../../test/evaluate.ts";
import type { Signal } from "../../signal/signal.ts";
import { fromCellMeans } from "./cellMeans.ts";
import { denoise } from "./denoise.ts";
import { prepare } from "./prepare.ts";
import { samplesOf } from "./sparseFit.ts";

const noise: Signal = {
  size: [40, 30],
  channels: 1,
  values: Float32Array.from(someNumbers(1200, -0.5, 0.5)),
};

test("nothing is done unless it is asked for", () => {
  expect(prepare(noise, {})).toEqual({ signal: noise });
  expect(prepare(noise, { samples: "points" })).toEqual({ signal: noise });
});

test("noise is taken away before means are sharpened, its strength being a part of the range", () => {
  const { signal, noise: found } = prepare(noise, { denoise: 0.1, samples: "means" });
  const values = samplesOf(denoise(noise, { sigma: 0.2 }).expansion);
  expect(signal).toEqual(fromCellMeans({ ...noise, values }));
  expect(found?.sigma).toBeCloseTo(0.1, 12);
  const estimated = prepare(noise, { denoise: "auto" }).noise?.sigma;
  expect(estimated).toBeCloseTo(denoise(noise).sigma / 2, 12);
});
