import { type DualTree, dualTree, idualTree } from "./dualTree.ts";
import type { DualTreeFilters } from "./filters.ts";

const length = 1024;
const shifts = 32;

/** A step that fades so slowly that only the step has details. */
export const step = (x: number): number =>
  x < 0 || x >= 448 ? 0 : (1 + Math.cos((Math.PI * x) / 448)) / 2;

/** The variation of the energy of each level while `signal` is shifted sample by sample: (largest − smallest) / mean. */
export function variation(
  signal: (x: number) => number,
  energies: (data: Float64Array) => readonly number[],
): number[] {
  const all = Array.from({ length: shifts }, (_, shift) =>
    energies(Float64Array.from({ length }, (_, i) => signal(i - length / 2 - shift))),
  );
  return all[0]!.map((_, level) => {
    const of = all.map((one) => one[level]!);
    const mean = of.reduce((a, b) => a + b, 0) / shifts;
    return (Math.max(...of) - Math.min(...of)) / mean;
  });
}

/** Σ |x|². */
export const energy = (...parts: readonly ArrayLike<number>[]): number =>
  parts.reduce((sum, x) => sum + Array.from(x).reduce((part, v) => part + v * v, 0), 0);

/** The energies of the details, finest level first. */
export const energiesOf = ({ details }: DualTree): number[] =>
  details.map(({ re, im }) => energy(re, im)).reverse();

/** The share of energy with the wrong sign of frequency of the complex wavelet of a level (1 is the finest); 1/2 for a real wavelet. */
export function wrongSide(level: number, filters: DualTreeFilters): number {
  const n = 32 * 2 ** level;
  const empty = dualTree(new Float64Array(n), { levels: level, filters });
  const atom = (part: "re" | "im") => {
    const [coarsest, ...others] = empty.details;
    const band = { ...coarsest!, [part]: coarsest![part].map((_, k) => (k === 16 ? 1 : 0)) }; // level ≥ 1
    return idualTree({ ...empty, details: [band, ...others] });
  };
  const [re, im] = [atom("re"), atom("im")];
  let [ahead, back] = [0, 0];
  for (let f = 1; f < n / 2; f++) {
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const angle = (2 * Math.PI * f * i) / n;
      sums[0]! += re[i]! * Math.cos(angle); // four sums, n numbers
      sums[1]! += re[i]! * Math.sin(angle);
      sums[2]! += im[i]! * Math.cos(angle);
      sums[3]! += im[i]! * Math.sin(angle);
    }
    const [a, b, c, d] = sums as [number, number, number, number];
    ahead += (a + d) ** 2 + (c - b) ** 2;
    back += (a - d) ** 2 + (b + c) ** 2;
  }
  return Math.min(ahead, back) / (ahead + back);
}
