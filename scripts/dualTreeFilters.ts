/**
 * Measures filters of the dual tree. `node scripts/dualTreeFilters.ts` prints for some designs the largest variation of the energy of a
 * shifted step and of a shifted impulse from level 2 on ((largest − smallest) / mean; at level 1 there is none), the share of the energy
 * of the level 3 wavelet that has the wrong sign of frequency, and the default filters.
 */

import { energiesOf, step, variation, wrongSide } from "../src/wavelets/dualTree/testing.ts";
import {
  type DualTreeFilters,
  dualTree,
  dualTreeFilters,
  hilbertPair,
} from "../src/wavelets/index.ts";

const impulse = (x: number) => (x === 0 ? 1 : 0);
const percent = (x: number, digits = 1) => `${(100 * x).toFixed(digits)} %`.padStart(9);

console.log(
  " K  L  taps  phase        step  impulse  wrong sign   of shifts by one sample, levels 2 to 5",
);
for (const [vanishingMoments, allPassDegree] of [
  [4, 2],
  [5, 2],
  [5, 3],
  [6, 2],
  [6, 4],
  [7, 2],
  // The default of dualTreeFilters(), symmetric.
  [7, 3],
  [8, 2],
] as const) {
  for (const phase of ["symmetric", "extremal"] as const) {
    const { first } = dualTreeFilters();
    const pair = hilbertPair({ vanishingMoments, allPassDegree, phase });
    const filters: DualTreeFilters = { first, ...pair };
    const most = (signal: (x: number) => number) =>
      Math.max(
        ...variation(signal, (data) => energiesOf(dualTree(data, { levels: 5, filters }))).slice(1),
      );
    const figures = `${percent(most(step))}${percent(most(impulse))}   ${percent(wrongSide(3, filters), 4)}`;
    console.log(
      ` ${vanishingMoments}  ${allPassDegree}  ${String(pair.h.length).padStart(4)}  ${phase.padEnd(9)}${figures}`,
    );
  }
}
for (const [name, filter] of Object.entries(dualTreeFilters())) {
  console.log(`\n${name}\n${filter.map((x: number) => x.toPrecision(15)).join("\n")}`);
}
