import { noiseLevel } from "../../../wavelets/threshold/noise.ts";
import { bayesThreshold, universalThreshold } from "../../../wavelets/threshold/rules.ts";
import { threshold } from "../../../wavelets/threshold/threshold.ts";
import { pointsOf, type Signal } from "../../signal/signal.ts";
import { type DyadicGrid, forEachPlace, levelAt } from "./dyadicGrid.ts";
import { type Expansion, expand } from "./sparseFit.ts";

/** The threshold T of a band of coefficients, by name. */
export const thresholds = {
  /** BayesShrink (Chang, Yu & Vetterli 2000): T = σ² / σ_x, σ_x the standard deviation of the band without noise; soft. */
  bayes: (band: Float64Array, sigma: number, _count: number): number => bayesThreshold(band, sigma),
  /** The universal threshold (Donoho & Johnstone 1994): T = σ √(2 ln n) for n values in the signal; hard. */
  universal: (_band: Float64Array, sigma: number, count: number): number =>
    universalThreshold(sigma, count),
} as const;

export type Threshold = keyof typeof thresholds;

/** How to remove noise. */
export interface DenoiseOptions {
  readonly threshold?: Threshold;
  /** `soft` moves every coefficient toward 0 by T, `hard` keeps those above T; by default, what the authors of the threshold use. */
  readonly kind?: "soft" | "hard";
  /** Standard deviation of the noise, in the unit of the values; estimated by default. */
  readonly sigma?: number;
}

/** A denoised expansion and the noise that was assumed. */
export interface Denoised {
  readonly expansion: Expansion;
  readonly sigma: number;
  /** Number of nonzero coefficients: the atoms of a field that represents the result. */
  readonly kept: number;
}

/**
 * Removes white noise, equally strong in all channels, by thresholding the wavelets of the expansion band by band; scaling
 * functions are not changed. The analysis preserves the strength of white noise within 6 % in one dimension. By default, σ is
 * the `noiseLevel` of the finest wavelets along all axes in the last rotated channel, which contains the least signal.
 */
export function denoise(signal: Signal, options: DenoiseOptions = {}): Denoised {
  const { threshold: rule = "bayes" } = options;
  const { kind = rule === "bayes" ? "soft" : "hard" } = options;
  const { grid, channels, coefficients } = expand(signal);
  const bands = bandsOf(grid, channels);
  const at = (places: readonly number[]) => Float64Array.from(places, (i) => coefficients[i]!);
  const noisiest = bands.get(finest(grid, channels));
  const sigma = options.sigma ?? (noisiest ? noiseLevel(at(noisiest)) : 0);
  const count = pointsOf(signal.size) * channels;
  for (const places of bands.values()) {
    const band = at(places);
    const shrunk = threshold(band, thresholds[rule](band, sigma, count), { mode: kind });
    for (const [k, i] of places.entries()) coefficients[i] = shrunk[k]!;
  }
  const kept = coefficients.reduce((sum, x) => sum + (x === 0 ? 0 : 1), 0);
  return { expansion: { grid, channels, coefficients }, sigma, kept };
}

/** Indices of the wavelets of each band: one channel, one level, split along the same axes. */
function bandsOf(grid: DyadicGrid, channels: number): Map<string, number[]> {
  const bands = new Map<string, number[]>();
  forEachPlace(grid, (place, index) => {
    const level = levelAt(place, grid);
    if (level === grid.depth) return;
    const along = place.map((i, axis) => isSplit(grid, axis, level) && (i >> level) & 1);
    for (let c = 0; c < channels; c++) {
      const name = `${level}/${along.map(Number)}/${c}`;
      const band = bands.get(name) ?? [];
      bands.set(name, band);
      band.push(index * channels + c);
    }
  });
  return bands;
}

/** The band of the finest wavelets along all axes that are split, in the channel with the least signal. */
const finest = (grid: DyadicGrid, channels: number): string =>
  `0/${grid.size.map((_, axis) => Number(isSplit(grid, axis, 0)))}/${channels - 1}`;

const isSplit = ({ levels }: DyadicGrid, axis: number, level: number): boolean =>
  level < levels[axis]!;
