import { UserError } from "../errors/userError.ts";

/** Ranks did not come to where the others wait for them. */
export class LostRankError extends UserError {
  /** The ranks that did not answer; empty where that could not be told. */
  readonly ranks: readonly number[];

  constructor(ranks: readonly number[], seconds: number) {
    const who = ranks.length === 0 ? "a rank" : ranksNamed(ranks);
    super(`${who} did not answer within ${seconds.toFixed(0)} s; the job ends`, "lost-rank");
    this.ranks = ranks;
  }
}

/** `rank 3`, `ranks 1 and 3`, `ranks 1, 2 and 5`. */
export function ranksNamed(ranks: readonly number[]): string {
  const [last, ...before] = ranks.toReversed();
  return before.length === 0
    ? `rank ${last}`
    : `ranks ${before.toReversed().join(", ")} and ${last}`;
}
