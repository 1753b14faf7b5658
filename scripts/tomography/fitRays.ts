import type { Random } from "../../src/data/index.ts";
import { type BuiltField, coordinatesOf } from "../../src/field/index.ts";
import { input } from "../../src/graph/index.ts";
import { adamw } from "../../src/nn/index.ts";
import type { CompileOptions } from "../../src/runtime/index.ts";
import { initialize, type Trainable, train } from "../../src/train/index.ts";
import type { ParallelBeam, RaySums } from "./parallelBeam.ts";

/** What a field is trained on: projections of a picture. */
export interface Projections {
  readonly beam: ParallelBeam;
  readonly rays: RaySums;
  readonly sinogram: Float64Array;
}

export interface RayTraining {
  /** Highest learning rate. */
  readonly peak: number;
  /** Directions of a step, drawn from all without replacement. */
  readonly directions: number;
  /** Decides the start and the order of directions. */
  readonly random: Random;
}

/**
 * A field of one channel in training on projections: values at all pixels are computed, as densities `(f + 1) / 2`, and the
 * rays of some directions summed.
 */
export function rayTrainable(
  { family, size, layout }: BuiltField,
  { beam: { side, angles, detectors }, rays, sinogram }: Projections,
  { peak, directions, random }: RayTraining,
): Trainable {
  const { perRay, pixels, weights } = rays;
  const count = directions * detectors;
  const [row, perOrder] = [detectors * perRay, Math.floor(angles / directions)];
  return {
    layout,
    optimizer: adamw({ beta2: 0.999, weightDecay: 0 }),
    rate: { peak, warmup: 0, decayFrom: 0.2, floor: 0.02 },
    examples: "rays",
    measure: { key: "loss", unit: "mean square", digits: 6, of: ({ loss = Number.NaN }) => loss },
    start: async () => initialize(layout, random.fork("start")),
    objective() {
      const points = input("points", [side * side, 2]);
      const indices = input("pixels", [count, perRay], "int32");
      const shares = input("weights", [count, perRay]);
      const sums = input("sums", [count]);
      return (p) => {
        const density = family.values(p, points, size).all.add(1).mul(0.5).reshape([-1]);
        const error = density.gather(indices).mul(shares).sum(1).sub(sums);
        return { loss: error.square().mean(), metrics: {} };
      };
    },
    batches() {
      const feeds = {
        points: coordinatesOf([side, side]),
        pixels: new Int32Array(count * perRay),
        weights: new Float32Array(count * perRay),
        sums: new Float32Array(count),
      };
      return (step) => {
        const round = Math.floor((step - 1) / perOrder);
        const order = random.fork(round).permutation(angles);
        for (let i = 0; i < directions; i++) {
          const j = order[((step - 1) % perOrder) * directions + i]!; // within the order
          feeds.pixels.set(pixels.subarray(j * row, (j + 1) * row), i * row);
          feeds.weights.set(weights.subarray(j * row, (j + 1) * row), i * row);
          feeds.sums.set(sinogram.subarray(j * detectors, (j + 1) * detectors), i * detectors);
        }
        return { shape: count, feeds, examples: count };
      };
    },
  };
}

export interface FitRaysOptions extends RayTraining, CompileOptions {
  readonly steps: number;
  /** Called after every step, with the mean square error of the rays of recent steps. */
  report?(step: number, loss: number): void;
}

/** Fits a field of one channel to projections by Adam. Returns its parameters. */
export async function fitRays(
  field: BuiltField,
  projections: Projections,
  { steps, peak, directions, random, report, ...engine }: FitRaysOptions,
): Promise<Float32Array> {
  const model = rayTrainable(field, projections, { peak, directions, random });
  const { parameters } = await train(
    model,
    { steps },
    {
      ...engine,
      report: ({ step, metrics: { loss = Number.NaN } }) => report?.(step, loss),
    },
  );
  return parameters;
}
