import type { RunStore } from "../train/run/runStore.ts";
import * as kinds from "./browserKinds.ts";
import type { Document, Parts } from "./kind.ts";
import type { KindChoice } from "./kinds/alphabets.ts";
import { type OwnSequence, openStored, type SequenceRun } from "./run.ts";
import {
  type MemorySequence,
  type PrepareSequence,
  prepareInMemory,
  type SequenceRequest,
} from "./sequenceRequest.ts";

/** A new run on documents in memory. */
export interface BrowserSequenceRequest extends Omit<SequenceRequest, "kind"> {
  readonly kind: KindChoice<kinds.BrowserKindName>;
}

/**
 * Prepares a new run on documents in memory, whose tokens stay there: see `memoryDocument`. Throws UserError where they are
 * not of the kind, or do not fit the sizes asked for, or these each other.
 */
export const createSequenceInMemory = (
  parts: Parts<readonly Document[]>,
  request: BrowserSequenceRequest,
  progress: PrepareSequence = {},
): Promise<MemorySequence> => prepareInMemory(parts, request, kinds, progress);

/**
 * Opens a trained run from its files. Throws UserError where something is missing, damaged or of another model, or its kind
 * of data is byte pair encoding. What is not built in is given in `own`.
 */
export const openSequence = (store: RunStore, own: OwnSequence = {}): Promise<SequenceRun> =>
  openStored(store, kinds, own);
