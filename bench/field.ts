/**
 * One step of fitting SIREN, three layers of 256 sines, to 65,536 points (forward, backward, clipping, Adam), against the
 * rate of ONNX Runtime's own matrix product. In turns, so that a slow moment of the machine strikes both.
 */
import { availableParallelism } from "node:os";
import { createRandom } from "../src/data/random/random.ts";
import { siren } from "../src/field/families/baselines/siren.ts";
import { buildField } from "../src/field/field.ts";
import { leastSquares } from "../src/field/fit/leastSquares.ts";
import { fieldTrainable } from "../src/field/fit/trainable.ts";
import { pointsAtOnce } from "../src/field/points.ts";
import type { Signal } from "../src/field/signal/signal.ts";
import { compileTrainer, initialize } from "../src/train/trainer.ts";
import { matmulRate, median, type Product, stepFlops, time } from "./measure.ts";

const side = 256;
const width = 256;
/** Forwards, backwards, and for the gradient of a weight, as the step has them. */
const shapes: readonly Product[] = [
  [pointsAtOnce, width, width],
  [width, pointsAtOnce, width],
];
const rounds = 5;

export async function main(): Promise<void> {
  const random = createRandom(1);
  const signal: Signal = {
    size: [side, side],
    channels: 1,
    values: Float32Array.from({ length: side * side }, () => random.uniform() - 0.5),
  };
  const field = buildField(siren(), { dimensions: 2, channels: 1, width });
  const points = side * side;
  const loss = leastSquares(field, points);
  const gflop = stepFlops((p) => [loss(p).loss].flat().reduce((sum, part) => sum.add(part))) / 1e9;
  const threads = availableParallelism();
  const model = fieldTrainable(field, signal, { peak: 1e-4, batch: points });
  const batches = model.batches(random);
  await using trainer = await compileTrainer(loss, { optimizer: model.optimizer, threads });
  const zero = new Float32Array(field.layout.size);
  const parameters = Float32Array.from(initialize(field.layout, random));
  trainer.restore({ parameters, m: zero, v: zero }, 0);
  let step = 0;
  const steps: number[] = [];
  const rates: number[][] = shapes.map(() => []);
  for (let round = 0; round < rounds; round++) {
    steps.push(await time(async () => trainer.train((await batches(++step)).feeds, 1e-4), 3, 1));
    for (const [i, shape] of shapes.entries()) rates[i]!.push(await matmulRate(shape, threads)); // one list a shape
  }
  const ms = median(steps);
  const rate = rates.map(median).reduce((a, b) => a + b) / shapes.length;
  const reached = gflop / (ms / 1e3);
  console.log(
    `SIREN of ${field.layout.size} parameters on ${points} points, ${threads} threads: ${ms.toFixed(0)} ms per step, ` +
      `${gflop.toFixed(1)} GFLOP of matrix products at ${reached.toFixed(0)} GFLOP/s, ` +
      `${((100 * reached) / rate).toFixed(0)} % of the matmul rate of ${rate.toFixed(0)} GFLOP/s (55 % needed)`,
  );
}
