import { readFile } from "node:fs/promises";
import {
  type ContextCoder,
  type ContextCounts,
  contextCoder,
} from "../codec/entropy/contextCoder.ts";
import { writeFileAtomically } from "../data/files/atomicWrite.ts";
import { UserError } from "../errors/userError.ts";
import { imageFiles } from "./run.ts";

/** Writes the counts of a run's static coder as JSON. */
export function writeStaticCoder(folder: string, counts: ContextCounts): Promise<void> {
  const rows = [...counts].map(([context, row]) => [context, [...row]]);
  return writeFileAtomically(imageFiles(folder).staticCoder, JSON.stringify(rows));
}

/** The static coder that was fitted on a run's training images. Throws UserError where its file is missing or damaged. */
export async function readStaticCoder(folder: string): Promise<ContextCoder> {
  const path = imageFiles(folder).staticCoder;
  const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UserError(`${folder} has no static-coder.json to compare with`, "not-found");
  });
  try {
    const rows = JSON.parse(content) as [number, number[]][];
    return contextCoder(new Map(rows.map(([context, row]) => [context, Float64Array.from(row)])));
  } catch {
    throw new UserError(
      `${path} is damaged: it does not hold the counts of a static coder`,
      "damaged-file",
    );
  }
}
