import { type Shape, sizeOf } from "../../graph/index.ts";
import { copyRuns } from "./copyKernels.ts";
import { type Held, roomFor, viewOf } from "./held.ts";
import { numberBytes } from "./kernel.ts";
import type { Program } from "./program.ts";

/** Steps in elements from one index of an axis to the next, in row-major order. */
export function stepsOf(shape: Shape): number[] {
  const steps = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    steps[axis] = steps[axis + 1]! * shape[axis + 1]!; // within the shape
  }
  return steps;
}

/** Places in memory, in row-major order of `shape`, where each axis has its own step. */
export function placesOf(shape: Shape, steps: readonly number[], start = 0): Int32Array {
  let places = Int32Array.of(start);
  for (const [axis, length] of shape.entries()) {
    const before = places;
    const step = steps[axis]!; // one an axis
    places = new Int32Array(before.length * length);
    for (let i = 0; i < places.length; i++) {
      places[i] = before[Math.floor(i / length)]! + step * (i % length); // within the earlier axes
    }
  }
  return places;
}

/** Elements that stand side by side both where they come from and where they go. */
interface Runs {
  /** Elements of each. */
  readonly length: number;
  /** Where each goes and where it comes from, in elements. */
  readonly pairs: readonly (readonly [to: number, from: number])[];
}

/** Element i goes from `from[i]` to `to[i]`; all runs have the same length, the greatest that there is. */
function runsOf(to: Int32Array, from: Int32Array): Runs {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let length = to.length;
  for (let i = 1; i < to.length; i++) {
    const goesOn = to[i] === to[i - 1]! + 1 && from[i] === from[i - 1]! + 1; // within the arrays
    if (!goesOn) length = divisor(length, i);
  }
  const count = length === 0 ? 0 : to.length / length;
  return {
    length,
    pairs: Array.from({ length: count }, (_, r) => [to[r * length]!, from[r * length]!] as const), // within the arrays
  };
}

/** Copies elements of `x` into a result, at places of both. */
export function copyElements(
  program: Program,
  result: Held,
  x: Held,
  to: Int32Array,
  from: Int32Array,
): void {
  const { length, pairs } = runsOf(to, from);
  if (pairs.length === 0) return;
  const table = program.hold(Int32Array.from(pairs.flat(), (place) => place * numberBytes));
  const vectors = length % 4 === 0;
  program.call(
    ...([vectors ? "copyVectors" : "copyNumbers", () => copyRuns(vectors)] as const),
    ...[result.address(), x.address()],
    ...[table, table + 2 * numberBytes * pairs.length, length * numberBytes],
  );
}

/** Elements of `x` in a new order: where they already stand so, nothing is copied. */
export function rearranged(
  program: Program,
  x: Held,
  shape: Shape,
  steps: readonly number[],
  start = 0,
): Held {
  const count = sizeOf(shape);
  const from = placesOf(shape, steps, start);
  if (from.every((place, i) => place === start + i)) return viewOf(x, shape, start);
  const result = roomFor(program, shape, x.lane);
  copyElements(
    program,
    result,
    x,
    Int32Array.from({ length: count }, (_, i) => i),
    from,
  );
  return result;
}

/** `x` repeated along axes of length 1 and new leading axes to fill a shape. */
export function expanded(program: Program, x: Held, shape: Shape): Held {
  const missing = shape.length - x.shape.length;
  const own = stepsOf(x.shape);
  const steps = shape.map((_, axis) => {
    const at = axis - missing;
    return at < 0 || x.shape[at] === 1 ? 0 : own[at]!; // within the shape
  });
  return rearranged(program, x, shape, steps);
}
