import { extname } from "node:path";
import type { NpyArray } from "../../data/formats/npy.ts";
import { readNpy, writeNpy } from "../../data/formats/npyFile.ts";
import type { ChannelledSound } from "../../data/formats/wav.ts";
import { readSound, writeSound } from "../../data/formats/wavFile.ts";
import { UserError } from "../../errors/userError.ts";

/** An array of a file, and the samples per second of a sound. */
export interface ArrayInput extends NpyArray {
  readonly rate: number | undefined;
}

/** Full scale of 16-bit samples. */
const fullScale = 2 ** 15;

/**
 * Reads an array (.npy) or a sound (.wav). A sound is an array of its moments, or of two channels and the moments: of 16-bit whole numbers
 * where its samples are such, else of floating-point numbers in [-1, 1].
 */
export async function readArrayInput(
  path: string,
  notice: (sentence: string) => void,
): Promise<ArrayInput> {
  const ending = extname(path).toLowerCase();
  if (ending === ".npy") return { ...(await readNpy(path)), rate: undefined };
  if (ending === ".wav") return fromSound(await readSound(path, { notice }));
  throw new UserError(
    `${path} is not read here: arrays end in .npy and sounds in .wav; pictures are for \`ondelette image encode\``,
    "unsupported-file",
  );
}

function fromSound({ rate, channels, samples }: ChannelledSound): ArrayInput {
  const moments = samples.length / channels;
  const sorted = new Float32Array(samples.length);
  for (let channel = 0, to = 0; channel < channels; channel++)
    for (let i = 0; i < moments; i++) sorted[to++] = samples[i * channels + channel]!;
  const isWhole = sorted.every((x) => Number.isInteger(x * fullScale) && x >= -1 && x < 1);
  return {
    shape: channels === 1 ? [moments] : [channels, moments],
    data: isWhole ? new Int16Array(sorted.length).map((_, i) => sorted[i]! * fullScale) : sorted,
    rate,
  };
}

/** Throws UserError where a name says nothing that an array can be written as. */
export function checkArrayName(path: string): void {
  const ending = extname(path).toLowerCase();
  if (ending !== ".npy" && ending !== ".wav")
    throw new UserError(`${path} cannot be written: end its name in .npy, or in .wav for a sound`);
}

/** Writes an array (.npy) or a sound (.wav). Throws UserError where an array is not a sound. */
export async function writeArrayOutput(
  path: string,
  array: ArrayInput,
  name: string,
): Promise<void> {
  if (extname(path).toLowerCase() === ".npy") return writeNpy(path, array);
  const { shape, data, rate } = array;
  const [channels, moments] = shape.length === 1 ? [1, shape[0]!] : [shape[0]!, shape[1] ?? 0];
  const isSound =
    rate !== undefined && (shape.length === 1 || (shape.length === 2 && channels <= 2));
  const isWhole = data instanceof Int16Array;
  if (!isSound || !(isWhole || data instanceof Float32Array) || channels < 1)
    throw new UserError(
      `${name} holds an array that is not a sound; end the output's name in .npy`,
    );
  const samples = new Float32Array(data.length);
  for (let channel = 0, from = 0; channel < channels; channel++)
    for (let i = 0; i < moments; i++)
      samples[i * channels + channel] = data[from++]! / (isWhole ? fullScale : 1);
  await writeSound(
    path,
    { rate, channels: channels === 1 ? 1 : 2, samples },
    { isFloat: !isWhole },
  );
}

/** What people call a type of samples. */
export const typeNames = {
  ...{ u1: "uint8", i1: "int8", u2: "uint16", i2: "int16" },
  ...{ u4: "uint32", i4: "int32", f4: "float32", f8: "float64" },
} as const;

/** `64×64×64 samples of float32`, and the rate of a sound. */
export function arrayText(
  shape: readonly number[],
  type: keyof typeof typeNames,
  rate: number | undefined,
): string {
  const size = shape.length === 0 ? "1" : shape.join("×");
  const sound = rate === undefined ? "" : `, ${rate} a second`;
  return `${size} samples of ${typeNames[type]}${sound}`;
}
