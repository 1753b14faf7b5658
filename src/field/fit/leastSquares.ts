import type { Random } from "../../data/random/random.ts";
import { input } from "../../graph/index.ts";
import type { Scope } from "../../nn/parameters.ts";
import { pointsAtOnce } from "../evaluate/evaluate.ts";
import type { BuiltField } from "../run.ts";
import { coordinatesOf, pointsOf, type Signal } from "../signal/signal.ts";

/** Mean square error of a batch, in parts: `points`, `[batch, dimensions]`, and `targets`, `[batch, channels]`. */
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

/**
 * The points of a step and their values: all where `batch` is all, else pieces of one random order of all after another. A
 * function of the step alone, so that a fit resumes exactly.
 */
export function pointBatches({ size, channels, values }: Signal, batch: number, random: Random) {
  const coordinates = coordinatesOf(size);
  const [count, dimensions] = [pointsOf(size), size.length];
  if (batch === count) {
    const all = { points: coordinates, targets: Float32Array.from(values) };
    return () => all;
  }
  const perOrder = Math.floor(count / batch);
  const points = new Float32Array(batch * dimensions);
  const targets = new Float32Array(batch * channels);
  let known = -1;
  let order: Uint32Array = new Uint32Array();
  return (step: number) => {
    const round = Math.floor((step - 1) / perOrder);
    if (round !== known) order = random.fork(round).permutation(count);
    known = round;
    const from = ((step - 1) % perOrder) * batch;
    for (let i = 0; i < batch; i++) {
      const at = order[from + i]!; // from + batch ≤ count
      points.set(coordinates.subarray(at * dimensions, (at + 1) * dimensions), i * dimensions);
      targets.set(values.subarray(at * channels, (at + 1) * channels), i * channels);
    }
    return { points, targets };
  };
}
