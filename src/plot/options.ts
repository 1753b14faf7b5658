import { checkCount, checkPositive } from "../wavelets/arguments/numbers.ts";
import { checkOptions } from "../wavelets/arguments/options.ts";

/** Options of every plot. */
export interface PlotOptions {
  /** Stands above the picture, and is what a screen reader says; by default what is drawn, and by which wavelet. */
  readonly title?: string;
  /** Pixels; by default as fits the plot. */
  readonly width?: number;
  readonly height?: number;
}

/** Options of a plot over time. */
export interface TimeOptions extends PlotOptions {
  /** Time between samples; 1 by default, or that of the transform. */
  readonly samplingPeriod?: number;
  /** The unit of time, such as "s"; frequencies are then in Hz, or in cycles per unit. Samples by default. */
  readonly unit?: string;
}

/** The time of the first sample, where a plot shows a part of a signal. */
export interface StartOption {
  /** Time of the first sample, in the unit of time; 0 by default. */
  readonly start?: number;
}

/** Names of {@link PlotOptions}. */
export const plotNames = { title: true, width: true, height: true } as const;

/** Names of {@link TimeOptions}. */
export const timeNames = { ...plotNames, samplingPeriod: true, unit: true } as const;

const [least, most] = [200, 10_000];

/** The options with the size of a plot. Throws TypeError for unknown options, RangeError for a size that is not from 200 to 10,000 pixels. */
export function sized<O extends PlotOptions>(
  options: O,
  names: ReadonlySet<string>,
  [width, height]: readonly [number, number],
): O & { readonly width: number; readonly height: number } {
  checkOptions(options, names);
  const size = { width: options.width ?? width, height: options.height ?? height };
  for (const [name, value] of Object.entries(size)) {
    checkCount(`the ${name}`, value, most);
    if (value < least)
      throw new RangeError(`the ${name} must be an integer from ${least} to ${most}, not ${value}`);
  }
  return { ...options, ...size };
}

/** The period between samples, which is positive, and the unit of time. */
export function timed(
  { samplingPeriod, unit = "" }: TimeOptions,
  known = 1,
): { readonly samplingPeriod: number; readonly unit: string } {
  return {
    samplingPeriod: checkPositive("the sampling period", samplingPeriod ?? known),
    unit,
  };
}

/** `start` if it is a finite number; throws RangeError otherwise. */
export function checkStart(start: number): number {
  if (!Number.isFinite(start)) throw new RangeError(`the start must be a number, not ${start}`);
  return start;
}

/** A number in a sentence, to three digits. */
export const spoken = (value: number): string => `${Number(value.toPrecision(3))}`;
