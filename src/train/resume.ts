import { isFile } from "../data/files/isFile.ts";
import { UserError } from "../errors/userError.ts";
import type { ParameterLayout } from "../nn/parameters.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { type Plan, progressOf } from "./plan.ts";

/** The two checkpoints of a run folder. */
export interface CheckpointFiles {
  readonly latest: string;
  /** The state just before the learning rate began to fall. */
  readonly trunk: string;
}

export interface ResumeOptions {
  /** The run folder, for messages. */
  readonly folder: string;
  readonly files: CheckpointFiles;
  readonly layout: ParameterLayout;
  /** `parameters` and the optimizer's slots. */
  readonly arenaNames: readonly string[];
  /** Fraction of a plan after which the learning rate falls. */
  readonly decayFrom: number;
}

/**
 * The checkpoint that a new plan continues from, if there is one, for a run that was trained by the plan `old`: the latest,
 * or the state before the decay of the learning rate if that had begun under the old plan. Leaves the folder so that a
 * training killed at any moment from here on continues from the same state.
 */
export async function continueFrom(
  old: Plan,
  plan: Plan,
  { folder, files, layout, arenaNames, decayFrom }: ResumeOptions,
): Promise<Checkpoint | undefined> {
  if (!(await isFile(files.latest))) return undefined;
  const read = (path: string) => readCheckpoint(path, layout, arenaNames);
  const latest = await read(files.latest);
  if (JSON.stringify(old) === JSON.stringify(plan)) return latest;
  if (progressOf(old, latest) <= decayFrom) {
    // The decay begins here and now: a longer plan may want to come back to this state.
    if (progressOf(plan, latest) > decayFrom) await writeCheckpoint(files.trunk, layout, latest);
    return latest;
  }
  const trunk = (await isFile(files.trunk)) ? await read(files.trunk) : undefined;
  // Was the rate of the trunk's last step still at its peak, under the new plan as well?
  const fits = trunk && progressOf(plan, { ...trunk, step: trunk.step - 1 }) <= decayFrom;
  if (!fits) {
    throw new UserError(
      `${folder} was trained to the end of its plan, and the new plan is too short to continue it; ask for more`,
    );
  }
  await writeCheckpoint(files.latest, layout, trunk);
  return trunk;
}
