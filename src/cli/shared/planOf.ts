import { UserError } from "../../errors/userError.ts";
import type { Plan } from "../../train/plan.ts";

/**
 * The plan of a number of steps or of minutes, if either is given. Throws UserError, which names the options `count` and
 * `time`, if both are.
 */
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
