import type { ShrinkBand } from "./shrinkBand.ts";
import { symmetricEigen } from "./symmetricEigen.ts";
import { type Covariances, reach } from "./treeNoise.ts";

/** A neighborhood: 3 × 3 coefficients, row by row, so that its center is the fifth. */
const side = 3;
const size = side * side;
const center = 4;

/** Multipliers z of the covariance, evenly spaced in log z: what is far below 1 is noise alone. */
const multipliers = Float64Array.from({ length: 8 }, (_, k) => Math.exp(-7 + 1.4 * k));

/**
 * Noise is taken to be stronger by this factor. Too little costs more than too much: what is left of the noise in the
 * covariance of a band is taken for signal, which a large z then lets through.
 */
const caution = 1.04;

/** Weights below this share of the largest do not count. */
const least = Math.log(1e-4);

/**
 * Bayes' least squares under a Gaussian scale mixture (Portilla, Strela, Wainwright and Simoncelli, *Image denoising using
 * scale mixtures of Gaussians in the wavelet domain*, 2003). Coefficients of a neighborhood are √z u + w, with u Gaussian
 * of the band's covariance, w noise of known covariance, and z a hidden local strength with a flat prior in log z. The
 * result is the mean of the center, given its neighborhood: a Wiener filter for each z, weighted by how likely z is.
 *
 * The paper uses real bands; here the real and the imaginary part of a neighborhood share their z, which makes it known better.
 */
export const shrinkByMixture: ShrinkBand = ({ band, sigma, noise }) => {
  const { height, width } = band;
  const variance = (caution * sigma) ** 2;
  const parts = [
    filtersOf(neighborCovariances(band.re, height, width), noise.re, variance),
    filtersOf(neighborCovariances(band.im, height, width), noise.im, variance),
  ] as const;
  const [real, imaginary] = parts;
  const penalties = multipliers.map((_, k) => real.penalties[k]! + imaginary.penalties[k]!);
  const [re, im] = [new Float64Array(band.re.length), new Float64Array(band.im.length)];
  const [whiteRe, whiteIm] = [new Float64Array(size), new Float64Array(size)];
  const [squaresRe, squaresIm] = [new Float64Array(size), new Float64Array(size)];
  const weights = new Float64Array(multipliers.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      whiten(band.re, height, width, y, x, real.whitening, whiteRe, squaresRe);
      whiten(band.im, height, width, y, x, imaginary.whitening, whiteIm, squaresIm);
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < weights.length; k++) {
        let log = -penalties[k]!;
        const row = k * size;
        for (let n = 0; n < size; n++)
          log -= real.halves[row + n]! * squaresRe[n]! + imaginary.halves[row + n]! * squaresIm[n]!;
        weights[k] = log;
        if (log > most) most = log;
      }
      let [sum, sumRe, sumIm] = [0, 0, 0];
      for (let k = 0; k < weights.length; k++) {
        const log = weights[k]! - most;
        if (log < least) continue;
        const weight = Math.exp(log);
        const row = k * size;
        let [ofRe, ofIm] = [0, 0];
        for (let n = 0; n < size; n++) {
          ofRe += real.estimates[row + n]! * whiteRe[n]!;
          ofIm += imaginary.estimates[row + n]! * whiteIm[n]!;
        }
        sum += weight;
        sumRe += weight * ofRe;
        sumIm += weight * ofIm;
      }
      re[y * width + x] = sumRe / sum;
      im[y * width + x] = sumIm / sum;
    }
  return { height, width, re, im };
};

/** What is done with the neighborhoods of one plane; `[k, n]` is multiplier k and direction n. */
interface Filters {
  /** `[n, m]`: takes a neighborhood to directions in which noise is white, of variance 1, and the signal uncorrelated. */
  readonly whitening: Float64Array;
  /** 1 / 2 over the variance of direction n. */
  readonly halves: Float64Array;
  /** Half the logarithm of the determinant of the covariance, for each k. */
  readonly penalties: Float64Array;
  /** What direction n gives to the estimate of the center. */
  readonly estimates: Float64Array;
}

/** The filters of a plane with these covariances; the noise is given for variance 1. */
function filtersOf(total: Covariances, noise: Covariances, variance: number): Filters {
  const { values: strengths, vectors } = symmetricEigen(neighborhood(noise), size);
  const largest = strengths.reduce((most, x) => Math.max(most, x), 0);
  // A direction without noise would be divided by nothing.
  const deviations = strengths.map((x) => Math.sqrt(variance * Math.max(x, 1e-3 * largest)));
  const all = neighborhood(total);
  const whitened = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let p = 0; p < size; p++)
        for (let q = 0; q < size; q++)
          sum += vectors[p * size + i]! * all[p * size + q]! * vectors[q * size + j]!;
      whitened[i * size + j] = sum / (deviations[i]! * deviations[j]!) - (i === j ? 1 : 0);
    }
  const { values: signal, vectors: directions } = symmetricEigen(whitened, size);
  const whitening = new Float64Array(size * size);
  const back = new Float64Array(size);
  for (let n = 0; n < size; n++)
    for (let k = 0; k < size; k++) {
      const direction = directions[k * size + n]!;
      back[n]! += vectors[center * size + k]! * deviations[k]! * direction;
      for (let m = 0; m < size; m++)
        whitening[n * size + m]! += (direction * vectors[m * size + k]!) / deviations[k]!;
    }
  const halves = new Float64Array(multipliers.length * size);
  const estimates = new Float64Array(multipliers.length * size);
  const penalties = multipliers.map((z, k) => {
    let penalty = 0;
    for (let n = 0; n < size; n++) {
      const power = 1 + z * Math.max(0, signal[n]!);
      halves[k * size + n] = 0.5 / power;
      estimates[k * size + n] = back[n]! * (1 - 1 / power);
      penalty += Math.log(power) / 2;
    }
    return penalty;
  });
  return { whitening, halves, penalties, estimates };
}

/** The covariance matrix of a neighborhood, from covariances by distance. */
function neighborhood(covariances: Covariances): Float64Array {
  const result = new Float64Array(size * size);
  for (let p = 0; p < size; p++)
    for (let q = 0; q < size; q++) {
      const down = Math.floor(q / side) - Math.floor(p / side);
      const along = (q % side) - (p % side);
      result[p * size + q] = covariances[(down + reach) * (2 * reach + 1) + along + reach]!;
    }
  return result;
}

/** Mean products of the values of a plane at each distance; the plane is taken as periodic. */
function neighborCovariances(plane: Float64Array, height: number, width: number): Covariances {
  const lags = 2 * reach + 1;
  const result = new Float64Array(lags * lags);
  for (let down = 0; down <= reach; down++)
    for (let along = down === 0 ? 0 : -reach; along <= reach; along++) {
      let sum = 0;
      for (let y = 0; y < height; y++) {
        const [here, there] = [y * width, ((y + down) % height) * width];
        for (let x = 0; x < width; x++) {
          let other = x + along;
          if (other < 0 || other >= width) other = (other + reach * width) % width;
          sum += plane[here + x]! * plane[there + other]!;
        }
      }
      const mean = sum / plane.length;
      result[(reach + down) * lags + reach + along] = mean;
      result[(reach - down) * lags + reach - along] = mean;
    }
  return result;
}

/** Writes the whitened neighborhood of (y, x), and its squares; the outermost coefficients are repeated beyond the borders. */
function whiten(
  plane: Float64Array,
  height: number,
  width: number,
  y: number,
  x: number,
  whitening: Float64Array,
  white: Float64Array,
  squares: Float64Array,
): void {
  const here = y * width;
  const above = y > 0 ? here - width : here;
  const below = y < height - 1 ? here + width : here;
  const left = x > 0 ? x - 1 : x;
  const right = x < width - 1 ? x + 1 : x;
  const [a, b, c] = [plane[above + left]!, plane[above + x]!, plane[above + right]!];
  const [d, e, f] = [plane[here + left]!, plane[here + x]!, plane[here + right]!];
  const [g, h, i] = [plane[below + left]!, plane[below + x]!, plane[below + right]!];
  for (let n = 0; n < size; n++) {
    const w = n * size;
    const value =
      whitening[w]! * a +
      whitening[w + 1]! * b +
      whitening[w + 2]! * c +
      whitening[w + 3]! * d +
      whitening[w + 4]! * e +
      whitening[w + 5]! * f +
      whitening[w + 6]! * g +
      whitening[w + 7]! * h +
      whitening[w + 8]! * i;
    white[n] = value;
    squares[n] = value * value;
  }
}
