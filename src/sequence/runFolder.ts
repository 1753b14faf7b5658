import { join } from "node:path";
import { type RunPlace, runFiles, storeOf } from "../train/run/runFolder.ts";
import * as kinds from "./kinds.ts";
import * as stored from "./run.ts";

/** Names of a run's files. */
export const sequenceFiles = (folder: string) => ({
  ...runFiles(folder),
  /** The tokens it is trained on. */
  corpus: join(folder, "corpus"),
});

/** Reads a run's configuration. Throws UserError where the folder is not a run of sequences, or a key is wrong. */
export const readSequenceConfig = (place: RunPlace): Promise<stored.SequenceConfig> =>
  stored.readSequenceConfig(storeOf(place));

/**
 * Opens a trained run. Throws UserError where something is missing, damaged or of another model. What is not built in is
 * given in `own`.
 */
export const openSequence = (
  place: RunPlace,
  own: stored.OwnSequence = {},
): Promise<stored.SequenceRun> => stored.openStored(storeOf(place), kinds, own);
