import type { BandPlan } from "../../../codec/planes/bandPlan.ts";
import type { Known } from "../../../codec/planes/known.ts";
import type { ReadBand } from "./inputs.ts";
import { rowsOf } from "./net.ts";
import { placeReader } from "./readPlace.ts";
import type { RestorationWeights } from "./weightRows.ts";
import { diagonalWindows, inputsOf, straightWindows } from "./windows.ts";

/** The nets that restore. */
export interface RestorationNets {
  /** Of the bands that are high along one axis. */
  readonly straight: RestorationWeights;
  readonly diagonal: RestorationWeights;
}

/** What a net makes of coefficients side by side. */
export interface RowSums {
  /** The sums of each coefficient, `height` apart, and its class. */
  readonly sums: Int32Array;
  readonly height: number;
  readonly kinds: Uint8Array;
  /** Computes them for columns `from` … `to` − 1 of a row, the first one at 0. */
  compute(row: number, from: number, to: number): void;
}

/** Opens the sums of a band's net, for coefficients that are known up to a plane. They hold until the next ones are opened. */
export type OpenSums = (band: ReadBand, plane: number) => RowSums;

/** Makes sums of nets. All ways to do so give the same integers. */
export type SumsOf = (nets: RestorationNets, known: Known, plan: BandPlan) => OpenSums;

/** Sums in plain TypeScript: the witness of all others. */
export const plainSums: SumsOf = (nets, known) => (source, plane) => {
  const rows = rowsOf(source.isDiagonal ? nets.diagonal : nets.straight);
  const weights = rows.map((row) => Int16Array.from(row));
  const height = rows.length;
  const read = placeReader(source, plane, known);
  const input = new Int16Array(inputsOf(source.isDiagonal ? diagonalWindows : straightWindows));
  const sums = new Int32Array(height * source.band.width);
  const kinds = new Uint8Array(source.band.width);
  return {
    ...{ sums, height, kinds },
    compute(row, from, to) {
      for (let column = from, at = 0; column < to; column++) {
        kinds[column - from] = read(row, column, input);
        for (const own of weights) {
          let sum = 0;
          for (let i = 0; i < own.length; i++) sum += own[i]! * input[i]!;
          sums[at++] = sum;
        }
      }
    },
  };
};
