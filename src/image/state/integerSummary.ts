import { quantizeLinear } from "../../nn/integer/linear.ts";
import {
  activate,
  finish,
  integerSilu,
  mlpMost,
  mlpUnits,
  roundTold,
} from "../../nn/integer/mlp.ts";
import type { ProductsOf } from "../../nn/integer/products.ts";
import { type IntegerLayers, layersNamed, type ParameterOf } from "../integer/foretelling.ts";
import type { Describer } from "./describer.ts";
import { rounds } from "./network.ts";
import { gridCells } from "./stateSummary.ts";

/** What is said of cells is told the decisions in units of 2^−9, so that they hear of up to ±16. */
export const cellBits = mlpUnits.told - 3;

const names = [
  "summary",
  ...Array.from({ length: rounds }, (_, k) => [`round${k}.across`, `round${k}.within`]).flat(),
  "cells",
];

/**
 * The layers of `summarize` in integers. The first one is told a cell, which of all it is, and the context, in this order: what
 * `summarize` adds up are the parts of one product.
 */
export function quantizeSummary(parameterOf: ParameterOf): IntegerLayers {
  const layer = (name: string, weight: Float32Array, from: "told" | "hidden", output: number) => {
    const units = { input: mlpUnits[from], output, most: mlpMost[from] };
    return [name, quantizeLinear(weight, parameterOf(`${name}.bias`), units)] as const;
  };
  const first = ["summary.weight", "place", "context.weight"].map(parameterOf);
  const others = names.slice(1, -1);
  return new Map([
    layer("summary", joined(first), "told", mlpUnits.hidden),
    ...others.map((name) => layer(name, parameterOf(`${name}.weight`), "hidden", mlpUnits.hidden)),
    layer("cells", parameterOf("cells.weight"), "hidden", cellBits),
  ]);
}

/** Rows of matrices, one matrix below the other. */
export const joined = (matrices: readonly Float32Array[]): Float32Array =>
  Float32Array.from(matrices.flatMap((matrix) => [...matrix]));

/** Summarizes known pictures: see `summarize`. */
export interface IntegerSummary {
  /** Numbers that are said of a cell. */
  readonly cellWidth: number;
  /** What is said of all cells, `[cells, cellWidth]` in units of 2^−9, of a description of the state. The array is reused. */
  summarize(state: Float32Array): Int16Array;
}

/** Prepares the layers. Throws RangeError where they do not fit together. */
export function integerSummary(
  layers: IntegerLayers,
  describer: Pick<Describer, "cellWidth" | "stateWidth">,
  productsOf: ProductsOf,
): IntegerSummary {
  const used = layersNamed(layers, names);
  const products = productsOf(used);
  const at = (k: number) => ({ layer: used[k]!, ...products[k]! }); // one of `names`
  const first = at(0);
  const last = at(names.length - 1);
  const width = first.layer.outputs;
  const numbers = describer.cellWidth;
  const context = describer.stateWidth - gridCells * numbers;
  const mixing = Array.from({ length: rounds }, (_, k) => [at(2 * k + 1), at(2 * k + 2)] as const);
  const fits =
    first.layer.inputs === numbers + gridCells + context &&
    mixing.every(
      ([{ layer: across }, { layer: within }]) =>
        across.inputs === gridCells &&
        across.outputs === gridCells &&
        within.inputs === width &&
        within.outputs === width,
    ) &&
    last.layer.inputs === width;
  if (!fits) throw new RangeError("the layers of the summary do not fit together");

  const cellWidth = last.layer.outputs;
  const one = 2 ** mlpUnits.told;
  const z = Int16Array.from({ length: gridCells * width }, () => 0);
  const rows = Array.from({ length: gridCells }, (_, c) => z.subarray(c * width, (c + 1) * width));
  const answer = new Int32Array(cellWidth);
  const said = new Int16Array(gridCells * cellWidth);
  return {
    cellWidth,
    summarize(state) {
      const { input } = first;
      input.fill(0);
      roundTold(state.subarray(gridCells * numbers), input.subarray(numbers + gridCells));
      for (const [c, row] of rows.entries()) {
        roundTold(state.subarray(c * numbers, (c + 1) * numbers), input);
        input[numbers + c] = one;
        first.multiply();
        activate(first.sums, first.layer, row);
        input[numbers + c] = 0;
      }
      for (const [across, within] of mixing) {
        for (let f = 0; f < width; f++) {
          for (let c = 0; c < gridCells; c++) across.input[c] = z[c * width + f]!;
          across.multiply();
          const { bias, shifts } = across.layer;
          for (let c = 0; c < gridCells; c++) {
            const heard = integerSilu((across.sums[c]! + bias[c]!) >> shifts[c]!);
            z[c * width + f] = Math.min(mlpMost.hidden, z[c * width + f]! + heard);
          }
        }
        for (const row of rows) {
          within.input.set(row);
          within.multiply();
          activate(within.sums, within.layer, row);
        }
      }
      const end = mlpMost.told;
      for (const [c, row] of rows.entries()) {
        last.input.set(row);
        last.multiply();
        finish(last.sums, last.layer, answer);
        for (let k = 0; k < cellWidth; k++)
          said[c * cellWidth + k] = Math.min(end, Math.max(-end, answer[k]!));
      }
      return said;
    },
  };
}
