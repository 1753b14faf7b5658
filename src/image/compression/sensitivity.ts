import { type BandPlan, type PlannedBand, stepsOf } from "../../codec/planes/bandPlan.ts";
import type { Coefficients } from "../../codec/planes/encodePlanes.ts";
import { Band } from "../../codec/walk/geometry.ts";

/*
 * How much the eye sees of each band. An error of a band counts by the contrast sensitivity at the middle of its frequencies, so a coder that weighs
 * coefficients by it and then lowers the squared error lowers what is seen. The curve falls at high frequencies; at low ones it is held at its peak, since a
 * picture may be looked at from farther away.
 */

/** Pixels in a degree of sight where nothing else is said: those of a screen of 96 dots an inch, seen from 60 cm. */
export const usualPixelsPerDegree = 40;

/**
 * Sensitivity to contrast at 8, 9, … 34 cycles per degree, in 4096ths of that at 8, where it is greatest: 2.6 (0.0192 + 0.114 f) exp(−(0.114 f)^1.1)
 * (Mannos & Sakrison 1974). Numbers and not the formula, since machines round exponentials differently.
 */
export const sensitivities = [
  ...[4096, 4057, 3965, 3833, 3672, 3489, 3294, 3091, 2885, 2680, 2480, 2286, 2099, 1922],
  ...[1755, 1598, 1452, 1316, 1190, 1074, 967, 870, 781, 700, 626, 560, 500],
] as const;
/** The first frequency of these. */
export const peak = 8;
/** Weights are multiples of a 256th, at least so many. */
const [weightUnits, leastWeight] = [256, 32];

/** Colors are seen as brightness is at a frequency that is so many times as high: their sensitivity ends at about 11 cycles per degree (Mullen 1985). */
const colorFactor = 3;

/** The weight of a band that so many steps of analysis made, from 1/8 to 1. The first channel is brightness. */
export function bandWeight(
  { channel, level, band }: Pick<PlannedBand, "channel" | "level" | "band">,
  steps: number,
  pixelsPerDegree: number,
): number {
  if (level === 0) return 1;
  // Frequencies from a quarter to a half of those of the samples that were split last; along both axes on the diagonal.
  const middle = ((3 / 8) * pixelsPerDegree) / 2 ** (steps - 1);
  const frequency =
    middle * (band === Band.diagonal ? Math.SQRT2 : 1) * (channel === 0 ? 1 : colorFactor);
  return Math.max(Math.floor(sensitivityAt(frequency) / 16 + 0.5), leastWeight) / weightUnits;
}

/** Sensitivity at a frequency on straight lines between those that are listed, and at most that at the peak. */
function sensitivityAt(frequency: number): number {
  const last = sensitivities.length - 1;
  const place = Math.min(Math.max(frequency - peak, 0), last);
  const i = Math.min(Math.floor(place), last - 1);
  const [from, to] = [sensitivities[i]!, sensitivities[i + 1]!];
  return from + (place - i) * (to - from);
}

/** Multiplies the coefficients of a plan's bands by their weights, or divides them. `firstChannel` is that of the plan's first one. */
export function weighBands(
  coefficients: Coefficients,
  plan: BandPlan,
  pixelsPerDegree: number,
  { isUndone = false, firstChannel = 0 } = {},
): void {
  for (const { start, stride, height, width, channel, level, band } of plan.bands) {
    const place = { channel: firstChannel + channel, level, band };
    const weight = bandWeight(place, stepsOf(plan.extent, level), pixelsPerDegree);
    const factor = isUndone ? 1 / weight : weight;
    for (let row = 0; row < height; row++)
      for (let i = start + row * stride, end = i + width; i < end; i++) coefficients[i]! *= factor;
  }
}
