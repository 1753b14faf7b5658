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

/** ONNX Runtime on some products: `rate` takes the mean over them of GFLOP/s, each by the median of some calls. */
export async function openProducts(products: readonly Product[], threads: number) {
  const random = createRandom(1);
  const fill = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const opened = await Promise.all(
    products.map(async ([m, k, n]) => {
      const [a, b] = [input("a", [m, k]), input("b", [k, n])];
      const executable = await compile({ y: a.matmul(b) }, { threads });
      const feeds = { a: fill(m * k), b: fill(k * n) };
      const into = { y: new Float32Array(m * n) };
      return { executable, flop: 2 * m * k * n, run: () => executable.run(feeds, into) };
    }),
  );
  return {
    async rate(calls: number): Promise<number> {
      let sum = 0;
      for (const { flop, run } of opened) sum += flop / (await time(run, calls, 5)) / 1e6;
      return sum / opened.length;
    },
    async close(): Promise<void> {
      for (const { executable } of opened) await executable.close();
    },
  };
}
