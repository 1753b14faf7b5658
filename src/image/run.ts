import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ContextCoder,
  type ContextCounts,
  contextCoder,
} from "../codec/entropy/contextCoder.ts";
import { writeFileAtomically } from "../data/files/atomicWrite.ts";
import { isFile } from "../data/files/isFile.ts";
import type { LoadOptions } from "../data/images/loadImages.ts";
import { UserError } from "../errors/userError.ts";
import { readCheckpoint } from "../train/checkpoint.ts";
import type { Plan } from "../train/plan.ts";
import { readRunConfig, runFilesOf, writeRunConfig } from "../train/runFolder.ts";
import {
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
} from "./language/language.ts";
import { highestPlane, type StartingPlaneCounts } from "./language/startingPlanes.ts";
import type { ImageModel } from "./model.ts";
import { buildModel, type ModelChoice } from "./models.ts";

/** Everything a run is made from, resolved: `config.json` in its folder. */
export interface RunConfig {
  /** Version of this file's form. */
  readonly format: 1;
  readonly model: ModelChoice;
  readonly language: ImageLanguageOptions;
  /** Size of the images, in pixels. */
  readonly width: number;
  readonly height: number;
  /** How larger images were brought to that size. */
  readonly fit: "resize" | "crop";
  readonly classNames: readonly string[];
  readonly startingPlanes: StartingPlaneCounts;
  readonly seed: number;
  /** Images trained on, for the record. */
  readonly data: { readonly path: string; readonly images: number };
  /** What the training was last asked for. */
  readonly plan: Plan;
}

/** A run that has been trained: its model, with its parameters. */
export interface Run {
  readonly config: RunConfig;
  readonly language: ImageLanguage;
  readonly model: ImageModel;
  readonly parameters: Float32Array;
  /** Steps that the parameters have been trained for. */
  readonly step: number;
  /** The static coder fitted on the same training images. */
  readonly staticCoder: ContextCoder;
}

/** Names of a run's files. */
export const runFiles = (folder: string) => ({
  ...runFilesOf(folder),
  staticCoder: join(folder, "static-coder.json"),
  samples: join(folder, "samples"),
});

/** The language and the model that a configuration describes. */
export function buildRun(config: RunConfig): { language: ImageLanguage; model: ImageModel } {
  const language = imageLanguage(config.language, config);
  const setting = {
    language,
    classes: config.classNames.length,
    highestPlane: highestPlane(config.startingPlanes, language.tokens.finestPlane),
  };
  return { language, model: buildModel(config.model, setting) };
}

/** The form in which pictures are loaded for a run. */
export function formOf(
  config: Pick<RunConfig, "language" | "width" | "height" | "fit">,
): Pick<LoadOptions, "color" | "fit" | "size"> {
  const { language, width, height, fit } = config;
  const color = language.color === "ycbcr" ? "rgb" : "gray";
  // Pictures that are no squares are taken as they are, and must have the run's size.
  return { color, fit, ...(width === height && { size: width }) };
}

/** Writes a run's configuration. */
export const writeConfig = (folder: string, config: RunConfig): Promise<void> =>
  writeRunConfig(folder, config);

/** Reads a run's configuration. Throws UserError where the folder is no run of images. */
export const readConfig = (folder: string): Promise<RunConfig> =>
  readRunConfig(
    folder,
    "ondelette image train",
    (config) => config.format === 1 && "language" in config,
  );

/** Opens a trained run. Throws UserError where something is missing, damaged or of another model. */
export async function openRun(folder: string): Promise<Run> {
  const files = runFiles(folder);
  const config = await readConfig(folder);
  const { language, model } = buildRun(config);
  if (!(await isFile(files.latest))) {
    throw new UserError(
      `${folder} has no checkpoint yet; ondelette image train --resume continues its training`,
    );
  }
  const { arenas, step } = await readCheckpoint(files.latest, model.layout, ["parameters"]);
  const staticCoder = contextCoder(await readContextCounts(files.staticCoder));
  return { config, language, model, parameters: arenas.parameters!, step, staticCoder }; // asked for above
}

/** Writes the counts of a static coder as JSON. */
export function writeContextCounts(path: string, counts: ContextCounts): Promise<void> {
  const rows = [...counts].map(([context, row]) => [context, [...row]]);
  return writeFileAtomically(path, JSON.stringify(rows));
}

async function readContextCounts(path: string): Promise<ContextCounts> {
  const text = await readFile(path, "utf8");
  try {
    const rows = JSON.parse(text) as [number, number[]][];
    return new Map(rows.map(([context, row]) => [context, Float64Array.from(row)]));
  } catch {
    throw new UserError(`${path} is damaged: it does not hold the counts of a static coder`);
  }
}
