import type { Random } from "../../src/data/random/random.ts";
import type { BuiltField } from "../../src/field/field.ts";
import { optimizer, rateOf } from "../../src/field/fit/descent.ts";
import { coordinatesOf } from "../../src/field/signal/signal.ts";
import { input } from "../../src/graph/index.ts";
import type { Scope } from "../../src/nn/parameters.ts";
import type { CompileOptions } from "../../src/runtime/index.ts";
import { warmupStableDecay } from "../../src/train/schedule.ts";
import { compileTrainer, initialize } from "../../src/train/trainer.ts";
import type { ParallelBeam, RaySums } from "./parallelBeam.ts";

export interface FitRaysOptions extends CompileOptions {
  readonly steps: number;
  /** Highest learning rate. */
  readonly peak: number;
  /** Directions of a step, drawn without return from all. */
  readonly directions: number;
  readonly random: Random;
  /** Told after every step, with the mean square error of its rays before it. */
  report?(step: number, loss: number): void;
}

/**
 * Fits a field of one channel to what rays meet of it, by Adam: values at all pixels are made, as densities `(f + 1) / 2`, and
 * the rays of some directions summed. Returns the parameters.
 */
export async function fitRays(
  { family, size, layout }: BuiltField,
  { side, angles, detectors }: ParallelBeam,
  { perRay, pixels, weights }: RaySums,
  sinogram: Float64Array,
  { steps, peak, directions, random, report = () => {}, ...engine }: FitRaysOptions,
): Promise<Float32Array> {
  const points = input("points", [side * side, 2]);
  const rays = directions * detectors;
  const indices = input("pixels", [rays, perRay], "int32");
  const shares = input("weights", [rays, perRay]);
  const sums = input("sums", [rays]);
  const objective = (p: Scope) => {
    const density = family.values(p, points, size).all.add(1).mul(0.5).reshape([-1]);
    const error = density.gather(indices).mul(shares).sum(1).sub(sums);
    return { loss: error.square().mean(), metrics: {} };
  };
  await using trainer = await compileTrainer(objective, { ...engine, optimizer, clip: 1 });
  const zeros = optimizer.slots.map((name) => [name, new Float32Array(layout.size)] as const);
  const parameters = initialize(layout, random.fork("start"));
  trainer.restore({ ...Object.fromEntries(zeros), parameters }, 0);
  const batch = {
    points: coordinatesOf([side, side]),
    pixels: new Int32Array(rays * perRay),
    weights: new Float32Array(rays * perRay),
    sums: new Float32Array(rays),
  };
  const [row, perOrder] = [detectors * perRay, Math.floor(angles / directions)];
  const rate = rateOf(peak);
  for (let step = 1; step <= steps; step++) {
    const round = Math.floor((step - 1) / perOrder);
    const order = random.fork(round).permutation(angles);
    for (let i = 0; i < directions; i++) {
      const j = order[((step - 1) % perOrder) * directions + i]!; // within the order
      batch.pixels.set(pixels.subarray(j * row, (j + 1) * row), i * row);
      batch.weights.set(weights.subarray(j * row, (j + 1) * row), i * row);
      batch.sums.set(sinogram.subarray(j * detectors, (j + 1) * detectors), i * detectors);
    }
    const { loss } = await trainer.train(batch, warmupStableDecay(step, (step - 1) / steps, rate));
    report(step, loss);
  }
  return trainer.state().parameters!.slice(); // the first arena's name
}
