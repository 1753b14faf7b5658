import { UserError } from "../../errors/userError.ts";
import { readWholeFile } from "./readWholeFile.ts";

/**
 * Reads a UTF-8 text file; a byte order mark is left out. Throws UserError, naming the file, where it is missing or not UTF-8.
 *
 * @example
 * const poem = await readText("poem.txt");
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readWholeFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${path} is not UTF-8 text`, "unsupported-file");
  }
}
