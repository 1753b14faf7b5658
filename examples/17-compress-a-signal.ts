// Compression: 262,144 samples from the twentieth part of their wavelet coefficients.
// Run: node examples/17-compress-a-signal.ts
import { mapBands, quantile, threshold, wavedec, waverec } from "ondelette/wavelets";

/** The signal from the largest coefficients of sym8, this share of all. */
export function compressed(signal: Float64Array, share: number): Float64Array {
  const transform = wavedec(signal, "sym8");
  const least = quantile(transform.coefficients, 1 - share, { moduli: true });
  const shrink = (band: Float64Array) => threshold(band, least, { mode: "hard", out: band });
  return waverec(mapBands(transform, shrink));
}

// Two tones that rise and fall, and steps.
const signal = Float64Array.from({ length: 2 ** 18 }, (_, i) => {
  const t = i / 2 ** 18;
  const tones = Math.sin(4000 * t * t) + 0.5 * Math.sin(9000 * t * (1 - t));
  return tones + Math.floor(16 * t);
});
const back = compressed(signal, 0.05);
const energy = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
const error = energy(signal.map((x, i) => x - back[i])) / energy(signal);
console.log(`5 % of the coefficients: signal to noise ${(-10 * Math.log10(error)).toFixed(1)} dB`);
