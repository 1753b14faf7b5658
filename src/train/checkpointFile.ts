import { writeFileAtomically } from "../data/files/atomicWrite.ts";
import { readWholeFile } from "../data/files/readWholeFile.ts";
import type { ParameterLayout } from "../nn/parameters.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  decodeParameters,
  encodeCheckpoint,
} from "./checkpoint.ts";
import type { Elapsed } from "./plan.ts";

/** Writes a checkpoint as one safetensors file, `arena/parameter` by `arena/parameter`; replaces the old one at once. */
export const writeCheckpoint = (
  path: string,
  layout: ParameterLayout,
  checkpoint: Checkpoint,
): Promise<void> => writeFileAtomically(path, encodeCheckpoint(layout, checkpoint));

/**
 * Reads the arenas named from a checkpoint. Throws UserError if the file is damaged, or belongs to a model of other
 * parameters.
 */
export const readCheckpoint = async (
  path: string,
  layout: ParameterLayout,
  arenaNames: readonly string[],
): Promise<Checkpoint> => decodeCheckpoint(await readWholeFile(path), path, layout, arenaNames);

/**
 * Reads the parameters that a trained model is used with: their average, where the training kept one. Throws UserError as
 * {@link readCheckpoint} does.
 */
export const readParameters = async (
  path: string,
  layout: ParameterLayout,
): Promise<Elapsed & { readonly parameters: Float32Array<ArrayBuffer> }> =>
  decodeParameters(await readWholeFile(path), path, layout);
