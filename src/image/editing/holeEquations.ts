import type { ImageLanguage } from "../language/language.ts";
import type { Span } from "./axis.ts";
import type { LinearEquation } from "./intervals.ts";

/** The equations of one channel of a picture with a hole, and the variables they add to the channel's coefficients. */
export interface HoleEquations {
  readonly equations: readonly LinearEquation[];
  /** Values, with the hole as it is, of the variables behind the coefficients: the hole's pixels and sums of them. */
  readonly extra: readonly number[];
}

/** How the variables are numbered, and which coefficients have one. */
export interface Numbering {
  /** Number of the channel's first coefficient; the others follow in the Mallat layout. */
  readonly base: number;
  /** Number of the first variable beyond the coefficients. */
  readonly first: number;
  readonly isFree: (place: number) => boolean;
}

/**
 * What ties the coefficients around a hole to each other while the pixels outside of it are known: in each step of the
 * analysis, along rows and along columns, a value is a weighted sum of finer ones, of which those are constants that no
 * pixel of the hole enters. Both orders of the two axes are followed, since which of them keeps two coefficients together
 * depends on where the hole is. The last variable of an equation is the sum of the others. `pixels` is a channel in its
 * frame.
 */
export function holeEquations(
  pixels: Float64Array,
  { rows, columns }: { readonly rows: Span; readonly columns: Span },
  { wavelet: { decLo, decHi }, levels }: ImageLanguage,
  { base, first, isFree }: Numbering,
): HoleEquations {
  const [height, width] = [rows.length, columns.length];
  const equations: LinearEquation[] = [];
  const extra: number[] = [];
  const fresh: Naming = (_row, _column, value) => first + extra.push(value) - 1;

  /** Filters a grid along an axis and drops every second value; says of each that is not known how it comes about. */
  const pass = (fine: Grid, axis: Axis, filter: readonly number[], name: Naming): Grid => {
    const coarse = emptyGrid(
      fine.height / (axis === "rows" ? 2 : 1),
      fine.width / (axis === "columns" ? 2 : 1),
    );
    for (let i = 0, k = 0; i < coarse.height; i++)
      for (let j = 0; j < coarse.width; j++, k++) {
        const { variables, weights, value, constant } = weightedSum(fine, axis, filter, i, j);
        coarse.values[k] = value;
        const variable = variables.length === 0 ? known : name(i, j, value);
        coarse.variables[k] = variable;
        if (variable === known) continue;
        equations.push({
          variables: Int32Array.from([...variables, variable]),
          weights: Float64Array.from([...weights, -1]),
          constant: -constant,
        });
      }
    return coarse;
  };

  let fine = emptyGrid(height, width);
  fine.values.set(pixels);
  for (let i = rows.from; i < rows.to; i++)
    for (let j = columns.from; j < columns.to; j++) {
      fine.variables[i * width + j] = fresh(i, j, pixels[i * width + j]!);
    }

  for (let step = 1; step <= levels; step++) {
    const [h, w] = [fine.height / 2, fine.width / 2];
    const coefficient =
      (top: number, left: number): Naming =>
      (row, column) => {
        const place = (top + row) * width + left + column;
        return isFree(place) ? base + place : known;
      };
    const vertically = [decLo, decHi].map((filter) => pass(fine, "rows", filter, fresh));
    const horizontally = [decLo, decHi].map((filter) => pass(fine, "columns", filter, fresh));
    const [low, high, left, right] = [...vertically, ...horizontally] as [Grid, Grid, Grid, Grid];
    const coarse: Grid = pass(low, "columns", decLo, step === levels ? coefficient(0, 0) : fresh);
    pass(left, "rows", decLo, (row, column) => coarse.variables[row * w + column]!);
    pass(low, "columns", decHi, coefficient(0, w));
    pass(right, "rows", decLo, coefficient(0, w));
    pass(high, "columns", decLo, coefficient(h, 0));
    pass(left, "rows", decHi, coefficient(h, 0));
    pass(high, "columns", decHi, coefficient(h, w));
    pass(right, "rows", decHi, coefficient(h, w));
    fine = coarse;
  }
  return { equations, extra };
}

type Axis = "rows" | "columns";

/** The number of the variable at a place of a grid whose value is `value` with the hole as it is; `known` for none. */
type Naming = (row: number, column: number, value: number) => number;

const known = -1;

/** Values of one step, and the numbers of those that depend on the hole. */
interface Grid {
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
  readonly variables: Int32Array;
}

const emptyGrid = (height: number, width: number): Grid => ({
  ...{ height, width, values: new Float64Array(height * width) },
  variables: new Int32Array(height * width).fill(known),
});

/** Value (i, j) of a filtered grid as a sum over the grid: y[k] = Σ f[t] x[(F/2 + 2k − t) mod N] along the axis. */
function weightedSum(fine: Grid, axis: Axis, filter: readonly number[], i: number, j: number) {
  const { height, width, values } = fine;
  const found = new Map<number, number>();
  let [value, constant] = [0, 0];
  for (const [t, weight] of filter.entries()) {
    if (weight === 0) continue;
    const at =
      axis === "rows"
        ? modulo(filter.length / 2 + 2 * i - t, height) * width + j
        : i * width + modulo(filter.length / 2 + 2 * j - t, width);
    const variable = fine.variables[at]!;
    value += weight * values[at]!;
    if (variable === known) constant += weight * values[at]!;
    else found.set(variable, (found.get(variable) ?? 0) + weight);
  }
  return { variables: [...found.keys()], weights: [...found.values()], value, constant };
}

const modulo = (i: number, n: number): number => ((i % n) + n) % n;
