import { type RunPlace, storeOf } from "../../train/run/runFolder.ts";
import * as stored from "./run.ts";

/** Reads a run's configuration. Throws UserError where the folder is not a classifier of images, or a key is wrong. */
export const readImageClassifierConfig = (place: RunPlace): Promise<stored.ImageClassifierConfig> =>
  stored.readImageClassifierConfig(storeOf(place));

/** Opens a trained run. Throws UserError where something is missing, damaged or of another model. */
export const openImageClassifier = (place: RunPlace): Promise<stored.ImageClassifierRun> =>
  stored.openImageClassifier(storeOf(place));
