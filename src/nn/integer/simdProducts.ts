import {
  add,
  addIntegers,
  type Code,
  constant,
  dotOfShorts,
  get,
  lessThan,
  loadVector,
  loop,
  set,
  storeVector,
  totalsOfIntegers,
  zeroVector,
} from "../../wasm/assembler.ts";
import { instantiate } from "../../wasm/instantiate.ts";
import type { IntegerLinear } from "./linear.ts";
import type { Products } from "./products.ts";

/** Rows are multiplied four at a time: their weights alternate in memory, eight of each. */
const rows = 4;
/** Bytes of a vector, and 16-bit integers in it. */
const v = 16;
const shorts = 8;
const page = 65_536;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const increase = (local: number, by: number): Code => set(local, add(get(local), constant(by)));

/** Locals of {@link multiply}; the last integers are its own. */
const [weights, input, inputEnd, sums, sumsEnd, at] = [0, 1, 2, 3, 4, 5] as const;
const sumOf = (row: number) => 6 + row;
const values = 6 + rows;

/** Multiplies the weights at an address with the input, and stores a sum for each row. */
const multiply = {
  parameters: 5,
  integers: 1,
  vectors: rows + 1,
  body: loop(
    lessThan(get(sums), get(sumsEnd)),
    range(rows).flatMap((row) => set(sumOf(row), zeroVector)),
    set(at, get(input)),
    loop(
      lessThan(get(at), get(inputEnd)),
      [0, 1].flatMap((half) => [
        ...set(values, loadVector(get(at), v * half)),
        ...range(rows).flatMap((row) => {
          const own = loadVector(get(weights), v * (rows * half + row));
          return set(sumOf(row), addIntegers(get(sumOf(row)), dotOfShorts(own, get(values))));
        }),
      ]),
      increase(at, 2 * v),
      increase(weights, 2 * v * rows),
    ),
    storeVector(
      get(sums),
      totalsOfIntegers(...(range(rows).map((row) => get(sumOf(row))) as [Code, Code, Code, Code])), // four
    ),
    increase(sums, v),
  ),
};

/** Weights as {@link multiply} reads them; rows are filled up with 0 to a multiple of four. */
export function interleave(
  { outputs, stride, weights }: Pick<IntegerLinear, "outputs" | "stride" | "weights">,
  out: Int16Array,
): void {
  for (let j = 0; j < outputs; j++) {
    const block = (j - (j % rows)) * stride + (j % rows) * shorts;
    for (let i = 0; i < stride; i++)
      out[block + (i - (i % shorts)) * rows + (i % shorts)] = weights[j * stride + i]!;
  }
}

/** Products by vectors of WebAssembly; undefined where the platform has none. */
export function simdProducts(layers: readonly IntegerLinear[]): readonly Products[] | undefined {
  let bytes = 0;
  const take = (count: number) => {
    const start = bytes;
    bytes += v * Math.ceil(count / v);
    return start;
  };
  const places = layers.map(({ outputs, stride }) => {
    const height = rows * Math.ceil(outputs / rows);
    return {
      ...{ height, weights: take(2 * height * stride) },
      ...{ input: take(2 * stride), sums: take(4 * height) },
    };
  });
  const started = instantiate({ multiply }, Math.ceil(bytes / page));
  if (!started) return undefined;
  const { memory, functions } = started;
  return layers.map((layer, k) => {
    const { height, weights, input, sums } = places[k]!; // one a layer
    interleave(layer, new Int16Array(memory.buffer, weights, height * layer.stride));
    const places32 = [weights, input, input + 2 * layer.stride, sums, sums + 4 * height] as const;
    return {
      input: new Int16Array(memory.buffer, input, layer.stride),
      sums: new Int32Array(memory.buffer, sums, layer.outputs),
      multiply: () => functions.multiply(...places32),
    };
  });
}
