import { extname } from "node:path";
import type { NpyArray } from "../../data/formats/npy.ts";
import { readNpy } from "../../data/formats/npyFile.ts";
import type { ChannelledSound } from "../../data/formats/wav.ts";
import { readSound } from "../../data/formats/wavFile.ts";
import { imageExtensions } from "../../data/images/imageExtensions.ts";
import type { Picture } from "../../data/images/picture.ts";
import { readPicture } from "../../data/images/readPicture.ts";
import { UserError } from "../../errors/userError.ts";
import { checkFinite } from "../../field/signal/decodedSignal.ts";
import type { FloatArray } from "../../wavelets/arrays/floatArray.ts";
import type { Options } from "../parser/options.ts";

/** A channel of a signal or a picture. */
export interface Channel {
  /** "left", "red", "channel 3"; empty where there is only one. */
  readonly name: string;
  readonly data: FloatArray;
}

/** A file that a wavelet transform takes. */
export interface WaveletInput {
  /** How the file stores it. */
  readonly source: SourceOf;
  /** The sides of a channel: samples of a signal, rows and columns of a picture. */
  readonly size: readonly [number] | readonly [height: number, width: number];
  readonly channels: readonly Channel[];
  /** Time between samples of a signal, and its unit: seconds, or samples as "". */
  readonly samplingPeriod: number;
  readonly unit: "" | "s";
  /** The time of the first sample in the file, in that unit. */
  readonly start: number;
}

/** What was read, for those that write the same kind again. */
export type SourceOf =
  | { readonly kind: "sound"; readonly sound: ChannelledSound }
  | { readonly kind: "picture"; readonly picture: Picture }
  | { readonly kind: "array"; readonly array: NpyArray };

/** Options of commands that read a signal. */
export const signalInputOptions = {
  channel: {
    type: "integer",
    min: 1,
    max: 1000,
    otherwise: "all",
    help: "number of the only channel to take, from 1",
  },
  channelAxis: {
    type: "choice",
    choices: ["first", "last"],
    otherwise: "none",
    help: "axis of an array that holds channels",
  },
  rate: {
    type: "number",
    min: 1e-9,
    max: 1e12,
    otherwise: "that of a sound; an array is in samples",
    help: "samples per second",
  },
  start: {
    type: "number",
    min: 0,
    max: 1e12,
    default: 0,
    help: "where to begin, in seconds, or in samples of an array without --rate",
  },
  duration: {
    type: "number",
    min: 0,
    max: 1e12,
    otherwise: "to the end",
    help: "how much to take, in the same unit",
  },
} as const satisfies Options;

/** How a file is read. */
export interface WaveletInputArgs {
  readonly channel?: number | undefined;
  readonly channelAxis?: "first" | "last" | undefined;
  readonly rate?: number | undefined;
  readonly start?: number | undefined;
  readonly duration?: number | undefined;
}

/**
 * Reads a sound (.wav, samples in [−1, 1]), a picture (levels as the file has them, gray or color) or an array (.npy): of one axis as a
 * signal, of two as a picture, with one more as channels if `channelAxis` says so. Arrays keep float32 and float64; other numbers become
 * float64. Throws UserError, naming the file, where it is missing, damaged, empty or of another form.
 */
export async function readWaveletInput(
  path: string,
  args: WaveletInputArgs,
  notice: (sentence: string) => void,
): Promise<WaveletInput> {
  const whole = await readWhole(path, args, notice);
  const { channel } = args;
  const { channels } = whole;
  for (const { data } of channels) checkSize(path, data);
  if (channel === undefined) return cut(whole, path, args);
  const chosen = channels[channel - 1];
  if (!chosen)
    throw new UserError(
      `${path} has ${channels.length === 1 ? "one channel" : `${channels.length} channels`}, so there is no channel ${channel}`,
    );
  return cut({ ...whole, channels: [chosen] }, path, args);
}

/** Throws UserError where a modulus is so large that energies, or coefficients of single precision, would be infinite. */
function checkSize(path: string, data: FloatArray): void {
  const isSingle = data instanceof Float32Array;
  const most = isSingle ? 1e30 : 1e150;
  const large = data.find((x) => Math.abs(x) > most);
  if (large === undefined) return;
  const precision = isSingle ? " of single precision" : "";
  throw new UserError(
    `${path} holds ${Number(large.toPrecision(2))}; moduli up to ${most}${precision} are transformed`,
    "unsupported-file",
  );
}

/** The signal of a file. Throws UserError as {@link readWaveletInput} does, and where it holds a picture. */
export async function readSignalInput(
  path: string,
  args: WaveletInputArgs,
  notice: (sentence: string) => void,
): Promise<WaveletInput & { readonly size: readonly [number] }> {
  const input = await readWaveletInput(path, args, notice);
  const [length, width] = input.size;
  if (width === undefined) return { ...input, size: [length!] };
  throw new UserError(
    input.source.kind === "picture"
      ? `${path} is a picture, and this command takes signals: sounds (.wav) and arrays (.npy)`
      : `${path} has two axes of ${input.size.join("×")} samples, and this command takes signals; name the axis of channels by --channel-axis`,
    "unsupported-file",
  );
}

async function readWhole(
  path: string,
  args: WaveletInputArgs,
  notice: (sentence: string) => void,
): Promise<WaveletInput> {
  const ending = extname(path).toLowerCase();
  if (args.channelAxis !== undefined && ending !== ".npy")
    throw new UserError(`${path} is not an array; --channel-axis is for arrays (.npy)`);
  if (ending === ".wav") return ofSound(await readSound(path, { notice }), path, args);
  if (ending === ".npy") return ofArray(await readNpy(path), path, args);
  if (imageExtensions.has(ending)) {
    if (args.rate !== undefined) throw new UserError(`${path} is a picture; --rate is for arrays`);
    const onNote = ({ sentence }: { readonly sentence: string }) => notice(sentence);
    return ofPicture((await readPicture(path, { onNote })).picture);
  }
  throw new UserError(
    `${path} cannot be read: signals and pictures are files that end in ${[".wav", ".npy", ...imageExtensions].join(", ")}`,
    "unsupported-file",
  );
}

function ofSound(sound: ChannelledSound, path: string, { rate }: WaveletInputArgs): WaveletInput {
  const { channels, samples } = sound;
  const length = samples.length / channels;
  if (length === 0) throw new UserError(`${path} is a sound without samples`, "damaged-file");
  if (rate !== undefined)
    throw new UserError(`${path} has ${sound.rate} samples a second; --rate is for arrays`);
  return {
    source: { kind: "sound", sound },
    size: [length],
    channels: named(apart(samples, channels, "last"), ["left", "right"]),
    ...{ samplingPeriod: 1 / sound.rate, unit: "s", start: 0 },
  };
}

function ofPicture(picture: Picture): WaveletInput {
  const { width, height, channels, data } = picture;
  return {
    source: { kind: "picture", picture },
    size: [height, width],
    channels: named(apart(Float64Array.from(data), channels, "last"), ["red", "green", "blue"]),
    ...{ samplingPeriod: 1, unit: "", start: 0 },
  };
}

function ofArray(array: NpyArray, path: string, args: WaveletInputArgs): WaveletInput {
  const { shape, data } = array;
  const { channelAxis, rate } = args;
  const axes = shape.length - (channelAxis === undefined ? 0 : 1);
  if (axes !== 1 && axes !== 2) {
    const hint =
      channelAxis === undefined && axes === 3
        ? "; name the axis of channels by --channel-axis"
        : "";
    const needed =
      channelAxis === undefined
        ? "a signal has one, a picture two"
        : "with one of channels a signal has two, a picture three";
    throw new UserError(
      `${path} has ${shape.length} ${shape.length === 1 ? "axis" : "axes"}, and ${needed}${hint}`,
      "unsupported-file",
    );
  }
  if (data.length === 0) throw new UserError(`${path} is an array without values`);
  checkFinite(path, data, shape);
  const values =
    data instanceof Float32Array || data instanceof Float64Array ? data : Float64Array.from(data);
  const count = channelAxis === undefined ? 1 : channelAxis === "first" ? shape[0]! : shape.at(-1)!;
  const size = channelAxis === "first" ? shape.slice(1) : shape.slice(0, axes);
  return {
    source: { kind: "array", array },
    size: axes === 1 ? [size[0]!] : [size[0]!, size[1]!],
    channels: named(apart(values, count, channelAxis ?? "last"), []),
    ...{ samplingPeriod: 1 / (rate ?? 1), unit: rate === undefined ? "" : "s", start: 0 },
  };
}

/** Channels by name: those given if there are as many, else numbers. */
const named = (channels: readonly FloatArray[], names: readonly string[]): readonly Channel[] =>
  channels.map((data, i) => ({
    name:
      channels.length === 1
        ? ""
        : ((channels.length === names.length ? names[i] : undefined) ?? `channel ${i + 1}`),
    data,
  }));

/** The channels of values, each by itself. */
function apart(
  values: FloatArray,
  channels: number,
  axis: "first" | "last",
): readonly FloatArray[] {
  if (channels === 1) return [values];
  const length = values.length / channels;
  return Array.from({ length: channels }, (_, c) => {
    if (axis === "first") return values.slice(c * length, (c + 1) * length);
    const channel = zerosLike(values, length);
    for (let i = 0; i < length; i++) channel[i] = values[i * channels + c]!;
    return channel;
  });
}

/** The values of channels together again: the inverse of `apart`. */
export function together(channels: readonly FloatArray[], axis: "first" | "last"): FloatArray {
  const [first] = channels;
  if (!first) return new Float64Array(0);
  if (channels.length === 1) return first;
  const { length } = first;
  const values = zerosLike(first, channels.length * length);
  for (const [c, channel] of channels.entries()) {
    if (axis === "first") values.set(channel, c * length);
    else for (let i = 0; i < length; i++) values[i * channels.length + c] = channel[i]!;
  }
  return values;
}

/** Zeros of the type of other values. */
const zerosLike = (like: FloatArray, length: number): FloatArray =>
  like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** The part of a signal that was asked for. */
function cut(
  input: WaveletInput,
  path: string,
  { start = 0, duration }: WaveletInputArgs,
): WaveletInput {
  if (start === 0 && duration === undefined) return input;
  const { size, samplingPeriod, unit, channels } = input;
  const [length] = size;
  if (size.length === 2)
    throw new UserError(`${path} has rows and columns; --start and --duration are for signals`);
  const from = Math.round(start / samplingPeriod);
  const to =
    duration === undefined
      ? length
      : Math.min(length, from + Math.round(duration / samplingPeriod));
  if (to <= from) {
    const long = `${Number((length * samplingPeriod).toPrecision(4))} ${unit || "samples"}`;
    throw new UserError(
      `${path} is ${long} long, and no sample of it lies in the part that was asked for`,
    );
  }
  return {
    ...input,
    size: [to - from],
    start: from * samplingPeriod,
    channels: channels.map(({ name, data }) => ({ name, data: data.slice(from, to) })),
  };
}
