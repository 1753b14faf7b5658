import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { middleSlice } from "../signal/crop.ts";
import type { Signal } from "../signal/signal.ts";

/**
 * A picture of a signal of two axes, or of the middle slice of three: in color if it has three channels, else the mean of its
 * channels in gray. Values beyond black and white are clipped. Throws RangeError for a signal of one axis.
 */
export function drawPicture(signal: Signal): Raster {
  const [height, width] = signal.size.slice(-2);
  if (height === undefined || width === undefined) {
    throw new RangeError("drawPicture: a signal of one axis is drawn by drawChart");
  }
  const { channels, values } = middleSlice(signal);
  const shown = channels === 3 ? 3 : 1;
  const picture = blankRaster(width, height, shown);
  for (let i = 0; i < picture.data.length; i++) {
    const value = shown === 3 ? values[i]! : meanOf(values, i * channels, channels);
    picture.data[i] = level((value + 1) / 2);
  }
  return picture;
}

/** A number of [0, 1] in eight bits. */
const level = (sample: number) => Math.round(255 * Math.max(0, Math.min(1, sample)));

/** The mean of `count` values from `start` on, such as the channels of a point. */
export function meanOf(values: Float32Array, start: number, count: number): number {
  return values.subarray(start, start + count).reduce((a, b) => a + b, 0) / count;
}
