import { join } from "node:path";
import { type RunPlace, runFiles, storeOf } from "../train/run/runFolder.ts";
import type { FamilyTable } from "./families.ts";
import * as stored from "./run.ts";

/** Names of a field's files. */
export const fieldFiles = (folder: string) => ({
  ...runFiles(folder),
  /** A solved field, compressed. */
  packed: join(folder, stored.packedName),
  /** The field as a function of points, for other programs. */
  onnx: join(folder, "field.onnx"),
});

/** Reads a field's configuration. Throws UserError where the folder holds no field, or a key is wrong. */
export const readFieldConfig = (
  place: RunPlace,
  own: FamilyTable = {},
): Promise<stored.FieldConfig> => stored.readFieldConfig(storeOf(place), own);

/**
 * Opens a fitted field. Throws UserError where something is missing, damaged or of another model. Families that are not
 * built in are given in `own`, by the name that the field has for them.
 */
export const openField = (place: RunPlace, own: FamilyTable = {}): Promise<stored.SavedField> =>
  stored.openField(storeOf(place), own);
