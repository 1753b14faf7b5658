import { input } from "../../graph/index.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { BuiltField } from "../field.ts";
import { pointsAtOnce } from "../points.ts";

/**
 * The mean square error at `points`, `[batch, dimensions]`, against `targets`, `[batch, channels]`, as a list of pieces that
 * sum to it.
 */
export function leastSquares({ family, size }: BuiltField, batch: number) {
  const points = input("points", [batch, size.dimensions]);
  const targets = input("targets", [batch, size.channels]);
  const starts = Array.from(
    { length: Math.ceil(batch / pointsAtOnce) },
    (_, i) => i * pointsAtOnce,
  );
  return (p: Scope) => ({
    loss: starts.map((from) => {
      const to = Math.min(from + pointsAtOnce, batch);
      const error = family
        .values(p, points.slice(0, from, to), size)
        .all.sub(targets.slice(0, from, to));
      return error
        .square()
        .sum()
        .mul(1 / (batch * size.channels));
    }),
    metrics: {},
  });
}
