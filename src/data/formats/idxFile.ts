import { gunzipSync } from "node:zlib";
import { UserError } from "../../errors/userError.ts";
import { readWholeFile } from "../files/readWholeFile.ts";
import { type Idx, parseIdx } from "./idx.ts";

/**
 * Reads an IDX file of unsigned bytes; gzip is recognized by content. Throws UserError, naming the file, where it is missing,
 * damaged, or of other numbers.
 *
 * @example
 * const { shape, data } = await readIdx("train-images-idx3-ubyte.gz"); // shape [60000, 28, 28]
 */
export async function readIdx(path: string): Promise<Idx> {
  return parseIdx(unpack(await readWholeFile(path), path), path);
}

function unpack(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new UserError(
      `${name} is a damaged gzip file (${(error as Error).message})`,
      "damaged-file",
    );
  }
}
