import type { Signal } from "./signal.ts";

/** Peak signal-to-noise ratios in dB; Infinity if both signals are equal. */
export interface Quality {
  /** Over all values. */
  readonly psnr: number;
  /** Of each channel. */
  readonly channels: readonly number[];
}

/** Range of values from -1 to 1. */
const peak = 2;

/**
 * Peak signal-to-noise ratio between signals with values in [-1, 1]: the peak is 2. Nothing is clipped. Throws RangeError if
 * sizes or channels differ.
 *
 * @example
 * ```ts
 * quality(signal, rendered).psnr; // dB
 * ```
 */
export function quality(original: Signal, approximation: Signal): Quality {
  const { channels, values } = original;
  const same =
    `${original.size}` === `${approximation.size}` && channels === approximation.channels;
  if (!same) {
    throw new RangeError(
      `quality: [${original.size}]×${channels} cannot be compared with [${approximation.size}]×${approximation.channels}`,
    );
  }
  const squares = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) {
    const error = values[i]! - approximation.values[i]!;
    squares[i % channels]! += error * error;
  }
  const all = squares.reduce((a, b) => a + b, 0);
  return {
    psnr: decibels(all / values.length),
    channels: Array.from(squares, (sum) => decibels((sum * channels) / values.length)),
  };
}

/**
 * The signal-to-noise ratio of an approximation whose peak signal-to-noise ratio is known, in dB: the mean square of the
 * signal, not of the peak, over that of the error. It is what is said of sounds, whose 0 is silence; -Infinity for silence
 * itself.
 *
 * @example
 * ```ts
 * snrOf(quality(sound, rendered).psnr, sound); // dB
 * ```
 */
export function snrOf(psnr: number, { values }: Pick<Signal, "values">): number {
  const meanSquare = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return meanSquare === 0 ? Number.NEGATIVE_INFINITY : psnr - decibels(meanSquare);
}

/** Peak signal-to-noise ratio of a mean square error of values in [-1, 1]. */
export const decibels = (meanSquare: number): number => 10 * Math.log10(peak ** 2 / meanSquare);
