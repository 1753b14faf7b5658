import { checkLiftingMode, type LiftingMode, liftingExtensions } from "./extension.ts";
import { type LiftingScheme, type LiftingStep, schemeOf } from "./liftingScheme.ts";

/**
 * Lifts lines in place. `starts` are the indices of their first elements; the elements of a line are `stride` apart. Even
 * elements become low-pass coefficients and odd elements high-pass coefficients.
 */
export type LiftLines = (x: Float64Array, stride: number, starts: Int32Array) => void;

/** One level of lifting along lines of one length: the map, its inverse, and the adjoints of both. */
export interface LineLifting {
  readonly forward: LiftLines;
  readonly inverse: LiftLines;
  /** ⟨forward x, y⟩ = ⟨x, forwardAdjoint y⟩. */
  readonly forwardAdjoint: LiftLines;
  /** ⟨inverse x, y⟩ = ⟨x, inverseAdjoint y⟩. */
  readonly inverseAdjoint: LiftLines;
}

/**
 * Prepares lifting along lines of `count` elements. Throws RangeError unless `count` is an integer from 1 up, even in mode
 * periodization; TypeError for anything but a scheme.
 */
export function lineLifting(scheme: LiftingScheme, mode: LiftingMode, count: number): LineLifting {
  const { steps, lowScale, highScale } = schemeOf(scheme);
  checkLiftingMode(mode);
  if (!Number.isSafeInteger(count) || count < 1 || liftingExtensions[mode].places(count) !== count)
    throw new RangeError(
      `lines must have an integer number of elements from 1 up, even in mode periodization, not ${count}`,
    );
  const plans = steps.map((step) => planStep(step, mode, count));
  const backwards = plans.toReversed();
  const scaled = [lowScale, highScale] as const;
  const unscaled = [1 / lowScale, 1 / highScale] as const;
  return {
    forward(x, stride, starts) {
      for (const { step } of plans) add(x, stride, starts, step, 1);
      multiply(x, stride, starts, count, scaled);
    },
    inverse(x, stride, starts) {
      multiply(x, stride, starts, count, unscaled);
      for (const { step } of backwards) add(x, stride, starts, step, -1);
    },
    forwardAdjoint(x, stride, starts) {
      multiply(x, stride, starts, count, scaled);
      for (const { adjoint } of backwards) add(x, stride, starts, adjoint, 1);
    },
    inverseAdjoint(x, stride, starts) {
      for (const { adjoint } of plans) add(x, stride, starts, adjoint, -1);
      multiply(x, stride, starts, count, unscaled);
    },
  };
}

/** What elements of one parity get from the others: a filter in the interior, single entries near the ends. */
interface Additions {
  /** Elements i = `first`, first + 2, … below `end` get `Σ_j taps[j] x[i + offset + 2j]`. */
  readonly first: number;
  readonly end: number;
  readonly offset: number;
  readonly taps: readonly number[];
  readonly entries: readonly Entry[];
}

/** `x[to] += factor x[from]`. */
interface Entry {
  readonly to: number;
  readonly from: number;
  readonly factor: number;
}

/** A step and its adjoint along lines of `count` elements. */
function planStep(
  lifting: LiftingStep,
  mode: LiftingMode,
  count: number,
): { readonly step: Additions; readonly adjoint: Additions } {
  const { parity, offset } = geometry(lifting);
  const taps = lifting.coefficients;
  const step = inside(parity, offset, taps, count);
  const adjoint = inside(1 - parity, -offset - 2 * (taps.length - 1), taps.toReversed(), count);
  const entries: Entry[] = [];
  const adjointEntries: Entry[] = [];
  const isPlace = (i: number) => i >= 0 && i < count;
  for (const to of count > 1 ? nearEnds(step, parity, count) : []) {
    for (const [j, factor] of taps.entries()) {
      const i = to + offset + 2 * j;
      const from = liftingExtensions[mode].at(i, count);
      entries.push({ to, from, factor });
      if (!isPlace(i)) adjointEntries.push({ to: from, from: to, factor });
    }
  }
  for (const to of nearEnds(adjoint, 1 - parity, count)) {
    for (const [j, factor] of taps.entries()) {
      const from = to - offset - 2 * j;
      if (isPlace(from)) adjointEntries.push({ to, from, factor });
    }
  }
  return { step: { ...step, entries }, adjoint: { ...adjoint, entries: adjointEntries } };
}

/** The parity of the elements that a step changes, and the offset from each to the first element that it reads. */
export function geometry({ type, first }: LiftingStep): { parity: 0 | 1; offset: number } {
  return type === "predict"
    ? { parity: 1, offset: 2 * first - 1 }
    : { parity: 0, offset: 2 * first + 1 };
}

/** The elements of a parity whose taps all lie within the line. */
function inside(parity: number, offset: number, taps: readonly number[], count: number) {
  const first = Math.max(parity, 1 - parity - offset);
  const end = Math.min(count, count - offset - 2 * (taps.length - 1));
  return { first, end, offset, taps };
}

/** The other elements of this parity. */
function nearEnds({ first, end }: Pick<Additions, "first" | "end">, parity: number, count: number) {
  const places: number[] = [];
  for (let i = parity; i < Math.min(first, count); i += 2) places.push(i);
  const behind = first + 2 * Math.max(0, Math.ceil((end - first) / 2));
  for (let i = behind; i < count; i += 2) places.push(i);
  return places;
}

/** Adds `sign` times the sums of a step. */
function add(
  x: Float64Array,
  stride: number,
  starts: Int32Array,
  { first, end, offset, taps, entries }: Additions,
  sign: 1 | -1,
): void {
  const [a = 0, b] = taps;
  const places = { first: first * stride, end: end * stride, step: 2 * stride };
  if (taps.length === 2 && a === b) {
    const one = offset * stride;
    addNeighbors(x, places, starts, one, one + 2 * stride, sign * a);
  } else {
    for (const [j, tap] of taps.entries()) {
      addShifted(x, places, starts, (offset + 2 * j) * stride, sign * tap);
    }
  }
  for (const { to, from, factor } of entries) {
    const times = sign * factor;
    for (let k = 0; k < starts.length; k++) {
      x[starts[k]! + to * stride]! += times * x[starts[k]! + from * stride]!;
    }
  }
}

/** Offsets from a line's start: first, first + step, … below `end`. */
interface Places {
  readonly first: number;
  readonly end: number;
  readonly step: number;
}

/** Up to this many lines are lifted one after the other; more are lifted element by element, which reads adjacent memory. */
const few = 3;

/** `x_i += factor (x_{i+one} + x_{i+other})`: the form of most steps. */
function addNeighbors(
  x: Float64Array,
  { first, end, step }: Places,
  starts: Int32Array,
  one: number,
  other: number,
  factor: number,
): void {
  const add = (at: number) => {
    x[at]! += factor * (x[at + one]! + x[at + other]!);
  };
  if (starts.length <= few) {
    for (const start of starts) for (let i = first; i < end; i += step) add(start + i);
  } else {
    for (let i = first; i < end; i += step) {
      for (let k = 0; k < starts.length; k++) add(starts[k]! + i);
    }
  }
}

/** `x_i += factor x_{i+from}`. */
function addShifted(
  x: Float64Array,
  { first, end, step }: Places,
  starts: Int32Array,
  from: number,
  factor: number,
): void {
  const add = (at: number) => {
    x[at]! += factor * x[at + from]!;
  };
  if (starts.length <= few) {
    for (const start of starts) for (let i = first; i < end; i += step) add(start + i);
  } else {
    for (let i = first; i < end; i += step) {
      for (let k = 0; k < starts.length; k++) add(starts[k]! + i);
    }
  }
}

/** Multiplies even elements by one factor and odd elements by another. */
function multiply(
  x: Float64Array,
  stride: number,
  starts: Int32Array,
  count: number,
  factors: readonly [even: number, odd: number],
): void {
  if (starts.length <= few) {
    for (const start of starts)
      for (const [parity, factor] of factors.entries())
        for (let i = parity; i < count; i += 2) x[start + i * stride]! *= factor;
    return;
  }
  for (let i = 0; i < count; i++) {
    const factor = factors[i % 2]!;
    for (let k = 0; k < starts.length; k++) x[starts[k]! + i * stride]! *= factor;
  }
}
