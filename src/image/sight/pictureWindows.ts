import type { Site } from "../../codec/index.ts";
import { bandRegions, channelSize } from "../../codec/walk/geometry.ts";
import type { Matrix } from "../../wavelets/arrays/matrix.ts";
import { approximationBand } from "../language/approximationBand.ts";
import type { ImageLanguage } from "../language/language.ts";
import { perSample, writeSample } from "./sampleBetweenWalls.ts";

/** Which windows of the picture a decision sees; a radius r is a window of (2r + 1)² samples, none if negative. */
export interface PictureSight {
  /** Radius at the decision's own scale. */
  readonly own: number;
  /** Radius at each of the two next coarser scales. */
  readonly coarser: number;
  /** Samples around the decision's 2×2 samples of the next finer scale. */
  readonly finer: number;
}

/**
 * The picture around a decision, at four scales. When the details of a level are coded, all coarser levels are already known
 * as well as this plane tells, so the approximation band they add to can be rebuilt: a small picture of the whole image, of
 * the same size as the detail band. With the details known so far it makes a picture of twice that size.
 *
 * Samples of an image lie between two walls (black and white); where a sample is at a wall, details are nearly impossible,
 * and how near it comes in units of the threshold says what the next bits can be. No window of coefficients shows this: it
 * is the sum of all ancestors with the signs of their quadrants.
 */
export interface PictureWindows {
  /** Numbers written for one decision. */
  readonly width: number;
  /** Rebuilds the picture at the first decision of a stage. */
  begin(site: Site, approximation: Float64Array): void;
  /** Writes the windows around `site`: for each sample its mean, and its distance to either wall. */
  write(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
}

const square = (radius: number) => Math.max(0, 2 * radius + 1) ** 2;

/** Windows of one walk. */
export function pictureWindows(language: ImageLanguage, sight: PictureSight): PictureWindows {
  const { tokens, walls, lossless } = language;
  const { geometry } = tokens;
  const size = channelSize(geometry);
  const [scaling] = bandRegions(geometry);
  const finerSide = sight.finer < 0 ? 0 : 2 + 2 * sight.finer;
  const width = perSample * (square(sight.own) + 2 * square(sight.coarser) + finerSide ** 2);
  // Lifting predicts the second of two samples, filters subtract it from the first.
  const sign = lossless ? 1 : -1;
  /** The approximation band beside the details of each level, of each channel. */
  const known: (Matrix<Float64Array> | undefined)[][] = walls.map(() => []);

  return {
    width,
    begin(site, approximation) {
      const pictures = known[site.channel]!; // walls are one pair a channel
      // All that is read is rebuilt, so that stages may be left out. The scaling band changes while the coarsest details are
      // coded, so it is read as it stands.
      pictures.fill(undefined);
      for (let level = Math.max(2, site.level - 2); level <= site.level; level++)
        pictures[level] = approximationBand(language, approximation, site.channel, level);
    },
    write(out, at, site, approximation) {
      const { level, channel, threshold } = site;
      out.fill(0, at, at + width);
      if (level === 0) return; // nothing coarser is known of the scaling band
      const steps = geometry.levels - level + 1;
      const bandHeight = geometry.height >> steps;
      const bandWidth = geometry.width >> steps;
      const [row, column] = [site.row % bandHeight, site.column % bandWidth];
      const base = channel * size;
      const range = walls[channel]!; // one pair a channel
      let k = at;
      const pictures = known[channel]!; // as above
      const live = level === 1;
      const own = pictures[level];
      const data = live ? approximation : own!.data; // begun with this stage
      const start = live ? base : 0;
      const stride = live ? geometry.width : own!.width;
      const { height: rows, width: columns } = live ? scaling! : own!; // every matrix has a scaling band
      const gain = 2 ** steps; // filters of unit norm double the samples at each coarser level

      for (let i = row - sight.own; i <= row + sight.own; i++)
        for (let j = column - sight.own; j <= column + sight.own; j++, k += perSample)
          if (i >= 0 && i < rows && j >= 0 && j < columns)
            writeSample(out, k, data[start + i * stride + j]!, range, gain, threshold);

      for (const up of [1, 2]) {
        const picture = pictures[level - up];
        const [y, x] = [row >> up, column >> up];
        const coarse = gain * 2 ** up;
        for (let i = y - sight.coarser; i <= y + sight.coarser; i++)
          for (let j = x - sight.coarser; j <= x + sight.coarser; j++, k += perSample)
            if (picture && i >= 0 && i < picture.height && j >= 0 && j < picture.width)
              writeSample(
                out,
                k,
                picture.data[i * picture.width + j]!,
                range,
                coarse,
                2 * threshold,
              );
      }

      // A sample and the three details at its place make 2×2 samples of the finer picture, exactly so in Haar.
      for (let i = 2 * row - sight.finer, end = i + finerSide; i < end; i++)
        for (
          let j = 2 * column - sight.finer, stop = j + finerSide;
          j < stop;
          j++, k += perSample
        ) {
          const [r, c] = [i >> 1, j >> 1];
          if (r < 0 || r >= rows || c < 0 || c >= columns) continue;
          const place = base + r * geometry.width + c;
          const down = i & 1 ? 1 : -1;
          const right = j & 1 ? 1 : -1;
          const lh = sign * right * approximation[place + bandWidth]!;
          const hl = sign * down * approximation[place + bandHeight * geometry.width]!;
          const hh = down * right * approximation[place + bandHeight * geometry.width + bandWidth]!;
          const value = (data[start + r * stride + c]! + lh + hl + hh) / 2;
          writeSample(out, k, value, range, gain / 2, threshold);
        }
    },
  };
}
