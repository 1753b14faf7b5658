import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type ReadRun, readRun } from "./readRun.ts";

/** What is in the folder of a studio. */
export interface Found {
  /** Runs by name, in the order of names. */
  readonly runs: ReadonlyMap<string, ReadRun>;
  /** What was left out, in a sentence. */
  readonly notice?: string;
}

/** Looks through the folder again; what did not change is not read again. */
export type Scan = () => Promise<Found>;

/** Folders within folders that are looked through: someone may name a whole disk. */
export const deepest = 8;
/** Folders in all that are. */
const mostFolders = 20_000;
/** Folders that are looked at without other work between them. */
const together = 50;
/** A folder that changed within this time is read again: its clock may be too coarse to tell a second change. Milliseconds. */
const settling = 2500;

/** Whether runs are looked for in a folder of that name. */
export const isLookedInto = (name: string): boolean => !/^\.|^node_modules$/.test(name);

/** What was found in a folder the last time. */
interface Folder {
  readonly changed: number;
  /** When it was read. */
  readonly read: number;
  readonly hasConfig: boolean;
  readonly inner: readonly string[];
}

/**
 * A scan of the folder `root`, a path without links. Links to folders are not followed, and nothing is looked for in folders
 * with a leading dot, in those of installed packages, and inside a run.
 */
export function scanOf(root: string): Scan {
  let folders = new Map<string, Folder>();
  let runs = new Map<string, ReadRun>();

  return async () => {
    const seen = new Map<string, Folder>();
    const found = new Map<string, ReadRun>();
    let left = false;

    const visit = async (name: string, depth: number): Promise<void> => {
      if (depth > deepest || seen.size >= mostFolders) {
        left = true;
        return;
      }
      const folder = look(join(root, name), folders.get(name));
      if (seen.size % together === 0) await setImmediate();
      if (!folder) return;
      seen.set(name, folder);
      if (folder.hasConfig) {
        const before = runs.get(name);
        const isSame = folder === folders.get(name) && before && before.run.state !== "running";
        const run = isSame ? before : await readRun(root, name, before).catch(() => undefined);
        if (run) {
          found.set(name, run);
          return;
        }
      }
      const inside = name === "." ? "" : `${name}/`;
      for (const inner of folder.inner) await visit(`${inside}${inner}`, depth + 1);
    };
    await visit(".", 0);

    folders = seen;
    runs = new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const notice = `more than ${deepest} folders within each other, or ${mostFolders} in all, were left out`;
    return left ? { runs, notice } : { runs };
  };
}

/** The content of a folder: the previous result where its modification time is unchanged, `undefined` where there is no folder. */
function look(path: string, before: Folder | undefined): Folder | undefined {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found?.isDirectory()) return undefined;
    const changed = found.mtimeMs;
    if (before?.changed === changed && before.read - changed > settling) return before;
    const read = Date.now();
    const entries = readdirSync(path, { withFileTypes: true });
    return {
      ...{ changed, read },
      hasConfig: entries.some((entry) => entry.name === "config.json" && !entry.isDirectory()),
      inner: entries
        .filter((entry) => entry.isDirectory() && isLookedInto(entry.name))
        .map(({ name }) => name),
    };
  } catch {
    return undefined; // gone meanwhile, or not ours to read
  }
}
