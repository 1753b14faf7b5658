import { join } from "node:path";
import { isFile } from "../data/files/isFile.ts";
import { UserError } from "../errors/userError.ts";
import { input } from "../graph/index.ts";
import { layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import { readCheckpoint } from "../train/checkpoint.ts";
import type { Plan } from "../train/plan.ts";
import { readRunConfig, runFilesOf, writeRunConfig } from "../train/runFolder.ts";
import { type AnyAlphabet, kindNames } from "./kinds.ts";
import type { Mixing } from "./mixing/mixing.ts";
import { type MixingName, mixingNames, mixingOf } from "./mixings.ts";
import { type SequenceSize, sequenceModel } from "./model.ts";

/** What a person may choose of a model and its training. */
export interface SequenceOptions {
  readonly mixing: MixingName;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Tokens of a training window. */
  readonly context: number;
  /** Windows of a batch. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly peak: number;
}

/** Everything a run is made from, resolved: `config.json` in its folder. */
export interface SequenceConfig {
  /** Version of this file's form. */
  readonly format: 1;
  readonly alphabet: AnyAlphabet;
  readonly options: SequenceOptions;
  readonly symbols: number;
  readonly seed: number;
  /** For the record. */
  readonly data: { readonly path: string; readonly tokens: number };
  /** What the training was last asked for. */
  readonly plan: Plan;
}

/** The model that a configuration describes. */
export interface BuiltModel {
  readonly size: SequenceSize;
  readonly mixing: Mixing | undefined;
  readonly layout: ParameterLayout;
}

/** A run that has been trained: its model, with its parameters. */
export interface SequenceRun extends BuiltModel {
  readonly config: SequenceConfig;
  readonly parameters: Float32Array;
}

/** Names of a run's files. */
export const sequenceFiles = (folder: string) => ({
  ...runFilesOf(folder),
  /** The tokens it is trained on. */
  corpus: join(folder, "corpus"),
});

/** Throws UserError unless the heads share the width evenly. */
export function requireEvenHeads({ width, heads }: Pick<SequenceOptions, "width" | "heads">): void {
  if (width % heads !== 0) {
    throw new UserError(
      `--width ${width} cannot be shared by --heads ${heads}; it must be a multiple`,
    );
  }
}

export function buildSequence({ options, symbols }: SequenceConfig): BuiltModel {
  const { layers, heads, width, context } = options;
  const size = { layers, heads, width, context, symbols };
  const mixing = mixingOf(options.mixing, width, context);
  const tokens = input("inputs", [1, context], "int32");
  return { size, mixing, layout: layoutOf((p) => sequenceModel(p, tokens, size, mixing)) };
}

export const writeSequenceConfig = (folder: string, config: SequenceConfig): Promise<void> =>
  writeRunConfig(folder, config);

/** Reads a run's configuration. Throws UserError where the folder is no run of sequences. */
export const readSequenceConfig = (folder: string): Promise<SequenceConfig> =>
  readRunConfig(
    folder,
    "ondelette sequence train",
    ({ format, alphabet, options }: Partial<SequenceConfig>) =>
      format === 1 &&
      kindNames.some((name) => name === alphabet?.kind) &&
      mixingNames.some((name) => name === options?.mixing),
  );

/** Opens a trained run. Throws UserError where something is missing, damaged or of another model. */
export async function openSequence(folder: string): Promise<SequenceRun> {
  const config = await readSequenceConfig(folder);
  const built = buildSequence(config);
  const { latest } = sequenceFiles(folder);
  if (!(await isFile(latest))) {
    throw new UserError(
      `${folder} has no checkpoint yet; ondelette sequence train --resume continues its training`,
    );
  }
  const { arenas } = await readCheckpoint(latest, built.layout, ["parameters"]);
  return { config, ...built, parameters: arenas.parameters! }; // asked for above
}
