import type { BandPlan } from "../../../codec/planes/bandPlan.ts";
import type { Known } from "../../../codec/planes/known.ts";
import { planeOf, readBands } from "./inputs.ts";
import { openNet } from "./net.ts";
import type { RestorationWeights } from "./weightRows.ts";
import { diagonalWeights, straightWeights } from "./weights.ts";

/*
 * A decoder knows of most coefficients only that they are below a threshold. They are small, but not without a pattern: edges go on,
 * and signs follow from neighbors. A small net, the same for all levels, channels and rates, tells from the decoded values around
 * a coefficient what it is likely to be, and the coefficient moves there within the interval that the code has told. All numbers are
 * integers or exact, so every machine restores the same picture. The net is odd: the negative of a picture is restored to the negative.
 */

/** The nets that restore. */
export interface RestorationNets {
  /** Of the bands that are high along one axis. */
  readonly straight: RestorationWeights;
  readonly diagonal: RestorationWeights;
}

const trained: RestorationNets = { straight: straightWeights, diagonal: diagonalWeights };

/**
 * Moves expected coefficients (in units of the plan's 2^0) of the 9/7 transform to where a net expects them, each within what is known of it.
 */
export function restore(
  values: Float64Array,
  known: Known,
  plan: BandPlan,
  nets: RestorationNets = trained,
): Float64Array {
  const restored = values.slice();
  const { estimates, signs } = known;
  const straight = openNet(nets.straight);
  const diagonal = openNet(nets.diagonal);
  for (const { band, isDiagonal, read } of readBands(values, known, plan)) {
    const net = isDiagonal ? diagonal : straight;
    for (let row = 0; row < band.height; row++)
      for (let column = 0; column < band.width; column++) {
        const kind = read(row, column, net.input, 0);
        const at = band.start + row * band.stride + column;
        const unit = 2 ** planeOf(known, at);
        const expected = values[at]! / unit + net.output(kind);
        restored[at] = unit * within(expected, signs[at]!, estimates[at]! / (16 * unit));
      }
  }
  return restored;
}

/** The nearest value in the interval that is known: of length 1 around `middle`, or nearly −1 … 1 where nothing was found. */
function within(value: number, sign: number, middle: number): number {
  if (sign === 0) return Math.min(Math.max(value, -0.95), 0.95);
  return sign * Math.min(Math.max(sign * value, middle - 0.5), middle + 0.5);
}
