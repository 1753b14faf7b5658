import type { Random } from "../../src/data/random/random.ts";
import type { TrainedFamily } from "../../src/field/family.ts";
import type { BuiltField } from "../../src/field/field.ts";
import { optimizer } from "../../src/field/fit/trainable.ts";
import { coordinatesOf } from "../../src/field/signal/signal.ts";
import { input } from "../../src/graph/index.ts";
import type { CompileOptions } from "../../src/runtime/index.ts";
import { train } from "../../src/train/train.ts";
import type { Trainable } from "../../src/train/trainable.ts";
import { initialize } from "../../src/train/trainer.ts";
import type { ParallelBeam, RaySums } from "./parallelBeam.ts";

export interface FitRaysOptions extends CompileOptions {
  readonly steps: number;
  /** Highest learning rate. */
  readonly peak: number;
  /** Directions of a step, drawn without replacement. */
  readonly directions: number;
  readonly random: Random;
  /** Called after every step with the mean square error of the rays of recent steps. */
  report?(step: number, loss: number): void;
}

/**
 * Fits a field of one channel to projections, by Adam: a step computes the values at all pixels as densities `(f + 1) / 2` and
 * sums the rays of some directions. Returns the parameters.
 */
export async function fitRays(
  field: BuiltField<TrainedFamily>,
  beam: ParallelBeam,
  rays: RaySums,
  sinogram: Float64Array,
  { steps, report, ...options }: FitRaysOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const { peak, directions, random, ...engine } = options;
  const model = raysTrainable(field, beam, rays, sinogram, { peak, directions, random });
  const { parameters } = await train(
    model,
    { steps },
    {
      ...engine,
      ...(report && {
        report: ({ step, metrics }) => report(step, metrics.loss ?? Number.NaN),
      }),
    },
  );
  return parameters;
}

/** A field in training on projections. */
function raysTrainable(
  { family, size, layout }: BuiltField<TrainedFamily>,
  { side, angles, detectors }: ParallelBeam,
  { perRay, pixels, weights }: RaySums,
  sinogram: Float64Array,
  { peak, directions, random }: Pick<FitRaysOptions, "peak" | "directions" | "random">,
): Trainable {
  const rays = directions * detectors;
  const batch = {
    points: coordinatesOf([side, side]),
    pixels: new Int32Array(rays * perRay),
    weights: new Float32Array(rays * perRay),
    sums: new Float32Array(rays),
  };
  const [row, perOrder] = [detectors * perRay, Math.floor(angles / directions)];
  return {
    ...{ layout, optimizer },
    rate: { peak, warmup: 0, decayFrom: 0.2, floor: 0.02 },
    examples: "rays",
    measure: { key: "loss", unit: "mean square error", of: ({ loss = Number.NaN }) => loss },
    start: async () => initialize(layout, random.fork("start")),
    objective: () => {
      const points = input("points", [side * side, 2]);
      const indices = input("pixels", [rays, perRay], "int32");
      const shares = input("weights", [rays, perRay]);
      const sums = input("sums", [rays]);
      return (p) => {
        const density = family.values(p, points, size).all.add(1).mul(0.5).reshape([-1]);
        const error = density.gather(indices).mul(shares).sum(1).sub(sums);
        return { loss: error.square().mean(), metrics: {} };
      };
    },
    batches: () => (step) => {
      const round = Math.floor((step - 1) / perOrder);
      const order = random.fork(round).permutation(angles);
      for (let i = 0; i < directions; i++) {
        const j = order[((step - 1) % perOrder) * directions + i]!; // within the order
        batch.pixels.set(pixels.subarray(j * row, (j + 1) * row), i * row);
        batch.weights.set(weights.subarray(j * row, (j + 1) * row), i * row);
        batch.sums.set(sinogram.subarray(j * detectors, (j + 1) * detectors), i * detectors);
      }
      return { shape: rays, feeds: batch, examples: rays };
    },
  };
}
