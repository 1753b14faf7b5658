import { createRandom } from "../src/data/index.ts";
import { concat, gradient, input, matmulFlops, type Tensor } from "../src/graph/index.ts";
import { bind, layoutOf, type Scope } from "../src/nn/index.ts";
import { compile } from "../src/runtime/index.ts";

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The least milliseconds of some calls, after a few others. */
export function least(run: () => unknown, calls: number): number {
  for (let i = 0; i < 3; i++) run();
  const times = Array.from({ length: calls }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Median milliseconds of `runs` calls after `warmup` others. */
export async function time(
  run: () => Promise<unknown>,
  runs: number,
  warmup: number,
): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < warmup + runs; i++) {
    const start = performance.now();
    await run();
    if (i >= warmup) times.push(performance.now() - start);
  }
  return median(times);
}

/** Floating-point operations of the matrix products of one training step: of the loss and all gradients. */
export function stepFlops(loss: (p: Scope) => Tensor): number {
  const layout = layoutOf(loss);
  const { scope, tensors } = bind(layout, input("arena", [layout.size]));
  const value = loss(scope);
  return matmulFlops([
    value,
    concat(
      gradient(value, tensors).map((g) => g.reshape([-1])),
      0,
    ),
  ]);
}

/** A product of matrices, `[m, k] x [k, n]`. */
export type Product = readonly [m: number, k: number, n: number];

/** Processor milliseconds that this process has used so far, all threads together. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Products of one call: a call of a single one would measure the call too, and how soon a thread wakes up for it. */
const productsOfCall = 8;

/** GFLOP/s by the clock on the wall, and by the processor time of all threads together. */
export interface Rate {
  readonly wall: number;
  readonly processor: number;
}

/** ONNX Runtime on some products: `rate` takes the mean over them, each by the mean of some calls. */
export async function openProducts(products: readonly Product[], threads: number) {
  const random = createRandom(1);
  const fill = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const indices = [...Array(productsOfCall).keys()];
  const opened = await Promise.all(
    products.map(async ([m, k, n]) => {
      const a = input("a", [m, k]);
      const named = <T>(of: (i: number) => readonly [string, T]) =>
        Object.fromEntries(indices.map(of));
      const results = named((i) => [`y${i}`, a.matmul(input(`b${i}`, [k, n]))]);
      const executable = await compile(results, { threads });
      const feeds = { a: fill(m * k), ...named((i) => [`b${i}`, fill(k * n)]) };
      const into = named((i) => [`y${i}`, new Float32Array(m * n)]);
      const flop = 2 * m * k * n * productsOfCall;
      return { executable, flop, run: () => executable.run(feeds, into) };
    }),
  );
  return {
    async rate(calls: number): Promise<Rate> {
      let [wall, processor] = [0, 0];
      for (const { flop, run } of opened) {
        await run();
        const [start, used] = [performance.now(), processorMs()];
        for (let i = 0; i < calls; i++) await run();
        const gflop = (flop * calls) / 1e6 / opened.length;
        wall += gflop / (performance.now() - start);
        processor += gflop / (processorMs() - used);
      }
      return { wall, processor };
    },
    async close(): Promise<void> {
      for (const { executable } of opened) await executable.close();
    },
  };
}
