import type { Random } from "../data/random/random.ts";
import { coordinatesOf, pointsOf, type Signal } from "./signal/signal.ts";

/** Points computed at once: few enough for a layer to stay in the cache, many enough for an efficient product. */
export const pointsAtOnce = 2048;

/**
 * The points of a step and their values, a function of the step alone: all points where `batch` is all of them. Else each
 * round of steps takes the points in a random order of its own, `batch` at a time; the last `count % batch` points of a
 * round are left out. The arrays are used again by the next step.
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
      const at = order[from + i]!;
      points.set(coordinates.subarray(at * dimensions, (at + 1) * dimensions), i * dimensions);
      targets.set(values.subarray(at * channels, (at + 1) * channels), i * channels);
    }
    return { points, targets };
  };
}
