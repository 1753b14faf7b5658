import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { lastRecords } from "./lastRecords.ts";
import { livingHolder, lockName } from "./lock.ts";
import { readAnyConfig, runFiles } from "./runFolder.ts";
import { type Standing, standingOf } from "./summary.ts";

/** A run folder at a glance. */
export interface RunSummary extends Standing {
  readonly folder: string;
  readonly kind: string;
}

/**
 * The runs in a folder and its sub-folders, by name; `folder` itself, if it is one. Links to folders are followed, but not in
 * a circle. Throws UserError (`not-found`) where the folder does not exist.
 */
export function listRuns(folder: string): Promise<RunSummary[]> {
  return runsBelow(folder, []);
}

/** `above` are the folders on the way here, without links. */
async function runsBelow(folder: string, above: readonly string[]): Promise<RunSummary[]> {
  const place = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UserError(`${folder} does not exist`, "not-found");
  });
  if (above.includes(place)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === "config.json")) {
    const run = await summaryOf(folder);
    if (run) return [run];
  }
  const runs: RunSummary[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const inner = join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(inner)))) {
      runs.push(...(await runsBelow(inner, [...above, place])));
    }
  }
  return runs;
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

/** One run; `undefined` where the folder's configuration is not a run's. */
async function summaryOf(folder: string): Promise<RunSummary | undefined> {
  const config = await readAnyConfig(folder).catch(() => undefined);
  if (!config) return undefined;
  const files = runFiles(folder);
  const result = await readFile(files.result, "utf8")
    .then((text) => JSON.parse(text))
    .catch(() => undefined); // not ended yet, or damaged
  const holder = await livingHolder(await readFile(join(folder, lockName), "utf8").catch(() => ""));
  const standing = standingOf(result, await lastOf(files.metrics), holder !== undefined);
  return { folder, kind: String(config.kind), ...standing };
}

async function lastOf(path: string) {
  try {
    await using file = await open(path);
    const read = async (start: number, end: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), { position: start });
      return buffer.subarray(0, bytesRead);
    };
    return await lastRecords(read, (await file.stat()).size);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
