import { describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { wavelet } from "../../../wavelets/index.ts";
import { pointsOf } from "../../signal/signal.ts";
import { atomNorms } from "./atomNorms.ts";
import { dyadicGrid } from "./dyadicGrid.ts";
import { analyze, synthesize, synthesizeAdjoint } from "./gridTransform.ts";

const grids = [[1], [1, 7], [5, 3], [70], [31, 17], [33, 20, 5]].map(dyadicGrid);
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const someOn = (size: readonly number[], channels: number, seed: number) =>
  Float64Array.from(someNumbers(pointsOf(size) * channels, -1, 1, seed));

describe.each(grids)("on a grid of $size", (grid) => {
  test("synthesis undoes analysis", () => {
    const values = someOn(grid.size, 3, 1);
    const changed = values.slice();
    analyze(changed, grid, 3);
    synthesize(changed, grid, 3);
    expect(relativeError(changed, values)).toBeLessThan(1e-12);
  });

  test("the adjoint is the adjoint", () => {
    const [x, y] = [someOn(grid.size, 2, 2), someOn(grid.size, 2, 3)];
    const [forth, back] = [x.slice(), y.slice()];
    synthesize(forth, grid, 2);
    synthesizeAdjoint(back, grid, 2);
    expect(Math.abs(dot(forth, y) - dot(x, back))).toBeLessThan(1e-10);
  });

  test("every atom has the norm that is said, on the samples", () => {
    const norms = atomNorms(grid);
    for (let place = 0; place < norms.length; place += 1 + Math.floor(norms.length / 60)) {
      const atom = new Float64Array(norms.length);
      atom[place] = 1;
      synthesize(atom, grid, 1);
      const inside = atom.filter((_, i) => {
        let rest = i;
        return grid.size.toReversed().every((length, k) => {
          const at = rest % length;
          rest = Math.floor(rest / length);
          return at < grid.samples.toReversed()[k]!;
        });
      });
      expect(norms[place]).toBeCloseTo(Math.sqrt(dot(inside, inside)), 9);
    }
  });
});

test("one splitting is the filter bank bior4.4, its odd places negated", () => {
  const grid = { samples: [33], size: [33], levels: [1], depth: 1 };
  const { recLo, recHi } = wavelet("bior4.4");
  const taps = (filter: readonly number[]) => filter.filter((x) => x !== 0);
  for (const [place, filter] of [
    [16, taps(recLo)],
    [17, taps(recHi).map((x) => -x)],
  ] as const) {
    const atom = new Float64Array(33);
    atom[place] = 1;
    synthesize(atom, grid, 1);
    const half = (filter.length - 1) / 2;
    const found = atom.slice(place - half, place + half + 1);
    const sign = Math.sign(found[half]!) * Math.sign(filter[half]!); // the middle
    expect(
      relativeError(
        found,
        filter.map((x) => sign * x),
      ),
    ).toBeLessThan(1e-9);
  }
});

test("a cubic has no wavelets away from the ends", () => {
  const grid = { samples: [129], size: [129], levels: [3], depth: 3 };
  const values = Float64Array.from({ length: 129 }, (_, i) => ((i - 60) / 60) ** 3 - i / 40);
  analyze(values, grid, 1);
  const inner = values.filter((_, i) => i > 40 && i < 88 && i % 8 !== 0);
  expect(Math.max(...inner.map(Math.abs))).toBeLessThan(1e-9);
});
