import type { Curve, Series } from "../../../../src/server/api.ts";

/** What a curve is drawn over. */
export type Axis = "step" | "seconds";

/**
 * A moving average that forgets: each value has the weight `by` less than the one after it. It starts without bias: the first
 * value is itself.
 */
export function smooth(values: readonly number[], by: number): number[] {
  let [sum, weight] = [0, 0];
  return values.map((value) => {
    sum = by * sum + value;
    weight = by * weight + 1;
    return sum / weight;
  });
}

/** Lines over common places, as a chart needs them. */
export interface Aligned {
  readonly x: readonly number[];
  readonly lines: readonly (readonly (number | null)[])[];
}

/** A line before it is brought to common places; `x` rises. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Places of a chart of many lines: more than pixels would not be seen. */
const places = 300;
/** Values that a chart may have before its lines are drawn at common places alone. */
const mostValues = 400_000;

/**
 * Brings lines to common places: to all that any of them has, or, of many lines, to places evenly from the first to the last
 * (`log`: evenly by ratio), where each line has its last value before. Null is where a line has no value.
 */
export function align(lines: readonly Points[], log: boolean): Aligned {
  const all = new Set<number>();
  for (const { x } of lines) for (const at of x) all.add(at);
  if (all.size * lines.length <= mostValues) {
    const x = [...all].sort((a, b) => a - b);
    const index = new Map(x.map((at, i) => [at, i]));
    return {
      x,
      lines: lines.map((line) => {
        const values = new Array<number | null>(x.length).fill(null);
        for (const [i, at] of line.x.entries()) values[index.get(at)!] = line.y[i]!; // of one length
        return values;
      }),
    };
  }
  const [first, last] = bounds(lines);
  const x = Array.from({ length: places }, (_, i) => {
    const share = i / (places - 1);
    return log ? first * (last / first) ** share : first + share * (last - first);
  });
  x[places - 1] = last; // no rounding beyond the end
  return { x, lines: lines.map((line) => lastBefore(line, x)) };
}

function bounds(lines: readonly Points[]): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const { x } of lines) {
    if (x.length === 0) continue;
    first = Math.min(first, x[0]!);
    last = Math.max(last, x.at(-1)!);
  }
  return [first, last];
}

/** The last value of a line at or before each place; null before its first, and after its last. */
function lastBefore({ x, y }: Points, at: readonly number[]): (number | null)[] {
  let next = 0;
  let ended = false;
  return at.map((place) => {
    while (next < x.length && x[next]! <= place) next++;
    if (next === 0 || ended) return null;
    ended = next === x.length;
    return y[next - 1]!;
  });
}

/** The points of a series over an axis, without those that a logarithmic scale cannot show. */
export function pointsOf(
  { step, seconds }: Pick<Series, "step" | "seconds">,
  values: readonly number[],
  axis: Axis,
  { logX, logY }: { readonly logX: boolean; readonly logY: boolean },
): Points {
  const at = axis === "step" ? step : seconds;
  const kept = at.flatMap((place, i) =>
    (logX && place <= 0) || (logY && values[i]! <= 0) || (i > 0 && place <= at[i - 1]!) ? [] : [i],
  );
  return { x: kept.map((i) => at[i]!), y: kept.map((i) => values[i]!) };
}

/** Curves with some of them replaced by newer ones. */
export function replaced(
  curves: ReadonlyMap<string, Curve>,
  newer: readonly Curve[],
): ReadonlyMap<string, Curve> {
  const all = new Map(curves);
  for (const curve of newer) all.set(curve.run, curve);
  return all;
}
