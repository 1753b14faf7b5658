import { expect, test } from "vitest";
import { distance } from "../../testing.ts";
import { filterOf, spectralFactors } from "./daubechies.ts";
import { symlet } from "./symlets.ts";

/** The mean square of what the phase of a filter has besides a straight line from ω = 0 to ω = π, unwrapped step by step. */
function bend(taps: readonly number[]): number {
  const count = 500;
  let last = 0;
  const phases = Array.from({ length: count }, (_, i) => {
    const omega = (Math.PI * (i + 1)) / count;
    const [re, im] = [Math.cos, Math.sin].map((f) =>
      taps.reduce((sum, tap, n) => sum + tap * f(omega * n), 0),
    ) as [number, number];
    const wrapped = Math.atan2(im, re);
    last = wrapped + Math.round((last - wrapped) / (2 * Math.PI)) * 2 * Math.PI;
    return last;
  });
  const squares = phases.map((phase, i) => (phase - (phases.at(-1)! * (i + 1)) / count) ** 2);
  return squares.reduce((a, b) => a + b, 0) / count;
}

test.each([4, 5, 6, 7, 8, 9, 12])(
  "of all choices of roots the symlet of order %i has the straightest phase",
  (n) => {
    const factors = spectralFactors(n);
    const choices = Array.from({ length: 2 ** (factors.length - 1) }, (_, choice) =>
      factors.map((factor, k) => ((choice >> k) & 1 ? factor.toReversed() : factor)),
    );
    // Without (1 + x)ᴺ, whose phase is straight, the filter does not vanish at π.
    const bends = choices.map((choice) => bend(filterOf(0, choice)));
    const best = filterOf(n, choices[bends.indexOf(Math.min(...bends))]!);
    const found = symlet(n);
    expect(Math.min(distance(best, found), distance(best.toReversed(), found))).toBe(0);
  },
);
