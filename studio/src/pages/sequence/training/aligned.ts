import type { Point } from "./learner.ts";

export type Axis = "step" | "seconds";
export type Loss = "nats" | "validationNats";

/** Several curves over one axis, as a chart takes them: a value or null for each x. */
export interface Aligned {
  readonly x: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Puts curves of different places on one axis. */
export function aligned(
  curves: readonly { readonly points: readonly Point[]; readonly loss: Loss }[],
  axis: Axis,
): Aligned {
  const tables = curves.map(
    ({ points, loss }) =>
      new Map(points.flatMap((p) => (p[loss] === undefined ? [] : [[p[axis], p[loss]] as const]))),
  );
  const x = [...new Set(tables.flatMap((table) => [...table.keys()]))].toSorted((a, b) => a - b);
  return { x, values: tables.map((table) => x.map((at) => table.get(at) ?? null)) };
}

/** The points of a curve up to a step; where a longer plan begins anew, the later ones are of a plan that was given up. */
export const upTo = (points: readonly Point[], step: number): readonly Point[] =>
  points.every((point) => point.step <= step) ? points : points.filter((p) => p.step <= step);

/** The last validation; undefined before the first. */
export const lastValidation = (points: readonly Point[]): number | undefined =>
  points.findLast(({ validationNats }) => validationNats !== undefined)?.validationNats;

/**
 * The share of steps or seconds that `faster` did not need to reach the lowest validation loss of `slower`, linear between
 * validations; undefined where it has not reached it, or nothing is known yet.
 */
export function saved(
  slower: readonly Point[],
  faster: readonly Point[],
  axis: Axis,
): number | undefined {
  const curve = (points: readonly Point[]) =>
    points.flatMap((p) =>
      p.validationNats === undefined ? [] : [[p[axis], p.validationNats] as const],
    );
  const [slow, fast] = [curve(slower), curve(faster)];
  const best = slow.reduce<readonly [number, number] | undefined>(
    (least, point) => (!least || point[1] < least[1] ? point : least),
    undefined,
  );
  if (!best || slow.length < 2) return undefined;
  const [at, level] = best;
  const i = fast.findIndex(([, value]) => value <= level);
  const [before, after] = [fast[i - 1], fast[i]];
  if (!before || !after) return undefined;
  const reached =
    before[0] + ((before[1] - level) / (before[1] - after[1])) * (after[0] - before[0]);
  return 1 - reached / at;
}
