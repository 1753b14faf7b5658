import { decodePlanes } from "../../../../codec/planes/decodePlanes.ts";
import { type EncodedPlanes, encodePlanes } from "../../../../codec/planes/encodePlanes.ts";
import { expectedCoefficients } from "../../../../codec/planes/expected.ts";
import type { Known } from "../../../../codec/planes/known.ts";
import { atomNorms } from "../atomNorms.ts";
import type { DyadicGrid } from "../dyadicGrid.ts";
import { type GridPlan, gridPlan } from "./gridPlan.ts";

/** Coefficients of atoms of unit norm on the samples, `[…grid.size, channels]`: an error of 1 in one is an error of 1 in the samples. */
export type UnitCoefficients = Float64Array<ArrayBuffer>;

/** Codes the coefficients of a grid's atoms in bit planes. */
export interface ExpansionCoder {
  /** Norms of the atoms, `[…grid.size, channels]`; 0 where an atom vanishes at all samples. */
  readonly norms: Float64Array;
  /** Their inverses; 0 likewise. */
  readonly inverses: Float64Array;
  /** Codes coefficients in units of a step; see `encodePlanes` for `lambda`. */
  encode(coefficients: UnitCoefficients, step: number, lambda: number): EncodedPlanes;
  /** What a code, or the beginning of one (not `complete`), tells of the coefficients. */
  decode(code: Uint8Array, startingPlane: number, complete: boolean): Decoded;
  /** The coefficients that are expected of what is known. */
  expected(known: Known, step: number): UnitCoefficients;
}

/** What the code of an expansion, or the beginning of one, tells. */
export interface Decoded {
  readonly known: Known;
  /** Whether all planes were decoded. */
  readonly finished: boolean;
}

/** The coder of the atoms of a grid. */
export function expansionCoder(grid: DyadicGrid, channels: number): ExpansionCoder {
  const planned = gridPlan(grid, channels);
  const ofPlaces = atomNorms(grid);
  const norms = new Float64Array(ofPlaces.length * channels);
  for (let i = 0; i < norms.length; i++) norms[i] = ofPlaces[Math.floor(i / channels)]!;
  return {
    norms,
    inverses: norms.map((norm) => (norm === 0 ? 0 : 1 / norm)),
    encode(coefficients, step, lambda) {
      const scaled = new Float64Array(planned.plan.length);
      forEach(planned, (at, index) => {
        scaled[at] = coefficients[index]! / step;
      });
      return encodePlanes(scaled, planned.plan, { lambda });
    },
    decode: (code, startingPlane, complete) =>
      decodePlanes(code, planned.plan, startingPlane, complete),
    expected(known, step) {
      const values = expectedCoefficients(known);
      const coefficients = new Float64Array(norms.length);
      forEach(planned, (at, index) => {
        coefficients[index] = values[at]! * step;
      });
      return coefficients;
    },
  };
}

/** The products of two arrays, element by element. */
export const scaledBy = (values: Float64Array, factors: Float64Array): Float64Array<ArrayBuffer> =>
  new Float64Array(values.map((x, i) => x * factors[i]!));

/** Calls `visit` with each coefficient's place in the arrays of the plan, and its index in those of the expansion. */
function forEach({ bands }: GridPlan, visit: (at: number, index: number) => void): void {
  for (const { band, first, rowStep, columnStep } of bands) {
    const { start, stride, height, width } = band;
    for (let row = 0; row < height; row++) {
      let [at, index] = [start + row * stride, first + row * rowStep];
      for (let column = 0; column < width; column++, at++, index += columnStep) visit(at, index);
    }
  }
}
