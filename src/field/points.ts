import type { Random } from "../data/random/random.ts";
import { coordinatesOf, pointsOf, type Signal } from "./signal/signal.ts";

/** Points computed at once: few enough for a layer to stay in the cache, many enough for an efficient product. */
export const pointsAtOnce = 2048;

/**
 * Batches for training: a function from the step (from 1) to `points`, `[batch, dimensions]`, and their `targets`,
 * `[batch, channels]`. If `batch` is the number of points, every step gets all of them in order. Otherwise each epoch draws a
 * random order and cuts it into batches; the `count % batch` points left over are not used in that epoch. A batch depends
 * on the step alone, so that training resumes exactly. The arrays are reused by the next call.
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
