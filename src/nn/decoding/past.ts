import { concat, constant, type Tensor } from "../../graph/index.ts";

/**
 * What a mean divides by near the start, where a window reaches back beyond it: `zero` always by the window's length, as
 * if zeros stood before the sequence; `renormalized` by the positions that are there.
 */
export type Edge = "zero" | "renormalized";

/**
 * How a position of `[batch, length, width]` sees the positions before it. A formula that looks back by these alone serves
 * whole sequences and single positions, and is causal: nothing here sees a later position.
 */
export interface Past {
  /** x as it was `lag` positions ago, or `lags[i]` in feature i; zero before the start. */
  ago(x: Tensor, lags: number | readonly number[]): Tensor;
  /** `y_i(k) = 1/f_i Σ x_i(m)` over the last `f_i = windows[i]` positions m ≤ k; its cost does not depend on the windows. */
  mean(x: Tensor, windows: readonly number[], edge: Edge): Tensor;
  /** `y(k) = α y(k - 1) + (1 - α) x(k)`, zero before the start; α of `[width]`. */
  decayed(x: Tensor, alpha: Tensor): Tensor;
}

/** Earlier values within whole sequences, `[batch, length, width]`. */
export const wholeSequence: Past = {
  ago: (x, lags) => (typeof lags === "number" ? delay(x, lags) : delayEach(x, lags)),

  /** The running sum minus itself f positions ago. */
  mean(x, windows, edge) {
    if (windows.every((f) => f === 1)) return x;
    const sums = x.cumsum(1);
    const length = x.shape[1] ?? 0;
    const inWindow = sums.sub(delayEach(sums, windows));
    const count = (k: number, f: number) => (edge === "zero" ? f : Math.min(f, k + 1));
    const rows = edge === "zero" ? 1 : length;
    const share = Array.from({ length: rows }, (_, k) => windows.map((f) => 1 / count(k, f)));
    return inWindow.mul(constant(share.flat(), [rows, windows.length], x.dtype));
  },

  /** Σ_m α^m x(t - m) by doubling: the sum over 2n positions is that over n, plus α^n times that over the n before. */
  decayed(x, alpha) {
    const length = x.shape[1] ?? 0;
    let power = alpha;
    let y = x.mul(power.neg().add(1));
    for (let n = 1; n < length; n *= 2) {
      y = y.add(delay(y, n).mul(power));
      power = power.square();
    }
    return y;
  },
};

/** What is remembered from position to position, where a model runs one at a time: see {@link Past.ago}. */
export interface Memory {
  ago: Past["ago"];
  /** A quantity that goes on from position to position, zero before the start: returns `next(before)`. */
  carried(next: (before: Tensor) => Tensor, like: Tensor): Tensor;
}

/** The past of a single position, from what is remembered. */
export const singlePosition = ({ ago, carried }: Memory): Past => ({
  ago,

  /** The sum goes on, plus what comes in, minus what falls out of the window. */
  mean(x, windows, edge) {
    if (windows.every((f) => f === 1)) return x;
    const leaving = ago(x, windows);
    const sum = carried((before) => before.add(x).sub(leaving), x);
    const lengths = constant(windows, [windows.length], x.dtype);
    if (edge === "zero") return sum.div(lengths);
    const seen = carried((before) => before.add(1), x);
    return sum.div(seen.minimum(lengths));
  },

  decayed: (x, alpha) => carried((before) => before.mul(alpha).add(x.mul(alpha.neg().add(1))), x),
});

/** x later by `steps` positions of its second axis; what had no past is zero. */
function delay(x: Tensor, steps: number): Tensor {
  const length = x.shape[1] ?? 0;
  return steps < length ? x.pad(1, steps, -steps) : x.mul(0);
}

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
