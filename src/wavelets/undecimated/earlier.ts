import { checkResult } from "../arguments/result.ts";

/** The bands of a stationary transform of any number of axes. */
interface Leveled {
  readonly approximations: readonly unknown[];
  readonly details: readonly unknown[];
}

/**
 * Throws TypeError unless an earlier result, if there is one, is one of `maker`; RangeError unless it has so many levels, and
 * as many approximations as a transform keeps.
 */
export function checkEarlier(
  out: Leveled | undefined,
  levels: number,
  trimApprox: boolean,
  maker: string,
): void {
  if (out === undefined) return;
  checkResult(out, "approximations", maker);
  const kept = trimApprox ? 1 : Math.max(1, levels);
  if (out.details.length !== levels)
    throw new RangeError(`out has ${out.details.length} levels instead of ${levels}`);
  if (out.approximations.length !== kept)
    throw new RangeError(`out has ${out.approximations.length} approximations instead of ${kept}`);
}
