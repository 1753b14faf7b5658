import { isFile } from "../../data/files/isFile.ts";
import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "../checkpoint.ts";
import { allFinite } from "../diverged.ts";
import { type Elapsed, type Plan, progressOf } from "../plan.ts";

export interface ResumeOptions {
  /** The run folder, for messages. */
  readonly folder: string;
  /** Files of the latest checkpoint, and of the state just before the learning rate began to fall. */
  readonly files: { readonly latest: string; readonly trunk: string };
  readonly layout: ParameterLayout;
  /** `parameters` and the optimizer's slots. */
  readonly arenaNames: readonly string[];
  /** Fraction of a plan after which the learning rate falls. */
  readonly decayFrom: number;
}

/**
 * The checkpoint that a new plan continues from, if there is one, for a run that was trained by the plan `old`: the latest,
 * or the state before the decay of the learning rate if that had begun under the old plan. Leaves the folder so that a
 * training killed at any moment from here on continues from the same state. Throws UserError (`plan-done`) where the new
 * plan is too short, and says how long it must be.
 */
export async function continueFrom(
  old: Plan,
  plan: Plan,
  { folder, files, layout, arenaNames, decayFrom }: ResumeOptions,
): Promise<Checkpoint | undefined> {
  if (!(await isFile(files.latest))) return undefined;
  const read = async (path: string) => {
    const checkpoint = await readCheckpoint(path, layout, arenaNames);
    if (Object.values(checkpoint.arenas).every(allFinite)) return checkpoint;
    throw new UserError(`${path} holds numbers that are NaN or infinite`, "damaged-file");
  };
  const latest = await read(files.latest);
  if (samePlan(old, plan)) return latest;
  if (progressOf(old, latest) <= decayFrom) {
    if (isPast(plan, latest)) {
      throw new UserError(
        `${folder} has done ${doneText(plan, latest)} already, more than the ${planText(plan)} asked for`,
        "plan-done",
      );
    }
    // The decay begins here and now: a longer plan may want to come back to this state.
    if (progressOf(plan, latest) > decayFrom) await writeCheckpoint(files.trunk, layout, latest);
    return latest;
  }
  const trunk = (await isFile(files.trunk)) ? await read(files.trunk) : undefined;
  if (!trunk) {
    throw new UserError(
      `${folder} cannot follow another plan than ${planText(old)}: the state before its learning rate fell is missing`,
      "plan-done",
    );
  }
  // The rate of the trunk's last step must still be at its peak, under the new plan as well. And a plan that ends before
  // what is done would replace it by less.
  if (isPast(plan, latest) || progressOf(plan, { ...trunk, step: trunk.step - 1 }) > decayFrom) {
    throw new UserError(
      `${folder} has done ${doneText(old, latest)} of ${planText(old)}, and its learning rate has begun to fall; ` +
        `continue with the same plan, or with at least ${planText(leastPlan(plan, latest, trunk, decayFrom))}`,
      "plan-done",
    );
  }
  await writeCheckpoint(files.latest, layout, trunk);
  return trunk;
}

/** Whether two plans are as long as each other. */
export const samePlan = (a: Plan, b: Plan): boolean =>
  "steps" in a ? "steps" in b && a.steps === b.steps : "minutes" in b && a.minutes === b.minutes;

/** A plan, in the unit of `plan`, that is longer than what is done and has the trunk before its decay. */
function leastPlan(plan: Plan, latest: Elapsed, trunk: Elapsed, decayFrom: number): Plan {
  if ("steps" in plan) {
    return { steps: Math.max(latest.step + 1, Math.ceil((trunk.step - 1) / decayFrom)) };
  }
  const seconds = Math.max(latest.seconds, trunk.seconds / decayFrom);
  return { minutes: Math.ceil((100 * seconds) / 60) / 100 };
}

/** Whether more is done than a plan asks for. */
const isPast = (plan: Plan, { step, seconds }: Elapsed): boolean =>
  "steps" in plan ? step > plan.steps : seconds > 60 * plan.minutes;

const planText = (plan: Plan): string =>
  "steps" in plan ? `${plan.steps} steps` : `${plan.minutes} minutes`;

const doneText = (plan: Plan, { step, seconds }: Elapsed): string =>
  "steps" in plan ? `${step}` : `${(seconds / 60).toFixed(1)}`;
