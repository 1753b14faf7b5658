import { createFft } from "../../src/wavelets/index.ts";

/** Samples per second of all clips that the judge of digits hears. */
export const clipRate = 8000;

/** Whether a sound of this rate can be brought to {@link clipRate}. */
export const canBeHeard = (rate: number): boolean => rate > 0 && Number.isInteger(clipRate / rate);

/**
 * A sound at {@link clipRate}, of which its own rate is a whole part: the band-limited signal through its samples, repeated without
 * end. It has nothing above half of the rate that it had.
 */
export function atClipRate(samples: Float32Array, rate: number): Float32Array {
  const factor = clipRate / rate;
  if (factor === 1 || samples.length === 0) return samples;
  const { length } = samples;
  const spectrum = { re: Float64Array.from(samples), im: new Float64Array(length) };
  createFft(length).forward(spectrum.re, spectrum.im);
  const re = new Float64Array(factor * length);
  const im = new Float64Array(factor * length);
  const half = length / 2;
  for (let k = 0; k < length; k++) {
    // Half of the rate belongs to both signs; its value is real.
    const places = k < half ? [k] : k > half ? [re.length - length + k] : [k, re.length - k];
    for (const place of places) {
      re[place] = (factor * spectrum.re[k]!) / places.length; // k < length
      im[place] = (factor * spectrum.im[k]!) / places.length;
    }
  }
  createFft(re.length).inverse(re, im);
  return Float32Array.from(re);
}
