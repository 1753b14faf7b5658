import { checkLevels } from "../arguments/levels.ts";
import { checkShape } from "../arrays/matrix.ts";
import { checkLiftingMode } from "./extension.ts";
import { type LiftingLike, schemeOf } from "./liftingScheme.ts";
import { type LineLifting, lineLifting } from "./lineLifting.ts";
import type { LwtOptions } from "./lwt.ts";
import type { LiftingMatrix } from "./lwt2.ts";

/** Columns that are lifted together. */
const together = 48;

/**
 * The numbers of `lwt2`, in place: nothing is gathered, so that no other memory is needed. What is low along both axes after n levels
 * lies in each 2^n-th row and column, from the first on; what is high along an axis lies half of that behind.
 */
export function lwt2InPlace(
  matrix: LiftingMatrix<Float64Array>,
  scheme: LiftingLike,
  options: LwtOptions,
): void {
  const lift = liftingsOf(matrix, scheme, options);
  for (let level = 0; level < lift.levels; level++) {
    lift.columns("forward", level);
    lift.rows("forward", level);
  }
}

/** The inverse of {@link lwt2InPlace}: the numbers of `ilwt2`. */
export function ilwt2InPlace(
  matrix: LiftingMatrix<Float64Array>,
  scheme: LiftingLike,
  options: LwtOptions,
): void {
  const lift = liftingsOf(matrix, scheme, options);
  for (let level = lift.levels - 1; level >= 0; level--) {
    lift.rows("inverse", level);
    lift.columns("inverse", level);
  }
}

type Way = Extract<keyof LineLifting, "forward" | "inverse">;

function liftingsOf(
  matrix: LiftingMatrix<Float64Array>,
  like: LiftingLike,
  { mode: name = "reflect", levels = 1 }: LwtOptions,
) {
  checkShape(matrix);
  checkLevels(levels);
  const { height, width, data } = matrix;
  const [scheme, mode] = [schemeOf(like), checkLiftingMode(name)];
  return {
    levels,
    rows(way: Way, level: number): void {
      const distance = 2 ** level;
      const lift = lineLifting(scheme, mode, Math.ceil(width / distance))[way];
      for (let row = 0; row < height; row += distance)
        lift(data, distance, Int32Array.of(row * width));
    },
    columns(way: Way, level: number): void {
      const distance = 2 ** level;
      const lift = lineLifting(scheme, mode, Math.ceil(height / distance))[way];
      for (let from = 0; from < width; from += together * distance) {
        const count = Math.min(together, Math.ceil((width - from) / distance));
        const starts = Int32Array.from({ length: count }, (_, k) => from + k * distance);
        lift(data, distance * width, starts);
      }
    },
  };
}
