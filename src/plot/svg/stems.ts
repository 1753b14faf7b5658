import { fixed } from "../../data/draw/svgText.ts";

/**
 * A path of vertical lines from the ground to each value. Where several values share a column of pixels, one line covers all of them, so
 * that a million values are as many lines as the picture has columns.
 */
export function stems(
  values: ArrayLike<number>,
  placeX: (index: number) => number,
  placeY: (value: number) => number,
  [left, right]: readonly [number, number],
): string {
  const lows = new Map<number, number>();
  const highs = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const at = Math.round(2 * placeX(i)) / 2;
    if (!(at >= left && at <= right) || !Number.isFinite(value)) continue;
    lows.set(at, Math.min(lows.get(at) ?? 0, value));
    highs.set(at, Math.max(highs.get(at) ?? 0, value));
  }
  return [...lows]
    .map(([at, low]) => {
      const high = highs.get(at)!; // set together
      return low === high ? "" : `M${fixed(at)} ${fixed(placeY(low))}V${fixed(placeY(high))}`;
    })
    .join("");
}

/** A path through points, in pixels. */
export const joined = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${fixed(x)} ${fixed(y)}`).join("");

/** The largest modulus of finite values. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/** The sum of the squares. */
export function energyOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
