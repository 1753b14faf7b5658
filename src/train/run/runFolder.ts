import { appendFile, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import type { RunConfig, RunKind } from "./config.ts";
import {
  readAnyConfig as anyConfigOf,
  readConfig as configOf,
  type OpenRun,
  openRun as openStored,
  type RunStore,
  runNames,
} from "./runStore.ts";

/** Names of the files of a run. */
export const runFiles = (folder: string) => ({
  config: join(folder, runNames.config),
  metrics: join(folder, runNames.metrics),
  latest: join(folder, runNames.latest),
  /** The state just before the learning rate began to fall. */
  trunk: join(folder, runNames.trunk),
  /** How the training ended. */
  result: join(folder, runNames.result),
  /** Event files of TensorBoard, where they are asked for. */
  tensorboard: join(folder, "tensorboard"),
  /** The metrics as a picture. */
  curve: join(folder, "loss.png"),
});

/** The files of a run in a folder. */
export function folderStore(folder: string): RunStore {
  const path = (file: string) => join(folder, file);
  return {
    name: folder,
    path,
    async read(file) {
      try {
        // What is no file, such as a device, is never opened: reading it might not end.
        return (await stat(path(file))).isFile() ? await readFile(path(file)) : undefined;
      } catch (error) {
        if (isMissing(error as NodeJS.ErrnoException)) return undefined;
        throw error;
      }
    },
    async write(file, content) {
      await makeFolder(dirname(path(file)));
      await writeFileAtomically(path(file), content);
    },
    append: (file, text) => appendFile(path(file), text),
  };
}

/** Whether an error says that a file, or a folder above it, does not exist. */
const isMissing = ({ code }: NodeJS.ErrnoException): boolean =>
  code === "ENOENT" || code === "ENOTDIR";

/** A run: the path of its folder, or where else its files are kept. */
export type RunPlace = string | RunStore;

/** The files of a run at a place. */
export const storeOf = (place: RunPlace): RunStore =>
  typeof place === "string" ? folderStore(place) : place;

/**
 * The configuration of a run of any kind; only `kind` and `format` are checked. Throws UserError where there is no run.
 */
export const readAnyConfig = (place: RunPlace): Promise<Readonly<Record<string, unknown>>> =>
  anyConfigOf(storeOf(place));

/** Reads a run's configuration. Throws UserError where it is of another kind or version, or a key is wrong. */
export const readConfig = <Config extends RunConfig>(
  kind: Pick<RunKind<Config, unknown>, "kind" | "format" | "check">,
  place: RunPlace,
): Promise<Config> => configOf(kind, storeOf(place));

/** Opens a trained run. Throws UserError where something is missing, damaged, of another model, or NaN. */
export const openRun = <
  Config extends RunConfig,
  Model extends { readonly layout: ParameterLayout },
>(
  kind: RunKind<Config, Model>,
  place: RunPlace,
): Promise<OpenRun<Config, Model>> => openStored(kind, storeOf(place));

/** Removes what writers that were killed left behind in a run's folders. */
export async function removeLitter(folder: string): Promise<void> {
  for (const place of [folder, join(folder, "checkpoint"), join(folder, "samples")]) {
    for (const name of await readdir(place).catch(() => [])) {
      if (/^\..+\.[0-9a-f]{8}\.tmp$/.test(name)) await rm(join(place, name), { force: true });
    }
  }
}
