import { expect, test } from "vitest";
import { dualTree2, dualTree2Adjoint, type Orientation } from "../dualTree/dualTree2.ts";
import { standardFilters } from "../dualTree/filters.ts";
import { distance } from "../testing.ts";
import { treeNoise } from "./treeNoise.ts";

const orientations: readonly Orientation[] = [-75, -45, -15, 15, 45, 75];

/** Covariances of white noise with coefficient (8, 8) of the coarsest level: scalar products of the functions behind them. */
function products(levels: number, orientation: Orientation, part: "re" | "im"): Float64Array {
  const side = 16 * 2 ** levels;
  const matrix = { height: side, width: side, data: new Float64Array(side ** 2) };
  const one = dualTree2(matrix, { levels });
  one.details[0]![orientation][part][8 * 16 + 8] = 1;
  const plane = dualTree2(dualTree2Adjoint(one), { levels }).details[0]![orientation][part];
  return Float64Array.from(
    { length: 25 },
    (_, i) => plane[(6 + Math.floor(i / 5)) * 16 + 6 + (i % 5)]!,
  );
}

test.each([1, 2])("level %s: covariances are products of the functions of the bands", (level) => {
  const noise = treeNoise(standardFilters(), level)[level - 1]!;
  for (const orientation of orientations)
    for (const part of ["re", "im"] as const)
      expect(distance(noise[orientation][part], products(level, orientation, part))).toBeLessThan(
        1e-12,
      );
});

test("real and imaginary parts differ in noise on the first level alone", () => {
  const [first, second, third] = treeNoise(standardFilters(), 3).map((level) => level[45]);
  expect(Math.abs(first!.im[12]! - first!.re[12]!)).toBeGreaterThan(0.1);
  for (const { re, im } of [second!, third!]) {
    expect(re[12]).toBeCloseTo(0.25, 3);
    expect(im[12]).toBeCloseTo(0.25, 3);
  }
});
