/**
 * Draws docs/pictures/cwt-chirp.png: the scalogram |W| (norm l1) of a linear chirp from 0 to 0.5 cycles per sample, a falling
 * chirp, and a click in the middle. Time runs to the right; frequency runs upwards on a logarithmic axis. The part outside the cone
 * of influence is dimmed. At coarse scales (bottom) there are only the slow ends of the chirps and the click.
 *
 *   node scripts/cwtPictures.ts
 */
import { writeFileAtomically } from "../src/data/files/atomicWrite.ts";
import { encodePng } from "../src/data/formats/png.ts";
import { blankRaster, type Raster } from "../src/data/images/raster.ts";
import {
  type Cwt,
  coneOfInfluence,
  continuousWavelet,
  cwt,
  scalesFor,
} from "../src/wavelets/index.ts";

const file = "docs/pictures/cwt-chirp.png";
const [width, voices] = [512, 26];
const length = 4096;

/** Dark blue, red, yellow, white, with increasing brightness. */
const stops = [
  [8, 8, 40],
  [90, 20, 110],
  [215, 60, 60],
  [250, 180, 60],
  [255, 255, 235],
] as const;

const chirps = Float64Array.from({ length }, (_, n) => {
  const rising = Math.cos((2 * Math.PI * n * n) / (4 * length));
  const back = length - 1 - n;
  const falling = 0.5 * Math.cos((2 * Math.PI * 0.12 * back * back) / (4 * length));
  return rising + falling + (n === length / 2 ? 12 : 0);
});
const wavelet = continuousWavelet("cmor1.5-1.0");
const scales = scalesFor({ from: 2, to: 300, voices });
await writeFileAtomically(file, encodePng(scalogram(cwt(chirps, scales, wavelet, { norm: "l1" }))));
console.error(`wrote ${file}`);

/** One row per scale, finest on top; one column per `length / width` samples, with the largest |W| among them. */
function scalogram(transform: Cwt): Raster {
  const { re, im, length } = transform;
  const cone = coneOfInfluence(transform);
  const raster = blankRaster(width, transform.scales.length, 3);
  const hop = length / width;
  for (let row = 0; row < raster.height; row++) {
    for (let column = 0; column < width; column++) {
      let size = 0;
      for (let n = column * hop; n < (column + 1) * hop; n++)
        size = Math.max(size, Math.hypot(re[row * length + n]!, im?.[row * length + n] ?? 0)); // in the plane
      const nearest = Math.min(column * hop, length - 1 - column * hop);
      const dim = nearest < cone[row]! ? 0.55 : 1; // one for each scale
      raster.data.set(color(Math.sqrt(Math.min(1, size / 0.6)), dim), 3 * (row * width + column));
    }
  }
  return raster;
}

function color(share: number, dim: number): readonly number[] {
  const place = share * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [stops[below]!, stops[below + 1]!]; // below is not the last
  return from.map((value, i) => dim * (value + (to[i]! - value) * (place - below))); // three channels
}
