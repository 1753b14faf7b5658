import type { NpyArray } from "../data/formats/npy.ts";
import { UserError } from "../errors/userError.ts";
import { bytesBesideCode, writeArrayFile } from "./arrayFile.ts";
import type { CodedArray } from "./arrayHead.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { type ArrayAim, codeToAim } from "./toAim.ts";

/** How an array is encoded, beside the aim. */
export interface EncodeArrayOptions {
  /** Samples per second, of a sound: an array of its moments, or of channels and moments. */
  readonly rate?: number;
  /** How messages of errors name the array. */
  readonly name?: string;
}

/** A compressed array. */
export interface EncodedArray {
  /** The bytes of the file (`.ondl`); each beginning of it is a coarser array. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Bits of the file for each sample. */
  readonly bitsPerSample: number;
  /** By how much a sample is wrong at most; undefined where the aim promises nothing. */
  readonly maxError: number | undefined;
}

/**
 * Compresses an array of up to four axes: a sound, a map of heights, a volume. With `maxError` every sample that {@link decodeArray} gives, in
 * the type of the array, is within that error. Throws UserError where a sample is not finite, and where the aim cannot be met.
 *
 * @example
 * ```ts
 * import { decodeArray, encodeArray } from "ondelette/codec";
 *
 * const data = Float32Array.from({ length: 16 ** 3 }, (_, i) => Math.sin(0.3 * (i % 16)) + Math.cos(0.002 * i));
 * const { file } = encodeArray({ shape: [16, 16, 16], data }, { maxError: 0.01 });
 * const back = decodeArray(file);
 * console.log(back.shape, data.every((x, i) => Math.abs(x - back.data[i]!) <= 0.01));
 * // → [ 16, 16, 16 ] true
 * ```
 */
export function encodeArray(
  array: NpyArray,
  aim: ArrayAim,
  { rate, name = "the array" }: EncodeArrayOptions = {},
): EncodedArray {
  checkAim(aim);
  if (rate !== undefined && !(Number.isInteger(rate) && rate > 0 && rate < 2 ** 32))
    throw new UserError(`a rate is a whole number of samples per second, not ${rate}`);
  return encodePrepared(prepare(array, rate, name), aim);
}

function encodePrepared(array: Prepared, aim: ArrayAim): EncodedArray {
  const beside = ({ head }: CodedArray) =>
    bytesBesideCode(head, "bytes" in aim ? aim.bytes : array.data.byteLength);
  const coded = codeToAim(array, aim, beside);
  const file = new Uint8Array(writeArrayFile(coded));
  return {
    file,
    bitsPerSample: (8 * file.length) / Math.max(array.data.length, 1),
    maxError: coded.head.maxError,
  };
}

/** What is possible for each aim. */
const ranges = {
  maxError: [0, Number.MAX_VALUE],
  bytes: [1, 1e12],
  psnr: [1, 300],
  step: [Number.MIN_VALUE, Number.MAX_VALUE],
} as const;

function checkAim(aim: ArrayAim): void {
  const [entry, ...others] = Object.entries(aim);
  if (!entry || others.length > 0)
    throw new UserError("an aim is one of maxError, lossless, bytes, psnr, step");
  const [name, value] = entry;
  if (name === "lossless" && value === true) return;
  for (const [known, [least, most]] of Object.entries(ranges))
    if (known === name && typeof value === "number" && value >= least && value <= most) return;
  throw new UserError(`an array cannot be encoded with ${name} ${value}`);
}
