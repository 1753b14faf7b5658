/** The µ of North America and Japan, for 256 levels. */
const mu = 255;

/**
 * The level, 0 … 255, of a sample in [-1, 1]. The logarithm gives quiet sound as many levels as loud sound (µ-law companding
 * as in WaveNet, van den Oord et al. 2016, not the bits of G.711). Samples beyond [-1, 1] are clipped.
 */
export function toMuLaw(sample: number): number {
  const size = Math.min(Math.abs(sample), 1);
  const companded = Math.sign(sample) * (Math.log1p(mu * size) / Math.log1p(mu));
  return Math.floor(((companded + 1) / 2) * mu + 0.5);
}

/** The sample of a level. No level is exactly 0: the nearest, 127 and 128, are ∓8.6e-5. */
export function fromMuLaw(level: number): number {
  const companded = (2 * level) / mu - 1;
  return (Math.sign(companded) * Math.expm1(Math.abs(companded) * Math.log1p(mu))) / mu;
}
