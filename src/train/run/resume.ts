import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../checkpoint.ts";
import { allFinite } from "../diverged.ts";
import { type Elapsed, type Plan, progressOf } from "../plan.ts";
import { type RunStore, runNames } from "./runStore.ts";

export interface ResumeOptions {
  readonly layout: ParameterLayout;
  /** `parameters` and the optimizer's slots. */
  readonly arenaNames: readonly string[];
  /** Fraction of a plan after which the learning rate falls. */
  readonly decayFrom: number;
}

/**
 * The checkpoint that a new plan continues from, if there is one, for a run that was trained by the plan `old`: the latest,
 * or the state before the decay of the learning rate if that had begun under the old plan. Leaves the files so that a
 * training killed at any moment from here on continues from the same state. Throws UserError (`plan-done`) where the new
 * plan is too short, and says how long it must be.
 */
export async function continueFrom(
  store: RunStore,
  old: Plan,
  plan: Plan,
  { layout, arenaNames, decayFrom }: ResumeOptions,
): Promise<Checkpoint | undefined> {
  const { name } = store;
  const read = async (file: string) => {
    const [bytes, path] = [await store.read(file), store.path(file)];
    if (bytes === undefined) return undefined;
    const checkpoint = decodeCheckpoint(bytes, path, layout, arenaNames);
    if (Object.values(checkpoint.arenas).every(allFinite)) return checkpoint;
    throw new UserError(`${path} holds numbers that are NaN or infinite`, "damaged-file");
  };
  const write = (file: string, checkpoint: Checkpoint) =>
    store.write(file, encodeCheckpoint(layout, checkpoint));
  const latest = await read(runNames.latest);
  if (!latest) return undefined;
  if (samePlan(old, plan)) return latest;
  if (progressOf(old, latest) <= decayFrom) {
    if (isPast(plan, latest)) {
      throw new UserError(
        `${name} has done ${doneText(plan, latest)} already, more than the ${planText(plan)} asked for`,
        "plan-done",
      );
    }
    // The decay begins here and now: a longer plan may want to come back to this state.
    if (progressOf(plan, latest) > decayFrom) await write(runNames.trunk, latest);
    return latest;
  }
  const trunk = await read(runNames.trunk);
  if (!trunk) {
    throw new UserError(
      `${name} cannot follow another plan than ${planText(old)}: the state before its learning rate fell is missing`,
      "plan-done",
    );
  }
  // The rate of the trunk's last step must still be at its peak, under the new plan as well. And a plan that ends before
  // what is done would replace it by less.
  if (isPast(plan, latest) || progressOf(plan, { ...trunk, step: trunk.step - 1 }) > decayFrom) {
    throw new UserError(
      `${name} has done ${doneText(old, latest)} of ${planText(old)}, and its learning rate has begun to fall; ` +
        `continue with the same plan, or with at least ${planText(leastPlan(plan, latest, trunk, decayFrom))}`,
      "plan-done",
    );
  }
  await write(runNames.latest, trunk);
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
