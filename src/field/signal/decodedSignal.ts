import type { Notice } from "../../data/files/notice.ts";
import type { NpyArray, NpyData } from "../../data/formats/npy.ts";
import type { ChannelledSound } from "../../data/formats/wav.ts";
import { type Picture, whiteOf } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { type Signal, toValue, type ValueRange } from "./signal.ts";

/** How something decoded becomes a signal. */
export interface SignalOptions {
  /** The axis of an NPY array that holds channels; without it all axes are of space. */
  readonly channelAxis?: "first" | "last";
  /** Hears what was done to the file that a person may not expect. */
  readonly notice?: Notice;
}

/** A decoded picture of any depth as a signal: black is -1 and white 1. What is not opaque lies on white. */
export function pictureSignal(picture: Picture): Signal {
  const { width, height, channels, data, alpha } = picture;
  const white = whiteOf(picture);
  const values = new Float32Array(data).map((level) => (2 * level) / white - 1);
  if (alpha)
    for (let i = 0; i < values.length; i++)
      values[i] = 1 + (alpha[Math.floor(i / channels)]! / white) * (values[i]! - 1); // one a pixel
  return { size: [height, width], channels, values };
}

/**
 * A decoded sound as a signal; `name` is for messages. One beyond full scale is scaled so that its loudest sample is ±1
 * (`range`). Throws UserError where it has no samples.
 */
export function soundSignal(
  { rate, channels, samples: values }: ChannelledSound,
  name: string,
  { notice = () => {} }: SignalOptions = {},
): Signal {
  if (values.length === 0) {
    throw new UserError(`${name} is a sound without samples`, "damaged-file");
  }
  const sound = { size: [values.length / channels], channels, values, rate };
  const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak <= 1) return sound;
  const range = { low: -peak, high: peak };
  notice(`${name} goes up to ${Number(peak.toPrecision(4))} times full scale; all of it is kept`);
  return { ...sound, values: values.map((value) => toValue(value, range)), range };
}

/**
 * An array of one to three axes, and of one of channels if `channelAxis` says so, as a signal; `name` is for messages. Its
 * least and greatest number become -1 and 1; those of unsigned bytes 0 and 255, as of a picture (`range`). Throws UserError
 * where it is empty or has a number that is not finite.
 */
export function arraySignal(
  array: NpyArray,
  name: string,
  { channelAxis, notice = () => {} }: SignalOptions = {},
): Signal {
  const { shape, data } = array;
  const axes = shape.length - (channelAxis === undefined ? 0 : 1);
  if (axes < 1 || axes > 3) {
    const without = channelAxis === undefined ? "" : " without its channels";
    throw new UserError(
      `${name} has ${axes} axes${without}; signals have one, two or three`,
      "unsupported-file",
    );
  }
  if (data.length === 0) throw new UserError(`${name} is an array without values`);
  checkFinite(name, data, shape);
  // A color picture looks like a thin volume.
  const likely = channelAxis ?? likelyChannels(shape);
  if (channelAxis === undefined && likely !== undefined) {
    notice(
      `${name} is read as ${shape.length} axes of ${shape.join("×")} samples; say so if its ${likely} axis holds channels`,
    );
  }
  const range = rangeOf(array, name);
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = toValue(data[i]!, range);
  if (channelAxis === undefined) return { size: shape, channels: 1, values, range };
  if (channelAxis === "last") {
    return { size: shape.slice(0, -1), channels: shape[axes] ?? 1, values, range };
  }
  const [channels = 1, ...size] = shape;
  return { size, channels, values: channelsLast(values, channels), range };
}

/** The axis of a shape that has so few samples that it may be of channels. */
function likelyChannels(shape: readonly number[]): "first" | "last" | undefined {
  const few = (length: number | undefined) => length !== undefined && length <= 4;
  if (shape.length < 2) return undefined;
  return few(shape.at(-1)) ? "last" : few(shape[0]) ? "first" : undefined;
}

/** The numbers that become -1 and 1. */
function rangeOf({ data }: NpyArray, name: string): ValueRange {
  if (data instanceof Uint8Array) return { low: 0, high: 255 };
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    low = Math.min(low, data[i]!);
    high = Math.max(high, data[i]!);
  }
  // A constant becomes 0 everywhere.
  if (low === high)
    [low, high] = low === 0 ? [-1, 1] : [Math.min(0, 2 * low), Math.max(0, 2 * low)];
  if (!Number.isFinite(high - low)) {
    throw new UserError(`${name} has numbers too far apart to compute with: ${low} and ${high}`);
  }
  const double = data instanceof Float64Array || data.BYTES_PER_ELEMENT === 4;
  return { low, high, ...(double && !(data instanceof Float32Array) && { double }) };
}

/** Values with the channels of each point side by side, from values channel by channel. */
function channelsLast(values: Float32Array, channels: number): Float32Array {
  const points = values.length / channels;
  return values.map((_, i) => values[(i % channels) * points + Math.floor(i / channels)]!);
}

/** Refuses NaN and infinity, naming the index of the first: throws UserError. */
export function checkFinite(name: string, data: NpyData, shape: readonly number[]): void {
  const at = data.findIndex((number: number) => !Number.isFinite(number));
  if (at < 0) return;
  const place: number[] = [];
  let rest = at;
  for (const length of [...shape].reverse()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  const what = Number.isNaN(data[at]) ? "NaN" : `${data[at]}`;
  throw new UserError(`${name} has ${what} at [${place.join(", ")}]; every value must be a number`);
}
