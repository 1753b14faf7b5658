import { concat, type Tensor } from "../../graph/index.ts";

/** What a position knows of the positions before it, where a model runs one position at a time: `[batch, 1, width]`. */
export interface Past {
  /** x as it was `lag` positions ago, or `lags[i]` in feature i; zero before the start. */
  ago(x: Tensor, lags: number | readonly number[]): Tensor;
  /** A quantity that goes on from position to position, zero before the start: returns `next(before)`. */
  carried(next: (before: Tensor) => Tensor, like: Tensor): Tensor;
}

/** The part of `Past` that whole sequences have too, so that one formula serves both. */
export type Delays = Pick<Past, "ago">;

/** x later by `steps` positions of its second axis; what had no past is zero. */
function delay(x: Tensor, steps: number): Tensor {
  const length = x.shape[1] ?? 0;
  return steps < length ? x.pad(1, steps, -steps) : x.mul(0);
}

/** Earlier values within whole sequences, `[batch, length, width]`. */
export const wholeSequence: Delays = {
  ago: (x, lags) => (typeof lags === "number" ? delay(x, lags) : delayEach(x, lags)),
};

/** Feature i later by `lags[i]` positions; neighboring features of one lag move together. */
function delayEach(x: Tensor, lags: readonly number[]): Tensor {
  const runs: { lag: number; width: number }[] = [];
  for (const lag of lags) {
    const last = runs.at(-1);
    if (last?.lag === lag) last.width += 1;
    else runs.push({ lag, width: 1 });
  }
  const parts = x.split(
    -1,
    runs.map((run) => run.width),
  );
  return concat(
    parts.map((part, i) => delay(part, runs[i]!.lag)), // a run a part
    -1,
  );
}
