import { type LiftingMode, liftingExtensions } from "./extension.ts";
import type { LiftingScheme, LiftingStep } from "./liftingScheme.ts";

/**
 * Lifts lines side by side, in place: one from each of `starts`, its places `stride` numbers apart. Even places become low
 * coefficients and odd ones high coefficients, each where it stands.
 */
export type LiftLines = (x: Float64Array, stride: number, starts: Int32Array) => void;

/** One level of lifting along lines of one number of places, with everything that follows from it. */
export interface LineLifting {
  readonly forward: LiftLines;
  readonly inverse: LiftLines;
  /** ⟨forward x, y⟩ = ⟨x, forwardAdjoint y⟩. */
  readonly forwardAdjoint: LiftLines;
  /** ⟨inverse x, y⟩ = ⟨x, inverseAdjoint y⟩. */
  readonly inverseAdjoint: LiftLines;
}

/** Prepares lifting along lines of `count` places; in mode periodization `count` is even. */
export function lineLifting(
  { steps, lowScale, highScale }: LiftingScheme,
  mode: LiftingMode,
  count: number,
): LineLifting {
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

/** What places of one parity get from those of the other: a filter inside, single entries near the ends. */
interface Additions {
  /** Places `first`, first + 2, … below `end` get `Σ_j taps[j] x[place + offset + 2j]`. */
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

/** A step and its adjoint along lines of `count` places. */
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

/** Which places a step changes, and how far the first of those it reads lies from each. */
export function geometry({ type, first }: LiftingStep): { parity: 0 | 1; offset: number } {
  return type === "predict"
    ? { parity: 1, offset: 2 * first - 1 }
    : { parity: 0, offset: 2 * first + 1 };
}

/** The places of a parity all of whose taps lie between the ends. */
function inside(parity: number, offset: number, taps: readonly number[], count: number) {
  const first = Math.max(parity, 1 - parity - offset);
  const end = Math.min(count, count - offset - 2 * (taps.length - 1));
  return { first, end, offset, taps };
}

/** The other places of that parity. */
function nearEnds({ first, end }: Pick<Additions, "first" | "end">, parity: number, count: number) {
  const places: number[] = [];
  for (let i = parity; i < Math.min(first, count); i += 2) places.push(i);
  const behind = first + 2 * Math.max(0, Math.ceil((end - first) / 2));
  for (let i = behind; i < count; i += 2) places.push(i);
  return places;
}

/** Adds `sign` times what a step says. */
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
      x[starts[k]! + to * stride]! += times * x[starts[k]! + from * stride]!; // k < length; places are inside
    }
  }
}

/** Offsets from a line's start: first, first + step, … below `end`. */
interface Places {
  readonly first: number;
  readonly end: number;
  readonly step: number;
}

/** Up to so many lines go one after the other; more go place by place, so that what is read lies side by side. */
const few = 3;

/** `x_i += factor (x_{i+one} + x_{i+other})`, what most steps are. */
function addNeighbors(
  x: Float64Array,
  { first, end, step }: Places,
  starts: Int32Array,
  one: number,
  other: number,
  factor: number,
): void {
  const add = (at: number) => {
    x[at]! += factor * (x[at + one]! + x[at + other]!); // places are inside
  };
  if (starts.length <= few) {
    for (const start of starts) for (let i = first; i < end; i += step) add(start + i);
  } else {
    for (let i = first; i < end; i += step) {
      for (let k = 0; k < starts.length; k++) add(starts[k]! + i); // k < length
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
  for (let i = first; i < end; i += step) {
    for (let k = 0; k < starts.length; k++) {
      const at = starts[k]! + i; // k < length
      x[at]! += factor * x[at + from]!; // places are inside
    }
  }
}

/** Multiplies even places by one factor and odd ones by another. */
function multiply(
  x: Float64Array,
  stride: number,
  starts: Int32Array,
  count: number,
  factors: readonly [even: number, odd: number],
): void {
  if (starts.length <= few) {
    for (const start of starts) {
      for (let i = 0; i < count; i++) {
        const factor = factors[i % 2]!; // 0 or 1
        x[start + i * stride]! *= factor;
      }
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    const factor = factors[i % 2]!; // 0 or 1
    for (let k = 0; k < starts.length; k++) x[starts[k]! + i * stride]! *= factor; // k < length
  }
}
