import type { Plan } from "../train/plan.ts";
import { UserError } from "../userError.ts";

/** The plan of `--steps` or `--minutes`, if either was given. */
export function planOf(steps: number | undefined, minutes: number | undefined): Plan | undefined {
  if (steps !== undefined && minutes !== undefined) {
    throw new UserError("give --steps or --minutes, not both");
  }
  if (steps !== undefined) return { steps };
  return minutes === undefined ? undefined : { minutes };
}
