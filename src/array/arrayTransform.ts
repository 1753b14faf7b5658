import { liftingScheme, lineLifting } from "../wavelets/lifting/index.ts";
import { integerLineLifting } from "../wavelets/lifting/integerLifting.ts";
import { type Axis, depthOf, lowLength } from "./axes.ts";

/*
 * Wavelet transforms of arrays of any number of axes, in place: after a step the low-pass samples of an axis are its even ones, so
 * that those of s steps lie 2^s apart. A step lifts along the last axis first, and only along axes that are analyzed so often.
 */

const mode = "reflect";
const smooth = liftingScheme("cdf9/7");
const whole = liftingScheme("cdf5/3");

/** The 9/7 transform with symmetric extension. */
export function analyzeArray(samples: Float64Array, axes: readonly Axis[]): void {
  eachStep(axes, "forward", (axis, spacings, count) => {
    const { forward } = lineLifting(smooth, mode, count);
    eachGroup(axes, axis, spacings, (starts) => forward(samples, spacings[axis]!, starts));
  });
}

/** The inverse of {@link analyzeArray}. */
export function synthesizeArray(coefficients: Float64Array, axes: readonly Axis[]): void {
  eachStep(axes, "inverse", (axis, spacings, count) => {
    const { inverse } = lineLifting(smooth, mode, count);
    eachGroup(axes, axis, spacings, (starts) => inverse(coefficients, spacings[axis]!, starts));
  });
}

/** The reversible 5/3 transform of integers. Throws RangeError where one would need more than 32 bits. */
export function analyzeIntegers(samples: Int32Array, axes: readonly Axis[]): void {
  eachStep(axes, "forward", (axis, spacings, count) => {
    const { forward } = integerLineLifting(whole, mode, count);
    eachGroup(axes, axis, spacings, (starts) => forward(samples, spacings[axis]!, starts));
  });
}

/** The inverse of {@link analyzeIntegers}. */
export function synthesizeIntegers(coefficients: Int32Array, axes: readonly Axis[]): void {
  eachStep(axes, "inverse", (axis, spacings, count) => {
    const { inverse } = integerLineLifting(whole, mode, count);
    eachGroup(axes, axis, spacings, (starts) => inverse(coefficients, spacings[axis]!, starts));
  });
}

/** Calls back for each step along each axis: with the distance of low-pass samples in the array along all axes, and how many the axis has. */
function eachStep(
  axes: readonly Axis[],
  direction: "forward" | "inverse",
  lift: (axis: number, spacings: readonly number[], count: number) => void,
): void {
  const steps = Array.from({ length: depthOf(axes) }, (_, i) => i + 1);
  const order = axes.map((_, i) => axes.length - 1 - i);
  if (direction === "inverse") {
    steps.reverse();
    order.reverse();
  }
  for (const step of steps) {
    const spacings = axes.map(({ stride, levels }) => stride * 2 ** Math.min(step - 1, levels));
    for (const k of order) {
      const { length, levels } = axes[k]!;
      if (levels >= step) lift(k, spacings, lowLength(length, step - 1));
    }
  }
}

/** Calls back with the first elements of lines along an axis: one after the other along the last axis, else all that lie side by side. */
function eachGroup(
  axes: readonly Axis[],
  along: number,
  spacings: readonly number[],
  visit: (starts: Int32Array) => void,
): void {
  const last = axes.length - 1;
  const countAlong = (k: number) => {
    const { length, stride } = axes[k]!;
    return Math.ceil(length / (spacings[k]! / stride));
  };
  const others = axes.map((_, k) => k).filter((k) => k !== along && k !== last);
  const width = along === last ? 1 : countAlong(last);
  const starts = new Int32Array(width);
  function descend(depth: number, from: number): void {
    const k = others[depth];
    if (k === undefined) {
      for (let i = 0; i < width; i++) starts[i] = from + i * spacings[last]!;
      visit(starts);
      return;
    }
    for (let i = 0; i < countAlong(k); i++) descend(depth + 1, from + i * spacings[k]!);
  }
  descend(0, 0);
}

/** Lines are taken to be no longer than this many wavelets where norms are computed. */
const longest = 32;

/** The norm of what a coefficient in the middle of an axis becomes after so many steps of synthesis along it. */
export function normAlong(
  { length }: Pick<Axis, "length">,
  steps: number,
  isHigh: boolean,
): number {
  if (steps === 0) return 1;
  const unit = 2 ** steps;
  const count = Math.min(length, longest * unit);
  const line = new Float64Array(count);
  const places = isHigh ? Math.floor((count + unit / 2) / unit) : lowLength(count, steps);
  line[(places >> 1) * unit + (isHigh ? unit / 2 : 0)] = 1;
  const start = Int32Array.of(0);
  for (let step = steps; step >= 1; step--)
    lineLifting(smooth, mode, lowLength(count, step - 1)).inverse(line, 2 ** (step - 1), start);
  return Math.sqrt(line.reduce((sum, x) => sum + x * x, 0));
}
