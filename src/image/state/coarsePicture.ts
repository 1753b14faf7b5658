import type { Site } from "../../codec/index.ts";
import { Band, bandRegions, channelSize } from "../../codec/walk/geometry.ts";
import type { Matrix } from "../../wavelets/index.ts";
import { approximationBand } from "../language/approximationBand.ts";
import type { ImageLanguage } from "../language/language.ts";

/**
 * The picture that a stage refines. When the details of a level are coded, all coarser levels are already known as well
 * as this plane tells, so the approximation band they add to can be rebuilt: a small picture of the whole image, of the
 * same size as the detail band. Samples of an image lie between two walls (black and white); where the small picture is at
 * a wall, details are nearly impossible, and how near it comes in units of the threshold says what the next bits can be.
 * No window of coefficients shows this: it is the sum of all ancestors with the signs of their quadrants.
 */
export interface CoarsePicture {
  /** Numbers written for one decision. */
  readonly width: number;
  /** Rebuilds the picture at the first decision of a stage. */
  begin(site: Site, approximation: Float64Array): void;
  /** Writes the window around `site`: for each sample its mean, and its distance to either wall. */
  write(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
}

/** Distances to the walls are told apart up to this many thresholds. */
const reach = 4;

/** A picture of its own for one walk; `radius` r gives windows of (2r + 1)², none if negative. */
export function coarsePicture(language: ImageLanguage, radius: number): CoarsePicture {
  const { geometry, places } = language.tokens;
  const size = channelSize(geometry);
  const scalingHeight = geometry.height / 2 ** geometry.levels;
  const scalingWidth = geometry.width / 2 ** geometry.levels;
  const [scaling] = bandRegions(geometry);
  const side = 2 * radius + 1;
  let picture: Matrix<Float64Array> = { height: 0, width: 0, data: new Float64Array(0) };

  return {
    width: 3 * Math.max(0, side) ** 2,
    begin(site, approximation) {
      if (site.level > 1)
        picture = approximationBand(language, approximation, site.channel, site.level);
    },
    write(out, at, site, approximation) {
      const level = Math.max(1, site.level);
      // The scaling band changes while the coarsest details are coded, so it is read as it stands.
      const live = level === 1;
      const samples = live ? approximation : picture.data;
      const base = live ? site.channel * size : 0;
      const { height, width } = live ? scaling! : picture; // every matrix has a scaling band
      const stride = live ? geometry.width : width;
      const unknown = places.band[site.offset - site.channel * size] === Band.approximation;

      // Filters of unit norm double the samples at each coarser level.
      const gain = 2 ** (geometry.levels - level + 1);
      const walls = language.walls[site.channel]!; // one pair a channel
      const [low, high] = [gain * walls.low, gain * walls.high];
      const unit = high - low;
      const perReach = 1 / (reach * site.threshold);
      const row = site.row % (scalingHeight * 2 ** (level - 1));
      const column = site.column % (scalingWidth * 2 ** (level - 1));
      let k = at;
      for (let i = row - radius; i <= row + radius; i++)
        for (let j = column - radius; j <= column + radius; j++, k += 3) {
          const inside = !unknown && i >= 0 && i < height && j >= 0 && j < width;
          const value = inside ? samples[base + i * stride + j]! : 0;
          out[k] = value / unit;
          out[k + 1] = clip((value - low) * perReach);
          out[k + 2] = clip((high - value) * perReach);
        }
    },
  };
}

function clip(x: number): number {
  return x > 1 ? 1 : x < -1 ? -1 : x;
}
