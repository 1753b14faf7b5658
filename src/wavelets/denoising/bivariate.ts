import type { ComplexMatrix } from "../dualTree/dualTree2.ts";
import { boxMeans } from "./boxMeans.ts";
import type { ShrinkBand } from "./shrinkBand.ts";

/** The local variance is a mean over 5 × 5 coefficients. */
const radius = 2;

/**
 * Bivariate shrinkage with local variance (Sendur and Selesnick, *Bivariate shrinkage functions for wavelet-based denoising
 * exploiting interscale dependency*, 2002): a coefficient and its parent, the coefficient at the same place one level
 * coarser, are small or large together. With R the norm of both and σ_x² the local variance beyond the noise, the
 * coefficient is multiplied by max(1 − √3 σ² / (σ_x R), 0).
 */
export const shrinkByParent: ShrinkBand = ({ band, parent, sigma }) => {
  const { height, width } = band;
  const count = height * width;
  const energy = new Float64Array(count);
  for (let i = 0; i < count; i++) energy[i] = band.re[i]! ** 2 + band.im[i]! ** 2;
  const local = boxMeans({ height, width, data: energy }, radius);
  // White noise of variance σ² has σ²/4 in the real and in the imaginary part.
  const noise = sigma ** 2 / 4;
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const signal = local[i]! / 2 - noise;
      if (signal <= 0) continue;
      const norm = Math.sqrt(energy[i]! + (parent ? energyAt(parent, y >> 1, x >> 1) : 0));
      const threshold = (Math.sqrt(3) * noise) / Math.sqrt(signal);
      if (norm <= threshold) continue;
      const factor = 1 - threshold / norm;
      re[i] = factor * band.re[i]!;
      im[i] = factor * band.im[i]!;
    }
  return { height, width, re, im };
};

function energyAt({ width, re, im }: ComplexMatrix, y: number, x: number): number {
  const i = y * width + x;
  return re[i]! ** 2 + im[i]! ** 2;
}
