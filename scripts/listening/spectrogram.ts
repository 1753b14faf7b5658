import { createFft } from "../../src/wavelets/continuous/fourier/fft.ts";

/** Power over time and frequency. */
export interface Spectrogram {
  readonly frames: number;
  /** From 0 to half the sampling rate, both included. */
  readonly bins: number;
  /** `[frames, bins]`: |X|², where a sine of amplitude 1 between 0 and half the rate has 1 at its bin. */
  readonly power: Float64Array;
}

/**
 * The power spectra of a sound under Hann windows of `window` samples, an even number, each `hop` after the one before. The first
 * window begins with the sound; what is missing at the end of the last is silence.
 */
export function spectrogram(samples: Float32Array, window: number, hop: number): Spectrogram {
  const frames = Math.max(1, Math.ceil((samples.length - window) / hop) + 1);
  const bins = window / 2 + 1;
  const fft = createFft(window);
  const hann = Float64Array.from(
    { length: window },
    (_, n) => (1 - Math.cos((2 * Math.PI * n) / window)) / 2,
  );
  /** The sum of the window is half its length, and a real sine shares its amplitude with its negative frequency. */
  const scale = (4 / window) ** 2;
  const power = new Float64Array(frames * bins);
  const [re, im] = [new Float64Array(window), new Float64Array(window)];
  for (let frame = 0; frame < frames; frame++) {
    hann.forEach((weight, n) => {
      re[n] = weight * (samples[frame * hop + n] ?? 0);
    });
    im.fill(0);
    fft.forward(re, im);
    for (let k = 0; k < bins; k++) power[frame * bins + k] = scale * (re[k]! ** 2 + im[k]! ** 2); // k < window
  }
  return { frames, bins, power };
}

/** The mel of a frequency in Hz: even to the ear, nearly linear below 700 Hz and logarithmic above (O'Shaughnessy 1987). */
const melOf = (hertz: number): number => 1127 * Math.log1p(hertz / 700);
const hertzOf = (mel: number): number => 700 * Math.expm1(mel / 1127);

/**
 * Weights of overlapping triangles, evenly spaced in mel from `from` to `to` Hz: `[bands, bins]`. Each triangle has the sum 1, so
 * that white noise has the same power in all.
 */
export function melBands(
  bins: number,
  rate: number,
  { bands, from, to }: { readonly bands: number; readonly from: number; readonly to: number },
): Float64Array {
  const [low, high] = [melOf(from), melOf(to)];
  const corner = (i: number) => hertzOf(low + ((high - low) * i) / (bands + 1));
  const weights = new Float64Array(bands * bins);
  for (let band = 0; band < bands; band++) {
    const [left, middle, right] = [corner(band), corner(band + 1), corner(band + 2)];
    const row = weights.subarray(band * bins, (band + 1) * bins);
    row.forEach((_, k) => {
      const hertz = (k * rate) / (2 * (bins - 1));
      row[k] = Math.max(
        0,
        Math.min((hertz - left) / (middle - left), (right - hertz) / (right - middle)),
      );
    });
    let sum = row.reduce((a, b) => a + b, 0);
    if (sum === 0) {
      // Narrower than the distance of two bins: the nearest one.
      row[Math.round((middle * 2 * (bins - 1)) / rate)] = sum = 1;
    }
    row.forEach((weight, k) => {
      row[k] = weight / sum;
    });
  }
  return weights;
}
