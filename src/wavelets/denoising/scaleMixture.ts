import type { ShrinkBand } from "./shrinkBand.ts";
import { symmetricEigen } from "./symmetricEigen.ts";
import { type Covariances, reach } from "./treeNoise.ts";

/** A neighborhood: 3 × 3 coefficients, row by row, so that its center is number 4. */
const side = 3;
const size = side * side;
const center = (size - 1) / 2;

/**
 * Covariances depend on distances alone, so they do not change where a neighborhood is turned by half a turn. It thus has even
 * directions, sums of opposite coefficients and the center, and odd ones, their differences, which are uncorrelated with the
 * even ones. That halves the work; odd directions tell of z, but not of the center.
 */
const even = center + 1;
const odd = center;

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
  const [whiteRe, whiteIm] = [new Float64Array(even), new Float64Array(even)];
  const [squaresRe, squaresIm] = [new Float64Array(size), new Float64Array(size)];
  const weights = new Float64Array(multipliers.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      whiten(band.re, height, width, y, x, real, whiteRe, squaresRe);
      whiten(band.im, height, width, y, x, imaginary, whiteIm, squaresIm);
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
        const row = k * even;
        let [ofRe, ofIm] = [0, 0];
        for (let n = 0; n < even; n++) {
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

/** What is done with the neighborhoods of one plane; `[k, n]` is multiplier k and direction n, even ones first. */
interface Filters {
  /** `[n, m]`: from even parts of a neighborhood to directions in which noise is white, of variance 1, the signal uncorrelated. */
  readonly whitenEven: Float64Array;
  /** The same for odd parts. */
  readonly whitenOdd: Float64Array;
  /** 1 / 2 over the variance of direction n. */
  readonly halves: Float64Array;
  /** Half the logarithm of the determinant of the covariance, for each k. */
  readonly penalties: Float64Array;
  /** What the even direction n gives to the estimate of the center. */
  readonly estimates: Float64Array;
}

/** The filters of a plane with these covariances; the noise is given for variance 1. */
function filtersOf(total: Covariances, noise: Covariances, variance: number): Filters {
  const [ofTotal, ofNoise] = [partsOf(neighborhood(total)), partsOf(neighborhood(noise))];
  const evenParts = directionsOf(ofTotal.even, ofNoise.even, even, variance);
  const oddParts = directionsOf(ofTotal.odd, ofNoise.odd, odd, variance);
  const signal = [...evenParts.signal, ...oddParts.signal];
  const halves = new Float64Array(multipliers.length * size);
  const estimates = new Float64Array(multipliers.length * even);
  const penalties = multipliers.map((z, k) => {
    let penalty = 0;
    for (let n = 0; n < size; n++) {
      const power = 1 + z * Math.max(0, signal[n]!);
      halves[k * size + n] = 0.5 / power;
      if (n < even) estimates[k * even + n] = evenParts.toLast[n]! * (1 - 1 / power);
      penalty += Math.log(power) / 2;
    }
    return penalty;
  });
  const [whitenEven, whitenOdd] = [evenParts.whitening, oddParts.whitening];
  return { whitenEven, whitenOdd, halves, penalties, estimates };
}

/** The covariance matrices of the even parts of a neighborhood, of which the center is last, and of the odd parts. */
function partsOf(all: Float64Array) {
  const at = (p: number, q: number) => all[p * size + q]!;
  const opposite = (p: number) => size - 1 - p;
  return {
    even: Float64Array.from({ length: even * even }, (_, i) => {
      const [p, q] = [Math.floor(i / even), i % even];
      if (p === center && q === center) return at(p, q);
      if (p === center || q === center) return Math.SQRT2 * at(p, q);
      return at(p, q) + at(p, opposite(q));
    }),
    odd: Float64Array.from({ length: odd * odd }, (_, i) => {
      const [p, q] = [Math.floor(i / odd), i % odd];
      return at(p, q) - at(p, opposite(q));
    }),
  };
}

/** Directions of n values in which their noise is white, of variance 1, and their signal of the variances `signal`. */
function directionsOf(total: Float64Array, noise: Float64Array, n: number, variance: number) {
  const { values: strengths, vectors } = symmetricEigen(noise, n);
  const largest = strengths.reduce((most, x) => Math.max(most, x), 0);
  // A direction without noise would be divided by nothing.
  const deviations = strengths.map((x) => Math.sqrt(variance * Math.max(x, 1e-3 * largest)));
  const whitened = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < n; p++)
        for (let q = 0; q < n; q++)
          sum += vectors[p * n + i]! * total[p * n + q]! * vectors[q * n + j]!;
      whitened[i * n + j] = sum / (deviations[i]! * deviations[j]!) - (i === j ? 1 : 0);
    }
  const { values: signal, vectors: directions } = symmetricEigen(whitened, n);
  const whitening = new Float64Array(n * n);
  const toLast = new Float64Array(n);
  for (let direction = 0; direction < n; direction++)
    for (let k = 0; k < n; k++) {
      const weight = directions[k * n + direction]!;
      toLast[direction]! += vectors[(n - 1) * n + k]! * deviations[k]! * weight;
      for (let m = 0; m < n; m++)
        whitening[direction * n + m]! += (weight * vectors[m * n + k]!) / deviations[k]!;
    }
  return { whitening, signal, toLast };
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
  { whitenEven, whitenOdd }: Filters,
  white: Float64Array,
  squares: Float64Array,
): void {
  const here = y * width;
  const above = y > 0 ? here - width : here;
  const below = y < height - 1 ? here + width : here;
  const left = x > 0 ? x - 1 : x;
  const right = x < width - 1 ? x + 1 : x;
  const a = Math.SQRT1_2 * plane[above + left]!;
  const b = Math.SQRT1_2 * plane[above + x]!;
  const c = Math.SQRT1_2 * plane[above + right]!;
  const d = Math.SQRT1_2 * plane[here + left]!;
  const middle = plane[here + x]!;
  const f = Math.SQRT1_2 * plane[here + right]!;
  const g = Math.SQRT1_2 * plane[below + left]!;
  const h = Math.SQRT1_2 * plane[below + x]!;
  const i = Math.SQRT1_2 * plane[below + right]!;
  const [ai, bh, cg, df] = [a + i, b + h, c + g, d + f];
  for (let n = 0; n < even; n++) {
    const w = n * even;
    const value =
      whitenEven[w]! * ai +
      whitenEven[w + 1]! * bh +
      whitenEven[w + 2]! * cg +
      whitenEven[w + 3]! * df +
      whitenEven[w + 4]! * middle;
    white[n] = value;
    squares[n] = value * value;
  }
  const [differenceAi, differenceBh, differenceCg, differenceDf] = [a - i, b - h, c - g, d - f];
  for (let n = 0; n < odd; n++) {
    const w = n * odd;
    const value =
      whitenOdd[w]! * differenceAi +
      whitenOdd[w + 1]! * differenceBh +
      whitenOdd[w + 2]! * differenceCg +
      whitenOdd[w + 3]! * differenceDf;
    squares[even + n] = value * value;
  }
}
