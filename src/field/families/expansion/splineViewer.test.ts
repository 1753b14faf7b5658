import { describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { createRandom } from "../../../data/random/random.ts";
import { type EvaluateOptions, openEvaluator, viewValues } from "../../evaluate/evaluate.ts";
import { type View, viewCoordinates, wholeView } from "../../evaluate/view.ts";
import { buildField } from "../../field.ts";
import { solve } from "../../fit/start.ts";
import { pointsOf, type Signal } from "../../signal/signal.ts";
import { expansion } from "./expansion.ts";

const family = expansion();

/** A field of two channels on noise, a third of its atoms kept. */
async function someField(size: readonly number[]) {
  const channels = 2;
  const values = Float32Array.from(someNumbers(pointsOf(size) * channels, -0.5, 0.5, 3));
  const signal: Signal = { size, channels, values };
  const width = Math.ceil(values.length / 3);
  const fieldSize = { dimensions: size.length, channels, width, grid: size };
  const field = buildField(family, fieldSize);
  const parameters = await solve(field, signal, createRandom(1));
  return { field, parameters };
}

/** A view that begins before the signal and ends behind it, at uneven places. */
const beyond = (size: readonly number[]): View => ({
  from: size.map((_, axis) => -1.3 - axis),
  size: size.map((n) => n + 4.7),
  scale: 1.37,
});

describe.each([[[1]], [[70]], [[1, 6]], [[24, 37]], [[9, 5, 12]]])(
  "on a signal of %j a view made whole is the one made point by point",
  (size) => {
    const views = [wholeView(size, 2), beyond(size)];
    test.each<EvaluateOptions>([
      {},
      { part: "smooth" },
      { part: "wavelet", without: 1 },
      { derivative: "gradient" },
      { derivative: "laplacian", without: 1 },
    ])("%o", async (options) => {
      const { field, parameters } = await someField(size);
      await using evaluator = await openEvaluator(field, parameters, { threads: 1, ...options });
      for (const view of views) {
        const whole = await viewValues(field, parameters, { view, samples: size }, options);
        const points = await evaluator.values(viewCoordinates(view, size));
        // Second derivatives are so much larger than the coefficients, of float32 in the graph.
        const second = options.derivative === "laplacian";
        expect(relativeError(whole, points)).toBeLessThan(second ? 1e-4 : 1e-5);
      }
    });
  },
);

test("bands and the smooth part add up to the whole, by either way", async () => {
  const size = [40, 33];
  const { field, parameters } = await someField(size);
  const place = { view: wholeView(size, 1.5), samples: size };
  const by = (options: EvaluateOptions) => viewValues(field, parameters, place, options);
  const sum = (await by({ part: "smooth" })).slice();
  for (const band of [1, 2, 3]) {
    const values = await by({ band });
    expect(Math.max(...values)).toBeGreaterThan(0.02);
    for (const [i, x] of values.entries()) sum[i]! += x;
    await using evaluator = await openEvaluator(field, parameters, { threads: 1, band });
    const points = await evaluator.values(viewCoordinates(place.view, size));
    expect(relativeError(values, points)).toBeLessThan(1e-5);
  }
  expect(relativeError(sum, await by({}))).toBeLessThan(1e-6);
});

test("a band that is not there, or not in the view, is named", async () => {
  const { field, parameters } = await someField([40, 33]);
  const place = { view: wholeView([40, 33]), samples: [40, 33] };
  const by = (options: EvaluateOptions) => viewValues(field, parameters, place, options);
  for (const band of [0, 4, 1.5]) {
    await expect(by({ band })).rejects.toThrow(
      `there is no band ${band}: this field has bands 1, the finest, to 3`,
    );
  }
  await expect(by({ band: 1, without: 1 })).rejects.toThrow("shows bands from 2 on; band 1 needs");
  const small = await someField([5, 5]);
  await expect(viewValues(small.field, small.parameters, place, { band: 1 })).rejects.toThrow(
    "this field is too small to have bands",
  );
});
