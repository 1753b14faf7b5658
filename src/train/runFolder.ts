import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../data/files/atomicWrite.ts";
import { UserError } from "../errors/userError.ts";
import type { CheckpointFiles } from "./resume.ts";

/** Files that every run folder has. */
export interface RunFiles extends CheckpointFiles {
  readonly config: string;
  readonly metrics: string;
  /** The metrics as a picture. */
  readonly curve: string;
}

/** Names of the files of a run. */
export const runFilesOf = (folder: string): RunFiles => ({
  config: join(folder, "config.json"),
  metrics: join(folder, "metrics.jsonl"),
  latest: join(folder, "checkpoint", "latest.safetensors"),
  trunk: join(folder, "checkpoint", "trunk.safetensors"),
  curve: join(folder, "loss.png"),
});

/** Writes the configuration of a run. */
export function writeRunConfig(folder: string, config: object): Promise<void> {
  return writeFileAtomically(
    runFilesOf(folder).config,
    `${JSON.stringify(config, undefined, 2)}\n`,
  );
}

/**
 * Reads the configuration of a run: JSON that `fits`. Throws UserError, with `command` as the way to make one, where the
 * folder is no run or another kind of run.
 */
export async function readRunConfig<Config>(
  folder: string,
  command: string,
  fits: (config: Readonly<Record<string, unknown>>) => boolean,
): Promise<Config> {
  const { config: path } = runFilesOf(folder);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
    throw new UserError(`${folder} is no run: it has no config.json (${command} makes one)`);
  });
  try {
    const config = JSON.parse(text);
    if (typeof config === "object" && config !== null && fits(config)) return config;
  } catch {
    // not JSON: told below
  }
  throw new UserError(`${path} is not the configuration of a run of this version of ${command}`);
}
