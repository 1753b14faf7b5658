import type { NpyArray } from "../data/formats/npy.ts";
import { type ReadArrayOptions, readArrayFile } from "./arrayFile.ts";

/** An array of a file, or of a beginning of one. */
export interface DecodedArray extends NpyArray {
  /** Samples per second of a sound. */
  readonly rate: number | undefined;
  /** By how much each sample differs at most from the one that was encoded; undefined where that is not known. */
  readonly maxError: number | undefined;
  /** Whether the file was decoded to its end: nothing makes the array finer. */
  readonly finished: boolean;
  /** Bytes that are missing from the end; 0 of a whole file. */
  readonly missingBytes: number;
}

/** Options of {@link decodeArray}. */
export interface DecodeArrayOptions extends ReadArrayOptions {
  /** How messages of errors name the file; by default "the array". */
  readonly name?: string;
}

/**
 * Decodes a compressed array (`.ondl`), or a beginning of one: all that the bytes determine. Throws UserError where they are damaged, hold no array, or one
 * that is larger than wanted.
 *
 * @example
 * ```ts
 * import { decodeArray, encodeArray } from "ondelette/codec";
 *
 * const data = Int16Array.from({ length: 4000 }, (_, i) => 9000 * Math.sin(i / 9) + (i % 7));
 * const { file } = encodeArray({ shape: [4000], data }, { lossless: true }, { rate: 8000 });
 * const { data: back, rate, finished } = decodeArray(file);
 * console.log(rate, finished, back.every((x, i) => x === data[i]));
 * // → 8000 true true
 * ```
 */
export function decodeArray(
  bytes: Uint8Array,
  { name = "the array", ...options }: DecodeArrayOptions = {},
): DecodedArray {
  const { head, data, finished, missingBytes } = readArrayFile(bytes, name, options);
  const { shape, rate } = head;
  // What was promised of the whole is not kept by a part.
  const maxError = finished ? head.maxError : undefined;
  return { shape, data, rate, maxError, finished, missingBytes };
}
