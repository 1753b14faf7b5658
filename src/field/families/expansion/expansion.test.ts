import { describe, expect, test } from "vitest";
import { evaluate, evaluateAll, relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { createRandom } from "../../../data/random/random.ts";
import { gradient, input } from "../../../graph/index.ts";
import { bind } from "../../../nn/parameters.ts";
import { families } from "../../families.ts";
import { fieldLayout } from "../../field.ts";
import { countParameters } from "../../fit/sizing.ts";
import { quality } from "../../signal/quality.ts";
import { coordinatesOf, pointsOf, type Signal } from "../../signal/signal.ts";
import { fieldGraph, valuesAt } from "../../testing.ts";
import { channelRotation, rotateChannels } from "./channelRotation.ts";
import { mirrored } from "./dyadicGrid.ts";
import { expansion } from "./expansion.ts";
import { synthesize } from "./gridTransform.ts";
import { type Expansion, samplesOf, sparseFit } from "./sparseFit.ts";

const family = expansion();

/** Waves with noise on top: some atoms matter more than others. */
function someSignal(size: readonly number[], channels = 1): Signal {
  const noise = someNumbers(pointsOf(size) * channels, -0.2, 0.2, 9);
  const at = coordinatesOf(size);
  const values = Float32Array.from(noise, (value, i) => {
    const point = Math.floor(i / channels);
    const x = at[point * size.length]! + 2 * at[point * size.length + size.length - 1]!;
    return value + 0.5 * Math.sin(4 * x + (i % channels));
  });
  return { size, channels, values };
}

async function fitted(signal: Signal, width: number) {
  const { size: grid, channels } = signal;
  const size = { dimensions: grid.length, channels, width, grid };
  const layout = fieldLayout(family, size);
  const parameters = new Float32Array(layout.size);
  const random = createRandom(1);
  await family.solve({ size, layout, parameters, signal, random });
  return { size, parameters };
}

/** Straight from the definition: samples, the spline's coefficients by elimination, then the sum of B-splines. */
function directly(
  { grid, channels, coefficients }: Expansion,
  points: readonly number[],
): number[] {
  const { size, samples } = grid;
  const values = coefficients.slice();
  synthesize(values, grid, channels);
  rotateChannels(values, channelRotation(channels), "back");
  const strides = size.map((_, axis) => pointsOf(size.slice(axis + 1)) * channels);
  for (const [axis, n] of size.entries()) {
    const stride = strides[axis]!; // a stride an axis
    for (let from = 0; from < values.length; from++) {
      if (Math.floor(from / stride) % n !== 0) continue;
      solveSpline(n, (i) => from + i * stride, values);
    }
  }
  const bump = (x: number) => {
    const [a, b] = [Math.max(0, 2 - Math.abs(x)), Math.max(0, 1 - Math.abs(x))];
    return a ** 3 / 6 - (2 / 3) * b ** 3;
  };
  const longest = Math.max(...samples);
  const result: number[] = [];
  for (let p = 0; p < points.length; p += size.length) {
    for (let c = 0; c < channels; c++) {
      const sum = (axis: number, offset: number): number => {
        if (axis === size.length) return values[offset + c]!;
        const n = samples[axis]!;
        const at = (points[p + axis]! * longest + n - 1) / 2;
        let total = 0;
        for (let k = -4; k < n + 4; k++) {
          const weight = bump(at - k);
          const next = offset + mirrored(k, size[axis]!) * strides[axis]!;
          if (weight > 0) total += weight * sum(axis + 1, next);
        }
        return total;
      };
      result.push(sum(0, 0));
    }
  }
  return result;
}

/** Solves (c_{i-1} + 4 c_i + c_{i+1}) / 6 = x_i, mirrored at both ends, by Gauss-Seidel until nothing changes. */
function solveSpline(n: number, at: (i: number) => number, values: Float64Array): void {
  const x = Array.from({ length: n }, (_, i) => values[at(i)]!);
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let i = 0; i < n; i++) {
      if (n === 1) continue;
      const sides = values[at(mirrored(i - 1, n))]! + values[at(mirrored(i + 1, n))]!;
      values[at(i)] = (6 * x[i]! - sides) / 4;
    }
  }
}

const sizes = [[1], [1, 1], [1, 7], [5, 3], [70], [31, 17], [20, 5, 18]];
describe.each(sizes.flatMap((size) => [1, 3].map((channels) => ({ size, channels }))))(
  "of a signal of $size in $channels channels",
  ({ size, channels }) => {
    const signal = someSignal(size, channels);
    const count = pointsOf(size) * channels;

    test("all atoms give every sample back", async () => {
      const whole = sparseFit(signal, 4 * count + 100);
      expect(relativeError(samplesOf(whole), signal.values)).toBeLessThan(1e-7); // float32
      const { size: fieldSize, parameters } = await fitted(signal, 4 * count + 100);
      const points = Array.from(coordinatesOf(size));
      const values = await valuesAt(family, fieldSize, { points, arena: parameters });
      expect(relativeError(values, signal.values)).toBeLessThan(1e-4);
    });

    test("some atoms are the sum of B-splines that they stand for, between the samples too", async () => {
      const width = Math.ceil(count / 3);
      const { size: fieldSize, parameters } = await fitted(signal, width);
      const longest = Math.max(...size);
      const points = someNumbers(20 * size.length).map(
        (x, i) => (x * size[i % size.length]!) / longest,
      );
      const values = await valuesAt(family, fieldSize, { points, arena: parameters }, "float64");
      const direct = directly(sparseFit(signal, width), points);
      expect(relativeError(values, direct, 0.1)).toBeLessThan(1e-5); // coefficients are float32
    });
  },
);

test("the more atoms, the nearer", () => {
  const signal = someSignal([40, 50], 3);
  const psnr = [50, 200, 800, 2000, 5000].map(
    (count) => quality(signal, { ...signal, values: samplesOf(sparseFit(signal, count)) }).psnr,
  );
  expect(psnr).toEqual(psnr.toSorted((a, b) => a - b));
  expect(psnr.at(-1)! - psnr[0]!).toBeGreaterThan(10); // five of them
});

test("fitting the chosen atoms together brings them nearer than the transform, and choosing anew nearer still", () => {
  const signal = someSignal([64, 64]);
  const psnrOf = (rounds: number, iterations: number) =>
    quality(signal, {
      ...signal,
      values: samplesOf(sparseFit(signal, 500, { rounds, iterations })),
    }).psnr;
  const [cut, fit, again] = [psnrOf(0, 0), psnrOf(0, 8), psnrOf(1, 8)];
  expect(fit).toBeGreaterThan(cut + 0.03);
  expect(again).toBeGreaterThan(fit + 0.01);
});

test("has two parameters an atom, a coefficient and a place", async () => {
  const size = { dimensions: 2, channels: 3, width: 77, grid: [20, 30] };
  expect(countParameters(family, size)).toBe(154);
  const { parameters } = await fitted(someSignal([20, 30], 3), 77);
  const places = parameters.slice(77);
  expect(new Set(places).size).toBe(77);
  expect(places.every((place) => Number.isInteger(place) && place < 20 * 30 * 3 * 2)).toBe(true);
});

test("the smooth part and the wavelets sum to the whole; without any octave only the smooth part is left", async () => {
  const { size, parameters } = await fitted(someSignal([40, 40], 2), 600);
  const layout = fieldLayout(family, size);
  const points = input("points", [30, 2]);
  const { scope } = bind(layout, input("arena", [layout.size]));
  const { all, smooth, wavelet } = family.values(scope, points, size);
  const without = family.values(scope, points, size, 9).all;
  const outputs = { all, smooth: smooth!, wavelet: wavelet!, without }; // this family has both
  const values = await evaluate(outputs, { points: someNumbers(60), arena: parameters });
  const sum = values.smooth.map((x, i) => x + values.wavelet[i]!);
  expect(relativeError(sum, values.all)).toBeLessThan(1e-6);
  expect(relativeError(values.without, values.smooth)).toBeLessThan(1e-6);
  expect(Math.max(...values.wavelet.map(Math.abs))).toBeGreaterThan(0.1);
});

test("gradients are finite differences, of coefficients and points; places have none", async () => {
  const { size, parameters } = await fitted(someSignal([20, 18], 2), 60);
  const { points, parameters: tensors, all } = fieldGraph(family, size, 6, "float64");
  const loss = all.mul(input("g", all.shape, "float64")).sum();
  const [ofPoints, ofValues, ofPlaces] = gradient(loss, [points, ...tensors]);
  const feeds = {
    points: someNumbers(12, -0.9, 0.9),
    arena: Array.from(parameters),
    g: someNumbers(12, -1, 1, 3),
  };
  const found = await evaluate(
    { ofPoints: ofPoints!, ofValues: ofValues!, ofPlaces: ofPlaces! }, // three were asked for
    feeds,
  );
  expect(found.ofPlaces.every((x) => x === 0)).toBe(true);
  const h = 1e-6;
  const slope = async (name: "points" | "arena", k: number) => {
    const moved = (by: number) => ({
      ...feeds,
      [name]: feeds[name].map((x, i) => (i === k ? x + by : x)),
    });
    const [ahead, behind] = await evaluateAll({ loss }, [moved(h), moved(-h)]);
    return (ahead!.loss[0]! - behind!.loss[0]!) / (2 * h); // two feeds, a scalar each
  };
  for (const k of [0, 5, 11]) {
    expect(relativeError([found.ofPoints[k]!], [await slope("points", k)])).toBeLessThan(1e-5); // k < 12
  }
  for (const k of [0, 20, 59]) {
    expect(relativeError([found.ofValues[k]!], [await slope("arena", k)], 0.1)).toBeLessThan(1e-7); // k < 60
  }
});

test("a signal of too many samples, or of unknown size, is refused in a sentence", () => {
  const size = { dimensions: 2, channels: 3, width: 10 };
  expect(() => fieldLayout(family, size)).toThrow("needs the size of the signal");
  expect(() => fieldLayout(family, { ...size, grid: [4000, 4000] })).toThrow("at most 16777216");
});

test("is what the command line calls expansion", () => {
  expect(families.expansion.meaning).toBe(family.meaning);
});
