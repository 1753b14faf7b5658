import { waveletNames } from "ondelette/wavelets";
import { expect, test } from "vitest";
import { joined, shapeOf, trimmed } from "./shape.ts";

test("curves on two grids have all points of both", () => {
  const { x, lines } = joined([
    { label: "a", x: Float64Array.of(0, 1, 2), y: Float64Array.of(5, 6, 7) },
    { label: "b", x: Float64Array.of(0.5, 1), y: Float64Array.of(8, 9) },
  ]);
  expect(Array.from(x)).toEqual([0, 0.5, 1, 2]);
  expect(lines.map(({ values }) => values)).toEqual([
    [5, null, 6, 7],
    [null, 8, 9, null],
  ]);
});

test("zeros around a function are left out", () => {
  const { x, y } = trimmed({
    x: Float64Array.of(0, 1, 2, 3, 4, 5),
    y: Float64Array.of(0, 0, 3, 4, 0, 0),
  });
  expect([Array.from(x), Array.from(y)]).toEqual([
    [1, 2, 3, 4],
    [0, 3, 4, 0],
  ]);
});

test("every kind of wavelet has a shape; only what does not exist is missing", () => {
  const splines = waveletNames.filter((name) => /^r?bio/.test(name));
  for (const name of ["haar", "db4", "db38", "sym8", "coif3", "dmey", ...splines] as const) {
    const { scaling, wavelet, response, properties } = shapeOf(name);
    const count = properties.orthogonal ? 1 : name.endsWith("3.1") ? 1 : 2;
    expect([name, scaling.lines.length, wavelet.lines.length]).toEqual([name, count, count]);
    expect(response.lines[0]!.values[0]).toBeCloseTo(Math.SQRT2, 5); // |H(0)|
  }
});
