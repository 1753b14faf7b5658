import { writeFileAtomically } from "../files/atomicWrite.ts";
import { readWholeFile } from "../files/readWholeFile.ts";
import { decodeNpy, encodeNpy, type NpyArray } from "./npy.ts";

/**
 * Reads a NumPy file of numbers. Throws UserError, naming it, where it is missing, damaged, or does not hold numbers.
 *
 * @example
 * const { shape, data } = await readNpy("volume.npy");
 */
export async function readNpy(path: string): Promise<NpyArray> {
  return decodeNpy(await readWholeFile(path), path);
}

/**
 * Writes a NumPy file, atomically.
 *
 * @example
 * await writeNpy("square.npy", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
 */
export function writeNpy(path: string, array: NpyArray): Promise<void> {
  return writeFileAtomically(path, encodeNpy(array));
}
