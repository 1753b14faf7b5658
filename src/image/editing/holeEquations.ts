import type { ImageLanguage } from "../language/language.ts";
import type { Span } from "./axis.ts";
import type { LinearEquation } from "./intervals.ts";

/** The equations of one channel of a picture with a hole, and the variables they add to the channel's coefficients. */
export interface HoleEquations {
  readonly equations: readonly LinearEquation[];
  /** Values with the hole as it is, of the variables behind the coefficients: approximations at every step, pixels first. */
  readonly extra: Float64Array;
}

/**
 * What ties the coefficients around a hole to each other while the pixels outside of it are known: at each step of the
 * analysis an approximation or a detail is a weighted sum of the finer approximations, of which those are constants that no
 * pixel of the hole enters. `pixels` is a framed channel; variable i < pixels.length is coefficient i of the Mallat layout
 * plus `base`, the others are numbered from `first`. Equations of coefficients that `isFree` excludes are left out.
 */
export function holeEquations(
  pixels: Float64Array,
  { rows, columns }: { readonly rows: Span; readonly columns: Span },
  { wavelet, levels }: ImageLanguage,
  {
    base,
    first,
    isFree,
  }: {
    readonly base: number;
    readonly first: number;
    readonly isFree: (place: number) => boolean;
  },
): HoleEquations {
  const [height, width] = [rows.length, columns.length];
  const equations: LinearEquation[] = [];
  const extra: number[] = [];
  const { decLo, decHi } = wavelet;

  // The approximation of the step before: its values, and the numbers of its variables, -1 where it is known.
  let fine: Grid = {
    height,
    width,
    values: pixels,
    variables: new Int32Array(pixels.length).fill(-1),
  };
  for (let i = rows.from; i < rows.to; i++)
    for (let j = columns.from; j < columns.to; j++) {
      fine.variables[i * width + j] = first + extra.push(pixels[i * width + j]!) - 1;
    }

  for (let step = 1; step <= levels; step++) {
    const [h, w] = [fine.height / 2, fine.width / 2];
    const coarse: Grid = {
      ...{ height: h, width: w, values: new Float64Array(h * w) },
      variables: new Int32Array(h * w).fill(-1),
    };
    for (const [row, ofRows] of [
      [0, decLo],
      [h, decHi],
    ] as const)
      for (const [column, ofColumns] of [
        [0, decLo],
        [w, decHi],
      ] as const)
        for (let i = 0; i < h; i++)
          for (let j = 0; j < w; j++) {
            const place = (row + i) * width + column + j;
            const isApproximation = row === 0 && column === 0;
            const sum = weightedSum(fine, ofRows, ofColumns, i, j);
            if (isApproximation) coarse.values[i * w + j] = sum.value;
            if (sum.variables.length === 0) continue;
            const isCoefficient = !isApproximation || step === levels;
            if (isCoefficient && !isFree(place)) continue;
            const variable = isCoefficient ? base + place : first + extra.push(sum.value) - 1;
            if (isApproximation) coarse.variables[i * w + j] = variable;
            equations.push({
              variables: Int32Array.from([...sum.variables, variable]),
              weights: Float64Array.from([...sum.weights, -1]),
              constant: -sum.constant,
            });
          }
    fine = coarse;
  }
  return { equations, extra: Float64Array.from(extra) };
}

interface Grid {
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
  readonly variables: Int32Array;
}

/** Coefficient (i, j) of one analysis step as a sum over the grid: y[k] = Σ f[t] x[(F/2 + 2k − t) mod N] along both axes. */
function weightedSum(
  { height, width, values, variables }: Grid,
  ofRows: readonly number[],
  ofColumns: readonly number[],
  i: number,
  j: number,
) {
  const found = new Map<number, number>();
  let [value, constant] = [0, 0];
  for (const [a, up] of ofRows.entries()) {
    if (up === 0) continue;
    const row = modulo(ofRows.length / 2 + 2 * i - a, height);
    for (const [b, across] of ofColumns.entries()) {
      if (across === 0) continue;
      const at = row * width + modulo(ofColumns.length / 2 + 2 * j - b, width);
      const variable = variables[at]!;
      value += up * across * values[at]!;
      if (variable < 0) constant += up * across * values[at]!;
      else found.set(variable, (found.get(variable) ?? 0) + up * across);
    }
  }
  return { variables: [...found.keys()], weights: [...found.values()], value, constant };
}

const modulo = (i: number, n: number): number => ((i % n) + n) % n;
