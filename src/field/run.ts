import { join } from "node:path";
import { isFile } from "../data/files/isFile.ts";
import { UserError } from "../errors/userError.ts";
import type { ParameterLayout } from "../nn/parameters.ts";
import { readCheckpoint } from "../train/checkpoint.ts";
import type { Plan } from "../train/plan.ts";
import { readRunConfig, runFilesOf, writeRunConfig } from "../train/runFolder.ts";
import type { Preparation } from "./families/expansion/prepare.ts";
import { type FamilyName, families, familyNames } from "./families.ts";
import type { FieldFamily, FieldSize, Init } from "./family.ts";
import { fieldLayout } from "./fit/sizing.ts";
import type { ValueRange } from "./signal/signal.ts";

/** Everything a field is made from, resolved: `config.json` in its folder. */
export interface FieldConfig {
  /** Version of this file's form. */
  readonly format: 1;
  readonly model: FamilyName;
  readonly size: FieldSize;
  /** The signal that it was fitted to: for the record, and for views of its own size. */
  readonly signal: {
    readonly path: string;
    /** Samples along each axis. */
    readonly size: readonly number[];
    /** Samples per second, of a sound. */
    readonly rate?: number;
    /** The numbers of its source that -1 and 1 stand for, where they are not black and white or the ends of a sound's. */
    readonly range?: ValueRange;
  };
  /** What was done to the signal first; nothing by default. */
  readonly preparation?: Preparation;
  /** Where atoms start, in the families that have atoms. */
  readonly init: Init;
  /** Highest learning rate. */
  readonly peak: number;
  /** Points of a step; all of them where there are fewer. */
  readonly batch: number;
  readonly seed: number;
  readonly plan: Plan;
}

/** What a configuration describes. */
export interface BuiltField {
  readonly family: FieldFamily;
  readonly size: FieldSize;
  readonly layout: ParameterLayout;
}

/** A fitted field. */
export interface Field extends BuiltField {
  readonly config: FieldConfig;
  readonly parameters: Float32Array;
}

/** Names of a field's files. */
export const fieldFiles = (folder: string) => ({
  ...runFilesOf(folder),
  /** The field as a function of points, for other programs. */
  onnx: join(folder, "field.onnx"),
});

export function buildField({ model, size }: Pick<FieldConfig, "model" | "size">): BuiltField {
  const family = families[model];
  return { family, size, layout: fieldLayout(family, size) };
}

export const writeFieldConfig = (folder: string, config: FieldConfig): Promise<void> =>
  writeRunConfig(folder, config);

/** Reads a field's configuration. Throws UserError where the folder holds no field. */
export const readFieldConfig = (folder: string): Promise<FieldConfig> =>
  readRunConfig(
    folder,
    "ondelette field fit",
    ({ format, model }: Partial<FieldConfig>) =>
      format === 1 && familyNames.some((name) => name === model),
  );

/** Opens a fitted field. Throws UserError where something is missing, damaged or of another model. */
export async function openField(folder: string): Promise<Field> {
  const config = await readFieldConfig(folder);
  const built = buildField(config);
  const { latest } = fieldFiles(folder);
  if (!(await isFile(latest))) {
    throw new UserError(
      `${folder} has no checkpoint yet; ondelette field fit --resume continues it`,
    );
  }
  const { arenas } = await readCheckpoint(latest, built.layout, ["parameters"]);
  return { config, ...built, parameters: arenas.parameters! }; // asked for above
}
