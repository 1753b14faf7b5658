import type { LastPlane, TokenLanguage } from "../../codec/tokenLanguage.ts";
import {
  Band,
  type BandRegion,
  bandNumber,
  bandRegions,
  channelSize,
} from "../../codec/walk/geometry.ts";
import type { LiftingMatrix, LiftingMode, LiftingName } from "../../wavelets/lifting/index.ts";
import { ilwt2, liftingScheme, lwt2 } from "../../wavelets/lifting/index.ts";
import type { ImageWavelet } from "./imageWavelets.ts";

/** Integer lifting of a wavelet. Both extensions leave no coefficient beyond ⌈N/2⌉ low and ⌊N/2⌋ high ones, but zeros. */
export interface IntegerLifting {
  readonly scheme: LiftingName;
  readonly mode: LiftingMode;
}

/**
 * The wavelets that map integers to integers here: the S transform, and the 5/3 of JPEG 2000. In mode `periodization` an odd
 * line repeats its last sample, whose Haar detail is 0, so that means stay within the range of the samples.
 */
export const integerLiftings: { readonly [name in ImageWavelet]?: IntegerLifting } = {
  haar: { scheme: "haar", mode: "periodization" },
  "bior2.2": { scheme: "cdf5/3", mode: "reflect" },
};

/**
 * log2 of the unit of a band's integers: what one of them weighs in a transform of unit norm, exactly for the S transform
 * and to half a bit for 5/3. A mean of d steps weighs 2^d, a detail half of that, or a quarter if it is diagonal. Chroma
 * weighs one bit less than luma, as its error is spread over fewer samples. So bit planes of all bands are comparable.
 */
export const unitPlane =
  (levels: number): LastPlane =>
  ({ channel, level, band }) => {
    const steps = level === 0 ? levels : levels - level + 1;
    const detail = band === Band.approximation ? 0 : band === Band.diagonal ? 2 : 1;
    return steps - detail - (channel === 0 ? 0 : 1);
  };

/** Integers beyond this cannot come from an image. They are clipped, so that every stream decodes, also a damaged one. */
const most = 2 ** 23;

/**
 * The coefficient of an integer n: ±(|n| + ½) units, the middle of what its last bit plane leaves open, and 0 for 0. So a
 * walk that goes down to the unit ends exactly at the coefficient.
 */
export const toCoefficient = (n: number, unit: number) =>
  n === 0 ? 0 : n > 0 ? (n + 0.5) * unit : (n - 0.5) * unit;

/** The integer of a coefficient, or of what is known of one: all rounding of the lossless language is here. */
export const toInteger = (coefficient: number, unit: number) =>
  Math.trunc(Math.min(most, Math.max(-most, coefficient / unit)));

/** Writes the coefficients of a plane of integers into its channel of a matrix. */
export function writeBands(
  matrix: Float64Array,
  channel: number,
  plane: LiftingMatrix<Int32Array>,
  { scheme, mode }: IntegerLifting,
  language: TokenLanguage,
): void {
  const { levels, width } = language.geometry;
  const { approximation, details } = lwt2(plane, scheme, { levels, mode });
  const bands = [approximation, ...details.flatMap(({ lh, hl, hh }) => [lh, hl, hh])];
  const base = channel * channelSize(language.geometry);
  for (const [k, region] of bandRegions(language.geometry).entries()) {
    const band = bands[k]!; // in the same order
    const unit = unitOf(language, channel, region);
    for (let row = 0; row < region.height; row++) {
      const to = base + (region.top + row) * width + region.left;
      for (let column = 0; column < region.width; column++)
        matrix[to + column] = toCoefficient(band.data[row * band.width + column]!, unit);
    }
  }
}

/** The plane of a channel's known coefficients after `steps` steps of analysis; the plane itself where that is 0. */
export function readBands(
  approximation: Float64Array,
  channel: number,
  steps: number,
  { scheme, mode }: IntegerLifting,
  language: TokenLanguage,
): LiftingMatrix<Int32Array> {
  const { geometry } = language;
  const { levels, content = geometry } = geometry;
  const low = (n: number, k: number) => Math.ceil(n / 2 ** k);
  const places = (n: number) => (mode === "reflect" ? Math.floor(n / 2) : Math.ceil(n / 2));
  const base = channel * channelSize(geometry);
  const read = (region: BandRegion, height: number, width: number) => {
    const unit = unitOf(language, channel, region);
    const data = new Int32Array(height * width);
    for (let row = 0; row < region.height; row++) {
      const from = base + (region.top + row) * geometry.width + region.left;
      for (let column = 0; column < region.width; column++)
        data[row * width + column] = toInteger(approximation[from + column]!, unit);
    }
    return { height, width, data };
  };
  const [scaling, ...regions] = bandRegions(geometry);
  const details = Array.from({ length: levels - steps }, (_, i) => {
    const [lh, hl, hh] = regions.slice(3 * i, 3 * i + 3);
    const [height, width] = [content.height, content.width].map((n) => low(n, levels - i - 1));
    const [lows, highs] = [
      { height: low(height!, 1), width: low(width!, 1) },
      { height: places(height!), width: places(width!) },
    ];
    return {
      lh: read(lh!, lows.height, highs.width), // three bands a level
      hl: read(hl!, highs.height, lows.width),
      hh: read(hh!, highs.height, highs.width),
    };
  });
  return ilwt2({
    approximation: read(scaling!, scaling!.height, scaling!.width), // there always is one
    details,
    height: low(content.height, steps),
    width: low(content.width, steps),
    mode,
    scheme: liftingScheme(scheme),
  });
}

/** The unit of a band's integers. */
export function unitOf(
  { geometry, lastPlanes }: TokenLanguage,
  channel: number,
  region: Pick<BandRegion, "level" | "band">,
) {
  return 2 ** lastPlanes[bandNumber(geometry, { channel, ...region })]!; // one a band
}
