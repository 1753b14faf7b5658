import { UserError } from "../../errors/userError.ts";
import type { Plan } from "../../train/plan.ts";

/** The plan of a number of steps or of a time, if either was given; `time` and `count` are the options that say so. */
export function planOf(
  steps: number | undefined,
  minutes: number | undefined,
  time = "--minutes",
  count = "--steps",
): Plan | undefined {
  if (steps !== undefined && minutes !== undefined) {
    throw new UserError(`give ${count} or ${time}, not both`);
  }
  if (steps !== undefined) return { steps };
  return minutes === undefined ? undefined : { minutes };
}
