import { evaluate, type Numbers } from "../../test/evaluate.ts";
import { createRandom } from "../data/random/random.ts";
import { type DType, input } from "../graph/index.ts";
import { bind, layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import { initialize } from "../train/trainer.ts";
import type { FieldFamily, FieldSize } from "./family.ts";
import type { Signal } from "./signal/signal.ts";

/** Two channels of waves, 12 x 16 samples. */
export const waves: Signal = {
  size: [12, 16],
  channels: 2,
  values: Float32Array.from({ length: 12 * 16 * 2 }, (_, i) => {
    const [x, y] = [((i >> 1) % 16) / 16, Math.floor(i / 32) / 12];
    return i % 2 === 0 ? 0.5 * Math.sin(6 * x + 2 * y) : 0.4 * Math.cos(5 * y);
  }),
};
/** A field's graph over `count` points, with inputs `points` and `arena`. */
export function fieldGraph(
  family: FieldFamily,
  size: FieldSize,
  count: number,
  dtype: DType = "float32",
) {
  const layout = layoutOf((p) => family.values(p, input("points", [1, size.dimensions]), size));
  const points = input("points", [count, size.dimensions], dtype);
  const bound = bind(layout, input("arena", [layout.size], dtype));
  const { all } = family.values(bound.scope, points, size);
  return { points, layout, parameters: bound.tensors, all };
}

/** A field's parameters at their start, and `stir` off it. */
export function startOf(family: FieldFamily, size: FieldSize, { seed = 1, stir = 0 } = {}) {
  const { layout } = fieldGraph(family, size, 1);
  const random = createRandom(seed);
  const arena = initialize(layout, random).map((x) => x + stir * random.normal());
  return { layout, arena };
}

/** A field's values at points, one after another. */
export async function valuesAt(
  family: FieldFamily,
  size: FieldSize,
  feeds: Numbers & { readonly points: ArrayLike<number> },
  dtype: DType = "float32",
): Promise<number[]> {
  const { all } = fieldGraph(family, size, feeds.points.length / size.dimensions, dtype);
  return (await evaluate({ all }, feeds)).all;
}

/** The parameters of a layout by their names. */
export function byName(layout: ParameterLayout, arena: Float32Array) {
  const views = new Map(
    layout.parameters.map(({ name, offset }, i) => [
      name,
      arena.subarray(offset, layout.parameters[i + 1]?.offset ?? layout.size),
    ]),
  );
  return (name: string): Float32Array => {
    const view = views.get(name);
    if (!view) throw new Error(`there is no parameter ${name}`);
    return view;
  };
}

/** `z W + b` in plain numbers. */
export function plainAffine(
  z: readonly number[],
  weight: ArrayLike<number>,
  bias?: ArrayLike<number>,
): number[] {
  const width = weight.length / z.length;
  return Array.from(
    { length: width },
    (_, j) => z.reduce((sum, x, i) => sum + x * weight[i * width + j]!, bias?.[j] ?? 0), // weight has a row for each of z
  );
}

/** The layers of a network in plain numbers: its values at one point. */
export function plainLayers(
  parameter: (name: string) => Float32Array,
  input: readonly number[],
  activation: (x: number) => number,
  hidden: number,
): number[] {
  const affine = (z: readonly number[], layer: string) =>
    plainAffine(z, parameter(`${layer}.weight`), parameter(`${layer}.bias`));
  let z = affine(input, "first").map(activation);
  for (let i = 0; i < hidden; i++) z = affine(z, `hidden${i}`).map(activation);
  return affine(z, "output");
}

/** Points one after another as a list of points. */
export const pointsIn = (all: readonly number[], dimensions: number): number[][] =>
  Array.from({ length: all.length / dimensions }, (_, i) =>
    all.slice(i * dimensions, (i + 1) * dimensions),
  );
