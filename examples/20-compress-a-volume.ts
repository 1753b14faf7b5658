// A volume of 96 × 128 × 128 from the tenth part of its wavelet coefficients.
// Run: node examples/20-compress-a-volume.ts
import {
  mapBands,
  type NdArray,
  quantile,
  threshold,
  wavedecn,
  waverecn,
} from "ondelette/wavelets";

/** The volume from the largest coefficients of three levels of bior4.4, this share of all. */
export function compressed(volume: NdArray<Float64Array>, share: number): NdArray<Float64Array> {
  const transform = wavedecn(volume, "bior4.4", { levels: 3 });
  const { approximation, details } = transform;
  const bands = [approximation, ...details.flatMap((level) => Object.values(level))];
  const least = quantile(
    bands.map(({ data }) => data),
    1 - share,
    { moduli: true },
  );
  const shrink = (band: Float64Array) => threshold(band, least, { mode: "hard", out: band });
  return waverecn(mapBands(transform, shrink));
}

// A ball with a hole in a soft haze, and a little noise.
const shape = [96, 128, 128];
const data = Float64Array.from({ length: 96 * 128 * 128 }, (_, i) => {
  const [z, y, x] = [Math.floor(i / 16_384) - 48, (Math.floor(i / 128) % 128) - 64, (i % 128) - 64];
  const radius = Math.hypot(x, y, z);
  return Math.exp(-radius / 50) + (radius < 40 && radius > 15 ? 1 : 0) + 0.02 * Math.sin(i * i);
});
const back = compressed({ shape, data }, 0.1).data;
const energy = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
const error = energy(data.map((x, i) => x - back[i])) / energy(data);
console.log(`10 % of the coefficients: signal to noise ${(-10 * Math.log10(error)).toFixed(1)} dB`);
