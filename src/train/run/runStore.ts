import { joinBytes } from "../../data/files/joinBytes.ts";
import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { decodeParameters } from "../checkpoint.ts";
import { allFinite } from "../diverged.ts";
import { CheckError } from "./checks.ts";
import type { RunConfig, RunKind } from "./config.ts";

/** Where the files of a run are kept: a folder of a disk, a browser's storage, or memory. */
export interface RunStore {
  /** What messages call the run. */
  readonly name: string;
  /** What messages call a file of it. */
  path(file: string): string;
  /** The content of a file; undefined where there is none. */
  read(file: string): Promise<Uint8Array | undefined>;
  /** Replaces a file, whole or not at all. */
  write(file: string, content: RunContent): Promise<void>;
  /** Adds text at the end of a file. */
  append(file: string, text: string): Promise<void>;
}

/** What a file is written from: text, bytes, or bytes in pieces, one after the other. */
export type RunContent = string | Uint8Array | readonly Uint8Array[];

/** Names of the files of a run, in every store. */
export const runNames = {
  config: "config.json",
  metrics: "metrics.jsonl",
  latest: "checkpoint/latest.safetensors",
  /** The state just before the learning rate began to fall. */
  trunk: "checkpoint/trunk.safetensors",
  /** How the training ended. */
  result: "result.json",
} as const;

/**
 * A run in memory, with its files by name. To open a run that was fetched, give its files; to keep one that was trained, take
 * them.
 *
 * @example
 * ```ts
 * const store = memoryStore("digits", { "config.json": text, "checkpoint/latest.safetensors": bytes });
 * const run = await openImageRun(store);
 * ```
 */
export function memoryStore(
  name: string,
  given: Readonly<Record<string, string | Uint8Array>> = {},
): RunStore & { readonly files: ReadonlyMap<string, Uint8Array> } {
  const files = new Map(Object.entries(given).map(([file, content]) => [file, bytesOf(content)]));
  return {
    name,
    files,
    path: (file) => `${name}/${file}`,
    read: async (file) => files.get(file),
    async write(file, content) {
      files.set(file, bytesOf(content));
    },
    async append(file, text) {
      files.set(file, joinBytes([files.get(file) ?? new Uint8Array(), bytesOf(text)]));
    },
  };
}

/** The bytes of a content, in memory of their own. */
export const bytesOf = (content: RunContent): Uint8Array<ArrayBuffer> =>
  typeof content === "string"
    ? new TextEncoder().encode(content)
    : joinBytes(content instanceof Uint8Array ? [content] : content);

/** A file as text; undefined where there is none. */
export async function readText(store: RunStore, file: string): Promise<string | undefined> {
  const bytes = await store.read(file);
  return bytes && new TextDecoder().decode(bytes);
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

/** Writes the configuration of a run. */
export const writeConfig = (store: RunStore, config: RunConfig): Promise<void> =>
  store.write(runNames.config, `${JSON.stringify(config, undefined, 2)}\n`);

/**
 * The configuration of a run of any kind; only `kind` and `format` are checked. Throws UserError where there is no run.
 */
export async function readAnyConfig(store: RunStore): Promise<Readonly<Record<string, unknown>>> {
  const path = store.path(runNames.config);
  const content = await readText(store, runNames.config);
  if (content === undefined) {
    throw new UserError(`${store.name} is not a run folder: it has no config.json`, "not-found");
  }
  let config: unknown;
  try {
    config = JSON.parse(content);
  } catch {
    throw new UserError(`${path} is damaged: it is not JSON`, "damaged-file");
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new UserError(`${path} is damaged: it must hold an object`, "damaged-file");
  }
  if (!isRunConfig(config)) {
    throw new UserError(
      `${path} has no kind and format: it was made by another program, or by ondelette before 0.2`,
      "wrong-kind",
    );
  }
  return config;
}

/** Whether a `config.json` is of a run, of any kind. */
export const isRunConfig = (config: unknown): config is Readonly<Record<string, unknown>> =>
  typeof config === "object" && config !== null && "kind" in config && "format" in config;

/** Reads a run's configuration. Throws UserError where it is of another kind or version, or a key is wrong. */
export async function readConfig<Config extends RunConfig>(
  { kind, format, check }: Pick<RunKind<Config, unknown>, "kind" | "format" | "check">,
  store: RunStore,
): Promise<Config> {
  const path = store.path(runNames.config);
  const config = await readAnyConfig(store);
  if (config.kind !== kind) {
    throw new UserError(
      `${store.name} is a run of kind ${JSON.stringify(config.kind)}, not "${kind}"`,
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
>(kind: RunKind<Config, Model>, store: RunStore): Promise<OpenRun<Config, Model>> {
  const config = await readConfig(kind, store);
  const model = kind.build(config);
  const bytes = await store.read(runNames.latest);
  if (bytes === undefined) {
    throw new UserError(
      `${store.name} has no checkpoint yet: its training has not begun`,
      "no-checkpoint",
    );
  }
  const path = store.path(runNames.latest);
  const { parameters, step } = decodeParameters(bytes, path, model.layout);
  if (!allFinite(parameters)) {
    throw new UserError(`${path} holds parameters that are NaN or infinite`, "diverged");
  }
  return { config, model, parameters, step };
}
