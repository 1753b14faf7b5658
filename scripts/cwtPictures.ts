/**
 * Draws docs/pictures/cwt-chirp.png: the scalogram |W| (norm l1) of a linear chirp from 0 to 0.5 cycles per sample, a second,
 * falling one, and a click in the middle. Time runs to the right, frequency (logarithmic) upwards; what lies outside the cone
 * of influence is dimmed. At low frequencies there are only the slow ends of the chirps and the click.
 *
 *   node scripts/cwtPictures.ts
 */
import {
  blankRaster,
  encodePng,
  type Point,
  type Raster,
  strokeText,
  writeFileAtomically,
} from "../src/data/index.ts";
import {
  type Cwt,
  coneOfInfluence,
  continuousWavelet,
  cwt,
  scalesFor,
} from "../src/wavelets/index.ts";
import { heat } from "./heat.ts";

const file = "docs/pictures/cwt-chirp.png";
const [width, voices] = [1024, 46];
const length = 4096;
const margin = { left: 96, right: 104, top: 16, bottom: 56 };
const textHeight = 12;
/** The largest |W| that the colors tell apart. */
const brightest = 0.6;

const chirps = Float64Array.from({ length }, (_, n) => {
  const rising = Math.cos((2 * Math.PI * n * n) / (4 * length));
  const back = length - 1 - n;
  const falling = 0.5 * Math.cos((2 * Math.PI * 0.12 * back * back) / (4 * length));
  return rising + falling + (n === length / 2 ? 12 : 0);
});
const wavelet = continuousWavelet("cmor1.5-1.0");
const scales = scalesFor({ from: 2, to: 300, voices });
const transform = cwt(chirps, scales, wavelet, { norm: "l1" });
await writeFileAtomically(file, encodePng(withAxes(scalogram(transform), transform.scales)));
console.error(`wrote ${file}`);

/** A row for each scale, the finest on top, a column for each `length / width` samples: the largest |W| in it. */
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
      raster.data.set(
        heat(Math.sqrt(Math.min(1, size / brightest)), dim),
        3 * (row * width + column),
      );
    }
  }
  return raster;
}

/** The scalogram with axes in samples and cycles per sample, and a bar of its colors. */
function withAxes(picture: Raster, scales: ArrayLike<number>): Raster {
  const { left, right, top, bottom } = margin;
  const sheet = blankRaster(left + width + right, top + picture.height + bottom, 3);
  sheet.data.fill(255);
  const end = top + picture.height;
  for (let row = 0; row < picture.height; row++)
    sheet.data.set(
      picture.data.subarray(3 * row * width, 3 * (row + 1) * width),
      3 * ((top + row) * sheet.width + left),
    );

  for (const sample of [0, 1000, 2000, 3000, 4000]) {
    const x = left + (sample * width) / length;
    line(sheet, [x, end], [x, end + 5]);
    write(sheet, `${sample}`, [x, end + 10], 0.5);
  }
  write(sheet, "time in samples", [left + width / 2, end + 34], 0.5);

  // The wavelet of scale s has its center at 1 / s cycles per sample; rows are even in log s.
  const [finest, coarsest] = [scales[0]!, scales[scales.length - 1]!]; // there are scales
  for (const frequency of [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005]) {
    const share = Math.log(1 / frequency / finest) / Math.log(coarsest / finest);
    const y = top + share * (picture.height - 1);
    line(sheet, [left - 5, y], [left, y]);
    write(sheet, `${frequency}`, [left - 10, y - textHeight / 2], 1);
  }
  write(sheet, "cycles per sample", [26, top + picture.height / 2], 0.5, true);

  const bar = left + width + 24;
  for (let row = 0; row < picture.height; row++)
    for (let column = 0; column < 16; column++) {
      const at = 3 * ((top + row) * sheet.width + bar + column);
      sheet.data.set(heat(1 - row / (picture.height - 1), 1), at);
    }
  for (const size of [0, 0.05, 0.15, 0.3, 0.6]) {
    const y = top + (1 - Math.sqrt(size / brightest)) * (picture.height - 1);
    line(sheet, [bar + 16, y], [bar + 20, y]);
    write(
      sheet,
      `${size}`,
      [bar + 25, Math.min(Math.max(y - textHeight / 2, top), end - textHeight)],
      0,
    );
  }
  write(sheet, "|W|", [bar + 8, end + 10], 0.5);
  return sheet;
}

/** Writes text with its top at `y`; `x` is its left edge (align 0), middle (0.5) or right edge (1). `upwards` turns it left. */
function write(sheet: Raster, text: string, [x, y]: Point, align: number, upwards = false): void {
  const { strokes, width } = strokeText(text, textHeight);
  const place = ([a, b]: Point): Point =>
    upwards ? [x + b, y - (a - align * width)] : [x + a - align * width, y + b];
  for (const stroke of strokes)
    stroke.forEach((point, i) => {
      line(sheet, place(stroke[Math.max(0, i - 1)] ?? point), place(point));
    });
}

/** A dark line, thin and smoothed. */
function line(sheet: Raster, from: Point, to: Point): void {
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - from[0], to[1] - from[1])));
  for (let k = 0; k <= steps; k++) {
    const x = from[0] + ((to[0] - from[0]) * k) / steps;
    const y = from[1] + ((to[1] - from[1]) * k) / steps;
    for (let i = Math.floor(y - 1); i <= y + 2; i++)
      for (let j = Math.floor(x - 1); j <= x + 2; j++) {
        const gray = 255 - 200 * Math.max(0, Math.min(1, 1.2 - Math.hypot(j - x, i - y)));
        const at = 3 * (i * sheet.width + j);
        for (let c = at; c < at + 3; c++) sheet.data[c] = Math.min(sheet.data[c] ?? 255, gray);
      }
  }
}
