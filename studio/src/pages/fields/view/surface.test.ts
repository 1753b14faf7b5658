import { createRandom } from "ondelette/data";
import {
  buildField,
  expansion,
  readExpansion,
  resample,
  type Signal,
  solve,
  splineOf,
  viewValues,
} from "ondelette/field";
import { expect, test } from "vitest";
import { type Surface, valuesAt } from "./surface.ts";

const [height, width] = [20, 31];
const signal: Signal = {
  size: [height, width],
  channels: 3,
  values: Float32Array.from({ length: height * width * 3 }, (_, i) => 0.5 * Math.sin(i * i)),
};
const pixels: Surface = {
  ...{ kernel: "bicubic", width, height, columns: width, rows: height },
  values: Float32Array.from(signal.values),
};

const apart = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

test("a spline is what the library makes of the field, derivatives as well", async () => {
  const size = { dimensions: 2, channels: 3, width: 600, grid: signal.size };
  const field = buildField(expansion(), size);
  const parameters = await solve(field, signal, createRandom(1));
  const spline = splineOf(readExpansion(parameters, size, [0, 99]));
  const [rows = 0, columns = 0] = spline.size;
  const surface: Surface = {
    ...{ kernel: "bspline", width, height, rows, columns },
    values: Float32Array.from(spline.coefficients),
  };
  const view = { from: [3.2, 5.5], size: [8, 12], scale: 2.5 };
  const window = { left: 5.5, top: 3.2, step: 1 / 2.5, width: 30, height: 20 };
  const place = { view, samples: signal.size };
  const unit = 31 / 2; // the library's coordinates are of half the longest side
  expect(apart(valuesAt(surface, window), await viewValues(field, parameters, place))).toBeLessThan(
    1e-5,
  );
  const second = await viewValues(field, parameters, place, { derivative: "laplacian" });
  const [down, along] = [valuesAt(surface, window, [2, 0]), valuesAt(surface, window, [0, 2])];
  const sum = down.map((x, i) => (x + along[i]!) * unit ** 2);
  expect(apart(sum, second) / Math.max(...second)).toBeLessThan(1e-4);
  const first = await viewValues(field, parameters, place, { derivative: "gradient" });
  const [dy, dx] = [valuesAt(surface, window, [1, 0]), valuesAt(surface, window, [0, 1])];
  expect(
    apart(
      dy.map((y, i) => Math.hypot(y, dx[i]!) * unit),
      first,
    ) / Math.max(...first),
  ).toBeLessThan(1e-4);
});

test("bicubic is the library's, away from the border", () => {
  const large = resample(signal, [height * 3, width * 3]);
  const window = { left: 4, top: 4, step: 1 / 3, width: 3 * (width - 8), height: 3 * (height - 8) };
  const found = valuesAt(pixels, window);
  for (let y = 0; y < window.height; y++)
    for (let x = 0; x < 3 * window.width; x++)
      expect(found[3 * window.width * y + x]).toBeCloseTo(
        large.values[((y + 12) * width * 3 + 12) * 3 + x]!,
        5,
      );
});

test("at the pixels' own places bicubic and the nearest pixel are the picture", () => {
  const window = { left: 0, top: 0, step: 1, width, height };
  for (const kernel of ["bicubic", "pixels"] as const)
    expect(apart(valuesAt({ ...pixels, kernel }, window), pixels.values)).toBeLessThan(1e-6);
});

test("derivatives are differences", () => {
  const h = 1e-2;
  const window = { left: 6.3, top: 4.1, step: 0.37, width: 9, height: 7 };
  for (const kernel of ["bicubic", "bspline"] as const) {
    const surface = { ...pixels, kernel };
    const moved = (by: number) => valuesAt(surface, { ...window, left: window.left + by });
    const [ahead, behind, here] = [moved(h), moved(-h), moved(0)];
    const first = ahead.map((x, i) => (x - behind[i]!) / (2 * h));
    expect(apart(valuesAt(surface, window, [0, 1]), first)).toBeLessThan(0.02);
    if (kernel === "bicubic") continue; // its second derivative jumps
    const second = ahead.map((x, i) => (x + behind[i]! - 2 * here[i]!) / h ** 2);
    expect(apart(valuesAt(surface, window, [0, 2]), second)).toBeLessThan(0.1);
  }
});
