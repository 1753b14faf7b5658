import type { Plan } from "../train/plan.ts";
import { UserError } from "../userError.ts";

/** The plan of `--steps` or of a time, if either was given; `time` is the option that says how long. */
export function planOf(
  steps: number | undefined,
  minutes: number | undefined,
  time = "--minutes",
): Plan | undefined {
  if (steps !== undefined && minutes !== undefined) {
    throw new UserError(`give --steps or ${time}, not both`);
  }
  if (steps !== undefined) return { steps };
  return minutes === undefined ? undefined : { minutes };
}
