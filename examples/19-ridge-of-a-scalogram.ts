// Scalogram: when which tone is loudest, from 16,384 samples at 100 scales, row by row.
// Run: node examples/19-ridge-of-a-scalogram.ts
import { cwtRows } from "ondelette/wavelets";

/** A place in a scalogram. */
export interface Peak {
  readonly modulus: number;
  readonly frequency: number;
  readonly sample: number;
}

/** The largest modulus of a complex Morlet transform; no more than one of its rows is in memory. */
export function loudest(signal: Float64Array, scales: readonly number[], rate: number): Peak {
  const options = { samplingPeriod: 1 / rate, mode: "zero" } as const;
  let most = 0;
  let peak: Peak = { modulus: 0, frequency: 0, sample: 0 };
  for (const { re, im, frequency } of cwtRows(signal, scales, "cmor1.5-1.0", options))
    for (let n = 0; n < re.length; n++) {
      const square = re[n] ** 2 + im![n] ** 2; // a complex wavelet has both parts
      if (square <= most) continue;
      most = square;
      peak = { modulus: Math.sqrt(square), frequency, sample: n };
    }
  return peak;
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
