import type { Tensor } from "../src/graph/index.ts";
import { compile, type Values, valuesOf } from "../src/runtime/index.ts";

/** Numbers to feed, by the name of the input; converted to the input's element type. */
export type Numbers = Readonly<Record<string, ArrayLike<number>>>;

/** Compiles the graph of `outputs`, runs it on each of `feeds` and returns plain numbers. */
export async function evaluateAll<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  feeds: readonly Numbers[],
): Promise<Record<Name, number[]>[]> {
  const executable = await compile(outputs, { threads: 1 });
  const results: Record<Name, number[]>[] = [];
  for (const numbers of feeds) {
    const given = Object.fromEntries(
      executable.inputs.map(({ name, dtype }) => [name, valuesOf(dtype, numbers[name] ?? [])]),
    );
    const run = await executable.run(given);
    const plain = Object.entries<Values>(run).map(([name, values]) => [
      name,
      Array.from(values, Number),
    ]);
    results.push(Object.fromEntries(plain));
  }
  await executable.close();
  return results;
}

/** As `evaluateAll`, once. */
export async function evaluate<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  feeds: Numbers = {},
): Promise<Record<Name, number[]>> {
  const [result] = await evaluateAll(outputs, [feeds]);
  return result!; // one feed, one result
}

/** Numbers in [low, high), the same at every run (a multiplicative congruential generator). */
export function someNumbers(count: number, low = -1, high = 1, seed = 1): number[] {
  let state = 48271 * seed;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return low + ((high - low) * state) / 2147483647;
  });
}

/** Largest difference between two lists, relative to the largest magnitude of the second (at least `floor`). */
export function relativeError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  floor = 1e-3,
): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let scale = floor;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]!));
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= worst)) worst = difference; // NaN is kept, and fails every bound
  }
  return worst / scale;
}
