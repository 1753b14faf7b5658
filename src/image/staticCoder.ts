import {
  type ContextCoder,
  type ContextCounts,
  contextCoder,
} from "../codec/entropy/contextCoder.ts";
import { UserError } from "../errors/userError.ts";
import { type RunStore, readText } from "../train/run/runStore.ts";
import { imageNames } from "./run.ts";

/** Keeps the counts of a run's static coder as JSON. */
export function writeStaticCoder(store: RunStore, counts: ContextCounts): Promise<void> {
  const rows = [...counts].map(([context, row]) => [context, [...row]]);
  return store.write(imageNames.staticCoder, JSON.stringify(rows));
}

/** The static coder that was fitted on a run's training images. Throws UserError where its file is missing or damaged. */
export async function readStaticCoder(store: RunStore): Promise<ContextCoder> {
  const content = await readText(store, imageNames.staticCoder);
  if (content === undefined) {
    throw new UserError(`${store.name} has no static-coder.json to compare with`, "not-found");
  }
  try {
    const rows = JSON.parse(content) as [number, number[]][];
    return contextCoder(new Map(rows.map(([context, row]) => [context, Float64Array.from(row)])));
  } catch {
    throw new UserError(
      `${store.path(imageNames.staticCoder)} is damaged: it does not hold the counts of a static coder`,
      "damaged-file",
    );
  }
}
