import { noise } from "../testing.ts";

/** Seeded Gaussian noise of standard deviation 1, by Box and Muller's formula. */
export function gaussianNoise(length: number): Float64Array {
  const uniform = noise(2 * length, 0).map((value) => (value + 1) / 2);
  return Float64Array.from(
    { length },
    (_, i) =>
      Math.sqrt(-2 * Math.log(1 - uniform[2 * i]!)) * Math.cos(2 * Math.PI * uniform[2 * i + 1]!),
  );
}

/** Signal-to-noise ratio in dB: the variance of the true values over the mean square of the error. */
export function snr(values: Float64Array, truth: Float64Array): number {
  const error = values.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0);
  return 10 * Math.log10((variance(truth) * truth.length) / error);
}

/** The values with standard deviation `sigma`, mean kept. */
export function scaledTo(values: Float64Array, sigma: number): Float64Array {
  const factor = sigma / Math.sqrt(variance(values));
  return values.map((value) => value * factor);
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
