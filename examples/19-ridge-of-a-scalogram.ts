// Scalogram: when which tone is loudest, from 16,384 samples at 100 scales.
// Run: node examples/19-ridge-of-a-scalogram.ts
import { cwt } from "ondelette/wavelets";

/** A place in a scalogram. */
export interface Peak {
  readonly modulus: number;
  readonly frequency: number;
  readonly sample: number;
}

/** The largest modulus of a complex Morlet transform. */
export function loudest(signal: Float64Array, scales: readonly number[], rate: number): Peak {
  const options = { samplingPeriod: 1 / rate, mode: "zero" } as const;
  const { re, im, frequencies, length } = cwt(signal, scales, "cmor1.5-1.0", options);
  let [most, at] = [0, 0];
  for (let i = 0; i < re.length; i++) {
    const square = re[i] ** 2 + im![i] ** 2; // a complex wavelet has both parts
    if (square > most) [most, at] = [square, i];
  }
  const scale = Math.floor(at / length);
  return { modulus: Math.sqrt(most), frequency: frequencies[scale], sample: at % length };
}

// A tone that rises from 20 to 200 Hz in 16 seconds and is loudest after 10.
const rate = 1024;
const signal = Float64Array.from({ length: 16 * rate }, (_, i) => {
  const t = i / rate;
  return Math.sin(2 * Math.PI * (20 + (90 / 16) * t) * t) * Math.exp(-(((t - 10) / 3) ** 2));
});
const scales = Array.from({ length: 100 }, (_, i) => 2 * 128 ** (i / 99));
const { frequency, sample } = loudest(signal, scales, rate);
console.log(`loudest after ${(sample / rate).toFixed(1)} s at ${frequency.toFixed(0)} Hz`);
