import type { ValueBounds } from "../../codec/tokenLanguage.ts";
import { Band, bandRegions, channelSize } from "../../codec/walk/geometry.ts";
import { integerLiftings, readBands, toCoefficient, toInteger, unitOf } from "./integerBands.ts";

/** Least and greatest sample of luma, and of the color differences. */
const samples = (channel: number) => ({ low: channel === 0 ? 0 : -255, high: 255 });

/**
 * What the range of samples leaves to the coefficients of the S transform. Two samples with the mean m, rounded down, and the
 * difference d are m − ⌊d/2⌋ and m + ⌈d/2⌉; both lie between the walls if |d| ≤ min(2 (m − low) + 1, 2 (high − m)).
 *
 * One step lifts columns to means L and differences H, then rows of both. A vertical detail is the difference of two means
 * L₀ and L₁ with the mean m. A horizontal one is the mean of H₀ and H₁, whose bounds follow from L₀ and L₁, and a diagonal
 * one their difference. So at a wall there is nothing to say, and no stream leads beyond one.
 */
export const wallBounds: ValueBounds = (language, place, known, tell) => {
  const { geometry } = language;
  const { channel, level, band } = place;
  const { low, high } = samples(channel);
  const most = (mean: number) => Math.min(2 * (mean - low) + 1, 2 * (high - mean));
  const regions = bandRegions(geometry);
  const region = regions.find((r) => r.level === level && r.band === band);
  const lifting = integerLiftings.haar;
  if (!region || !lifting) throw new RangeError("there is no such band");
  const base = channel * channelSize(geometry);
  const unit = unitOf(language, channel, place);
  const tellIntegers = (offset: number, least: number, greatest: number) =>
    tell(offset, toCoefficient(least, unit), toCoefficient(greatest, unit));
  const steps = geometry.levels - level + 1;
  const means = level === 0 ? undefined : readBands(known, channel, steps, lifting, language);
  const [vertical, horizontal] = [Band.vertical, Band.horizontal].map((other) => {
    const own = regions.find((r) => r.level === level && r.band === other);
    return own && { own, unit: unitOf(language, channel, own) };
  });
  /** The integer of another band at the same place; 0 beyond the content, where samples repeat. */
  const at = (other: typeof vertical, row: number, column: number) => {
    if (!other) return 0;
    const offset = base + (other.own.top + row) * geometry.width + other.own.left + column;
    return toInteger(known[offset] ?? 0, other.unit);
  };
  for (let row = 0; row < region.height; row++)
    for (let column = 0; column < region.width; column++) {
      const offset = base + (region.top + row) * geometry.width + region.left + column;
      if (!means) {
        tellIntegers(offset, low, high);
        continue;
      }
      const mean = means.data[row * means.width + column] ?? 0; // means cover all details
      if (band === Band.vertical) {
        tellIntegers(offset, -most(mean), most(mean));
        continue;
      }
      const difference = at(vertical, row, column);
      const first = most(mean - Math.floor(difference / 2));
      const second = most(mean + Math.ceil(difference / 2));
      if (band === Band.horizontal) {
        const sum = first + second;
        tellIntegers(offset, Math.floor(-sum / 2), Math.floor(sum / 2));
        continue;
      }
      const half = at(horizontal, row, column);
      // H₀ = half − ⌊d/2⌋ and H₁ = half + ⌈d/2⌉ are at most `first` and `second` in magnitude.
      tellIntegers(
        offset,
        Math.max(2 * (half - first), 2 * (-second - half) - 1),
        Math.min(2 * (half + first) + 1, 2 * (second - half)),
      );
    }
};
