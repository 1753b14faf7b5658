/**
 * One step of fitting SIREN, three layers of 256 sines, to 65,536 points (forward, backward, clipping, Adam), against the
 * rate of ONNX Runtime's own matrix product. The two alternate, so that a slow moment of the machine affects both.
 */
import { availableParallelism } from "node:os";
import { createRandom } from "../src/data/index.ts";
import { buildField, fieldTrainable, type Signal, siren } from "../src/field/index.ts";
import { pointsAtOnce } from "../src/field/points.ts";
import { compileTrainer, initialize } from "../src/train/index.ts";
import { median, openProducts, type Product, stepFlops, time } from "./measure.ts";

const side = 256;
const width = 256;
/** The products of a step: forward, backward, and for the gradient of a weight. */
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
  const { objective, optimizer, batches } = fieldTrainable(field, signal, {
    ...{ peak: 1e-4, batch: points },
  });
  const loss = objective(points);
  const gflop = stepFlops((p) => [loss(p).loss].flat().reduce((sum, part) => sum.add(part))) / 1e9;
  const threads = availableParallelism();
  await using trainer = await compileTrainer(loss, { optimizer, threads });
  const zero = new Float32Array(field.layout.size);
  const parameters = initialize(field.layout, random.fork("start"));
  trainer.restore({ parameters, m: zero, v: zero }, 0);
  const { feeds } = await batches(random)(1); // all points, at every step
  const steps: number[] = [];
  const rates: number[] = [];
  const products = await openProducts(shapes, threads);
  for (let round = 0; round < rounds; round++) {
    steps.push(await time(() => trainer.train(feeds, 1e-4), 3, 1));
    rates.push((await products.rate(25)).wall);
  }
  await products.close();
  const ms = median(steps);
  const rate = median(rates);
  const reached = gflop / (ms / 1e3);
  console.log(
    `SIREN of ${field.layout.size} parameters on ${points} points, ${threads} threads: ${ms.toFixed(0)} ms per step, ` +
      `${gflop.toFixed(1)} GFLOP of matrix products at ${reached.toFixed(0)} GFLOP/s, ` +
      `${((100 * reached) / rate).toFixed(0)} % of the matmul rate of ${rate.toFixed(0)} GFLOP/s (55 % needed)`,
  );
}
