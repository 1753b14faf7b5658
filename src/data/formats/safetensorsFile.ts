import { writeFileAtomically } from "../files/atomicWrite.ts";
import { readWholeFile } from "../files/readWholeFile.ts";
import { decodeSafetensors, encodeSafetensors, type Safetensors } from "./safetensors.ts";

/**
 * Writes a safetensors file, atomically.
 *
 * @example
 * const tensors = new Map([["weight", { shape: [2, 3], data: new Float32Array(6) }]]);
 * await writeSafetensors("model.safetensors", { tensors, metadata: { format: "1" } });
 */
export function writeSafetensors(path: string, content: Safetensors): Promise<void> {
  return writeFileAtomically(path, encodeSafetensors(content));
}

/** Reads a safetensors file. Throws UserError, naming it, where it is missing or damaged; see {@link decodeSafetensors}. */
export async function readSafetensors(path: string): Promise<Safetensors> {
  return decodeSafetensors(await readWholeFile(path), path);
}
