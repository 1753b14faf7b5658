import type { BandPlan } from "../../../codec/planes/bandPlan.ts";
import type { Known } from "../../../codec/planes/known.ts";
import { planeOf, planesOf, readBands } from "./inputs.ts";
import { outputsOf } from "./net.ts";
import { plainSums, type RestorationNets, type SumsOf } from "./rowSums.ts";
import { simdSums } from "./simdSums.ts";
import { diagonalWeights, straightWeights } from "./weights.ts";

/*
 * A decoder knows of most coefficients only that they are below a threshold. They are small, but not without a pattern: edges go on,
 * and signs follow from neighbors. A small net, the same for all levels, channels and rates, tells from the decoded values around
 * a coefficient what it is likely to be, and the coefficient moves there within the interval that the code has told. All numbers are
 * integers or exact, so every machine restores the same picture. The net is odd: the negative of a picture is restored to the negative.
 */

const trained: RestorationNets = { straight: straightWeights, diagonal: diagonalWeights };

/** Vectors in WebAssembly, or plain numbers where there are none. */
const fastSums: SumsOf = (nets, known, plan) =>
  simdSums(nets, plan) ?? plainSums(nets, known, plan);

/**
 * Moves expected coefficients (in units of the plan's 2^0) of the 9/7 transform to where a net expects them, each within what is known of it.
 */
export function restore(
  values: Float64Array,
  known: Known,
  plan: BandPlan,
  nets: RestorationNets = trained,
  sumsOf: SumsOf = fastSums,
): Float64Array {
  const restored = values.slice();
  const { estimates, signs } = known;
  const open = sumsOf(nets, known, plan);
  const outputs = { straight: outputsOf(nets.straight), diagonal: outputsOf(nets.diagonal) };
  const moves = new Float64Array(plan.extent.width);
  for (const source of readBands(values, plan)) {
    const { start, stride, height: rows, width } = source.band;
    const outputsInto = source.isDiagonal ? outputs.diagonal : outputs.straight;
    for (const plane of planesOf(source.band, known)) {
      const { sums, height, kinds, compute } = open(source, plane);
      const unit = 2 ** plane;
      for (let row = 0; row < rows; row++) {
        const line = start + row * stride;
        for (let from = 0, to = 0; from < width; from = to) {
          // Side by side, those that are known up to this plane; or those that are not.
          const isOwn = planeOf(known, line + from) === plane;
          do to++;
          while (to < width && (planeOf(known, line + to) === plane) === isOwn);
          if (!isOwn) continue;
          compute(row, from, to);
          outputsInto(sums, height, kinds, to - from, moves);
          for (let at = line + from, k = 0; at < line + to; at++, k++) {
            const expected = values[at]! / unit + moves[k]!;
            restored[at] = unit * within(expected, signs[at]!, estimates[at]! / (16 * unit));
          }
        }
      }
    }
  }
  return restored;
}

/** The nearest value in the interval that is known: of length 1 around `middle`, or nearly −1 … 1 where nothing was found. */
function within(value: number, sign: number, middle: number): number {
  if (sign === 0) return Math.min(Math.max(value, -0.95), 0.95);
  return sign * Math.min(Math.max(sign * value, middle - 0.5), middle + 0.5);
}
