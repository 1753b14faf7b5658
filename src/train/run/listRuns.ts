import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { readMetrics } from "../../data/files/jsonl.ts";
import { UserError } from "../../errors/userError.ts";
import type { Values } from "../trainable.ts";
import { readAnyConfig, runFiles } from "./runFolder.ts";

/** A run folder at a glance. */
export interface RunSummary {
  readonly folder: string;
  readonly kind: string;
  /** Learned parameters; unknown before its training ended or was interrupted. */
  readonly parameters?: number;
  readonly step: number;
  readonly seconds: number;
  /** `done`, `interrupted`, or `unfinished` while it trains or where it was killed. */
  readonly state: "done" | "interrupted" | "unfinished";
  /** The last numbers of the training, and of its validation. */
  readonly metrics: Values;
  readonly validation: Values;
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
  const kind = String(config.kind);
  const result = await readFile(runFiles(folder).result, "utf8").then(
    (text) => JSON.parse(text),
    () => undefined,
  );
  const last = (await readMetrics(runFiles(folder).metrics)).at(-1) ?? { step: 0 };
  if (result && result.step >= last.step) {
    const { interrupted, ...rest } = result;
    return { folder, kind, state: interrupted ? "interrupted" : "done", ...rest };
  }
  const { step, seconds = 0, ...values } = last;
  return {
    ...{ folder, kind, step, seconds: Number(seconds), state: "unfinished" },
    metrics: Object.fromEntries(
      Object.entries(values).filter(([, value]) => typeof value === "number"),
    ) as Values,
    validation: {},
  };
}
