import type { Series } from "../api.ts";
import type { Column } from "./columns.ts";

/**
 * At most `points` points of a column. Where it has more values, a point stands for equally many of them: their mean, least and
 * greatest, at the last one's step. The last value is always a point of its own.
 */
export function thin({ step, seconds, value }: Column, points: number): Series {
  const count = value.length;
  if (count <= points) return { step, seconds, value };
  const size = Math.ceil((count - 1) / (points - 1));
  const ends: number[] = [];
  for (let end = size; end < count - 1; end += size) ends.push(end);
  ends.push(count - 1, count);
  const series = { step: [] as number[], seconds: [] as number[], value: [] as number[] };
  const [low, high]: [number[], number[]] = [[], []];
  let start = 0;
  for (const end of ends) {
    let [sum, least, most] = [0, Infinity, -Infinity];
    for (let i = start; i < end; i++) {
      const each = value[i]!;
      sum += each;
      if (each < least) least = each;
      if (each > most) most = each;
    }
    series.step.push(step[end - 1]!);
    series.seconds.push(seconds[end - 1]!);
    series.value.push(sum / (end - start));
    low.push(least);
    high.push(most);
    start = end;
  }
  return { ...series, low, high };
}
