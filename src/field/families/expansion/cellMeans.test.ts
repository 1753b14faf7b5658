import { describe, expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { input } from "../../../graph/index.ts";
import { viewCoordinates, wholeView } from "../../evaluate/view.ts";
import { resample } from "../../signal/resample.ts";
import { pointsOf, type Signal } from "../../signal/signal.ts";
import { fromCellMeans } from "./cellMeans.ts";
import { splineAt, splineCoefficients } from "./cubicSpline.ts";

describe.each([[[9]], [[1, 6]], [[8, 11]]])("on a signal of %j", (size) => {
  const channels = 2;
  const values = Float32Array.from(someNumbers(pointsOf(size) * channels));
  const signal: Signal = { size, channels, values };

  test("the spline has the signal's values as means over the cells", async () => {
    const scale = 16;
    const at = viewCoordinates(wholeView(size, scale), size);
    const shape = [...size, channels];
    const points = input("points", [at.length / size.length, size.length], "float64");
    const samples = input("samples", shape, "float64");
    const fine = splineAt(splineCoefficients(samples), points, size);
    const feeds = { points: at, samples: fromCellMeans(signal).values };
    const found = await evaluate({ fine }, feeds);
    const many: Signal = {
      size: size.map((n) => n * scale),
      channels,
      values: Float32Array.from(found.fine),
    };
    const means = resample(many, size, "box").values;
    // Half a cell at either end goes on as the mirror image about the outer edge, not about the last sample.
    const inner = (list: Float32Array) =>
      list.filter((_, i) => {
        let rest = Math.floor(i / channels);
        return size.toReversed().every((n) => {
          const place = rest % n;
          rest = Math.floor(rest / n);
          return n === 1 || (place > 0 && place < n - 1);
        });
      });
    expect(relativeError(inner(means), inner(values))).toBeLessThan(0.01); // sums of 16 for integrals
  });
});

test("a constant stays what it is", () => {
  const values = new Float32Array(35).fill(0.3);
  const same = fromCellMeans({ size: [5, 7], channels: 1, values });
  expect(relativeError(same.values, values)).toBeLessThan(1e-6);
});
