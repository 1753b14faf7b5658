import { extname } from "node:path";
import type { Notice } from "../../data/files/notice.ts";
import type { NpyArray, NpyData } from "../../data/formats/npy.ts";
import { readNpy } from "../../data/formats/npyFile.ts";
import { readSound } from "../../data/formats/wavFile.ts";
import { readFineImage } from "../../data/images/decodeFineImage.ts";
import { imageExtensions } from "../../data/images/imageExtensions.ts";
import { noteDecoding } from "../../data/images/openPicture.ts";
import type { OnPictureNote } from "../../data/images/pictureNote.ts";
import { UserError } from "../../errors/userError.ts";
import { graySignal } from "./graySignal.ts";
import { type Signal, toValue, type ValueRange } from "./signal.ts";

/** How a file becomes a signal. */
export interface LoadOptions {
  /** `gray` makes one channel of several: the luma of color pictures, else the mean. */
  readonly channels?: "all" | "gray";
  /** Pixels of a picture's longer side at most; a larger one is reduced. Infinity keeps every size. */
  readonly maxSize?: number;
  /** The axis of an NPY array that holds channels; without it all axes are of space. */
  readonly channelAxis?: "first" | "last";
  /** Hears what was done to the file that a person may not expect. */
  readonly notice?: Notice;
}

/** `maxSize` where none is given: a picture that a field can be fitted to in minutes. */
export const defaultMaxSize = 1024;

/**
 * Reads a file of samples, by the ending of its name:
 * - a picture (.png, .jpg and others): gray or color, eight or sixteen bits, black -1 and white 1. The camera's
 *   orientation is applied, transparency lies on white, an animation or a document gives its first frame, a picture
 *   larger than `maxSize` is reduced; `notice` hears of all but the first;
 * - a sound (.wav) of one or two channels. One beyond full scale is scaled so that its loudest sample is ±1 (`range`);
 * - an array (.npy) of one to three axes and, if `channelAxis` says so, one of channels. Its least and greatest number
 *   become -1 and 1; those of unsigned bytes 0 and 255, as of a picture (`range`).
 *
 * Throws UserError, naming the file, where it is missing, damaged, empty, or has a number that is not finite.
 */
export async function loadSignal(path: string, options: LoadOptions = {}): Promise<Signal> {
  const ending = extname(path).toLowerCase();
  const read = ending === ".npy" ? loadArray : ending === ".wav" ? loadSound : loadPicture;
  if (read === loadPicture && !imageExtensions.has(ending)) {
    const endings = [...imageExtensions, ".wav", ".npy"].join(", ");
    throw new UserError(
      `${path} cannot be read: signals are files that end in ${endings}`,
      "unsupported-file",
    );
  }
  const signal = await read(path, options);
  return options.channels === "gray" ? graySignal(signal) : signal;
}

async function loadPicture(path: string, options: LoadOptions): Promise<Signal> {
  const { maxSize = defaultMaxSize, notice = () => {} } = options;
  const onNote: OnPictureNote = ({ sentence }) => notice(sentence);
  const picture = await readFineImage(path, { maxSize, onNote });
  const { width, height, channels, samples, original } = picture;
  noteDecoding(path, picture, onNote);
  if (width !== original.width || height !== original.height) {
    notice(
      `${path} has ${original.width}×${original.height} pixels and is reduced to ${width}×${height}`,
    );
  }
  return {
    size: [height, width],
    channels,
    values: samples.map((sample) => 2 * sample - 1),
  };
}

async function loadSound(path: string, { notice = () => {} }: LoadOptions): Promise<Signal> {
  const { rate, channels, samples: values } = await readSound(path, { notice });
  if (values.length === 0) {
    throw new UserError(`${path} is a sound without samples`, "damaged-file");
  }
  const sound = { size: [values.length / channels], channels, values, rate };
  const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak <= 1) return sound;
  const range = { low: -peak, high: peak };
  notice(`${path} goes up to ${Number(peak.toPrecision(4))} times full scale; all of it is kept`);
  return { ...sound, values: values.map((value) => toValue(value, range)), range };
}

async function loadArray(path: string, options: LoadOptions): Promise<Signal> {
  const array = await readNpy(path);
  const { shape, data } = array;
  const { channelAxis, notice = () => {} } = options;
  const axes = shape.length - (channelAxis === undefined ? 0 : 1);
  if (axes < 1 || axes > 3) {
    const without = channelAxis === undefined ? "" : " without its channels";
    throw new UserError(
      `${path} has ${axes} axes${without}; signals have one, two or three`,
      "unsupported-file",
    );
  }
  if (data.length === 0) throw new UserError(`${path} is an array without values`);
  checkFinite(path, data, shape);
  // A color picture looks like a thin volume.
  const likely = channelAxis ?? likelyChannels(shape);
  if (channelAxis === undefined && likely !== undefined) {
    notice(
      `${path} is read as ${shape.length} axes of ${shape.join("×")} samples; say so if its ${likely} axis holds channels`,
    );
  }
  const range = rangeOf(array, path);
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
function rangeOf({ data }: NpyArray, path: string): ValueRange {
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
    throw new UserError(`${path} has numbers too far apart to compute with: ${low} and ${high}`);
  }
  const double = data instanceof Float64Array || data.BYTES_PER_ELEMENT === 4;
  return { low, high, ...(double && !(data instanceof Float32Array) && { double }) };
}

/** Values with the channels of each point side by side, from values channel by channel. */
function channelsLast(values: Float32Array, channels: number): Float32Array {
  const points = values.length / channels;
  return values.map((_, i) => values[(i % channels) * points + Math.floor(i / channels)]!);
}

/** Refuses NaN and infinity, naming the index of the first. */
function checkFinite(path: string, data: NpyData, shape: readonly number[]): void {
  const at = data.findIndex((number: number) => !Number.isFinite(number));
  if (at < 0) return;
  const place: number[] = [];
  let rest = at;
  for (const length of [...shape].reverse()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  const what = Number.isNaN(data[at]) ? "NaN" : `${data[at]}`;
  throw new UserError(`${path} has ${what} at [${place.join(", ")}]; every value must be a number`);
}
