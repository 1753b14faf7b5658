import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { isFile } from "../../data/files/isFile.ts";
import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { readParameters } from "../checkpoint.ts";
import { allFinite } from "../diverged.ts";
import type { Plan } from "../plan.ts";
import {
  type Check,
  CheckError,
  type Fields,
  integer,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
} from "./checks.ts";

/** What every run's `config.json` says; each kind of run adds what it is made from. */
export interface RunConfig {
  /** What kind of run it is: `image`, `sequence` …. */
  readonly kind: string;
  /** Version of the kind's form of this file. */
  readonly format: number;
  readonly seed: number;
}

/** `config.json` of a run that is trained, and not solved directly. */
export interface TrainedConfig extends RunConfig {
  /** What the training was last asked for. */
  readonly plan: Plan;
}

/**
 * A kind of run folder: how its configuration is checked, and the model that it describes. `Model` holds at least the
 * layout of its parameters.
 */
export interface RunKind<Config extends RunConfig, Model> {
  readonly kind: Config["kind"];
  readonly format: Config["format"];
  /** Checks a whole `config.json`. */
  readonly check: Check<Config>;
  build(config: Config): Model;
}

/** A trained run. */
export interface OpenRun<Config, Model> {
  readonly config: Config;
  readonly model: Model;
  /** Its parameters, or their average where the training kept one. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Steps that the parameters have been trained for. */
  readonly step: number;
}

/** Names of the files of a run. */
export const runFiles = (folder: string) => ({
  config: join(folder, "config.json"),
  metrics: join(folder, "metrics.jsonl"),
  latest: join(folder, "checkpoint", "latest.safetensors"),
  /** The state just before the learning rate began to fall. */
  trunk: join(folder, "checkpoint", "trunk.safetensors"),
  /** How the training ended. */
  result: join(folder, "result.json"),
  /** Event files of TensorBoard, where they are asked for. */
  tensorboard: join(folder, "tensorboard"),
  /** The metrics as a picture. */
  curve: join(folder, "loss.png"),
});

/** Checks of the keys that every configuration has. */
export const runChecks = {
  seed: integer(),
  plan: ((value, at) => {
    const { steps, minutes } = object({
      steps: optional(integer({ min: 1 })),
      minutes: optional(number({ min: 0, above: true })),
    })(value, at);
    if (steps !== undefined && minutes === undefined) return { steps };
    if (minutes !== undefined && steps === undefined) return { minutes };
    throw new CheckError(`${at} must have steps or minutes`);
  }) as Check<Plan>,
} as const;

/** Writes the configuration of a run. */
export function writeConfig(folder: string, config: RunConfig): Promise<void> {
  return writeFileAtomically(runFiles(folder).config, `${JSON.stringify(config, undefined, 2)}\n`);
}

/**
 * The configuration of a run of any kind; only `kind` and `format` are checked. Throws UserError where the folder holds no
 * run.
 */
export async function readAnyConfig(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const { config: path } = runFiles(folder);
  const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
    throw new UserError(`${folder} is not a run folder: it has no config.json`, "not-found");
  });
  let config: unknown;
  try {
    config = JSON.parse(content);
  } catch {
    throw new UserError(`${path} is damaged: it is not JSON`, "damaged-file");
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new UserError(`${path} is damaged: it must hold an object`, "damaged-file");
  }
  if (!("kind" in config) || !("format" in config)) {
    throw new UserError(
      `${path} has no kind and format: it was made by another program, or by ondelette before 0.2`,
      "wrong-kind",
    );
  }
  return config as Readonly<Record<string, unknown>>;
}

/** Reads a run's configuration. Throws UserError where it is of another kind or version, or a key is wrong. */
export async function readConfig<Config extends RunConfig>(
  { kind, format, check }: Pick<RunKind<Config, unknown>, "kind" | "format" | "check">,
  folder: string,
): Promise<Config> {
  const { config: path } = runFiles(folder);
  const config = await readAnyConfig(folder);
  if (config.kind !== kind) {
    throw new UserError(
      `${folder} is a run of kind ${JSON.stringify(config.kind)}, not "${kind}"`,
      "wrong-kind",
    );
  }
  if (config.format !== format) {
    throw new UserError(
      `${path} has format ${JSON.stringify(config.format)}; this version of ondelette reads ${format}`,
      "unsupported-file",
    );
  }
  try {
    return check(config, "");
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    throw new UserError(`${path} cannot be used: ${error.message}`, "damaged-file");
  }
}

/** Opens a trained run. Throws UserError where something is missing, damaged, of another model, or NaN. */
export async function openRun<
  Config extends RunConfig,
  Model extends { readonly layout: ParameterLayout },
>(kind: RunKind<Config, Model>, folder: string): Promise<OpenRun<Config, Model>> {
  const config = await readConfig(kind, folder);
  const model = kind.build(config);
  const { latest } = runFiles(folder);
  if (!(await isFile(latest))) {
    throw new UserError(
      `${folder} has no checkpoint yet: its training has not begun`,
      "no-checkpoint",
    );
  }
  const { parameters, step } = await readParameters(latest, model.layout);
  if (!allFinite(parameters)) {
    throw new UserError(`${latest} holds parameters that are NaN or infinite`, "diverged");
  }
  return { config, model, parameters, step };
}

/** Removes what writers that were killed left behind in a run's folders. */
export async function removeLitter(folder: string): Promise<void> {
  for (const place of [folder, join(folder, "checkpoint"), join(folder, "samples")]) {
    for (const name of await readdir(place).catch(() => [])) {
      if (/^\..+\.[0-9a-f]{8}\.tmp$/.test(name)) await rm(join(place, name), { force: true });
    }
  }
}

/** What {@link configCheck} reads. */
export type CheckedConfig<K extends string, F extends number, Own extends Fields> = {
  readonly kind: K;
  readonly format: F;
} & Omit<TrainedConfig, "kind" | "format"> &
  ObjectOf<Own>;

/** Checks `kind` and `format` and the keys that every configuration has, and a kind's own. */
export const configCheck =
  <K extends string, F extends number, Own extends Fields>(
    kind: K,
    format: F,
    own: Own,
  ): Check<CheckedConfig<K, F, Own>> =>
  (value, at) => {
    const all: Fields = { kind: oneOf([kind]), format: oneOf([format]), ...runChecks, ...own };
    return object(all)(value, at) as CheckedConfig<K, F, Own>; // each key was read by its check
  };
