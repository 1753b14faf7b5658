/** A linear equation between variables: Σ weights[k] · variable[variables[k]] = constant. */
export interface LinearEquation {
  readonly variables: Int32Array;
  readonly weights: Float64Array;
  readonly constant: number;
}

/** Equations, and those in which each variable occurs, by its number. Immutable: share it between solutions. */
export interface LinearSystem {
  readonly equations: readonly LinearEquation[];
  readonly occurrences: readonly (readonly number[])[];
}

export function linearSystem(
  equations: readonly LinearEquation[],
  variables: number,
): LinearSystem {
  const occurrences: number[][] = Array.from({ length: variables }, () => []);
  for (const [e, equation] of equations.entries())
    for (const variable of equation.variables) occurrences[variable]!.push(e);
  return { equations, occurrences };
}

/** Variables each of which lies from `low` to `high`. */
export interface Intervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Less than this share of an interval is not worth passing on. */
const worthwhile = 0.02;
/** Sums are exact to this. */
const rounding = 1e-9;
/** Equations looked at after one change, at most, in numbers of all. */
const patience = 4;

/**
 * Narrows the interval of a variable to its part from `low` to `high`, and all other intervals by what follows from the
 * equations (bounds propagation: in each equation, what the other terms leave for each term). No solution within the
 * intervals is lost; not every number that is left need belong to one. An interval that would become empty stays as it is.
 */
export function narrow(
  { equations, occurrences }: LinearSystem,
  intervals: Intervals,
  variable: number,
  low: number,
  high: number,
): void {
  const waiting: number[] = [];
  const isWaiting = new Uint8Array(equations.length);
  const cut = (v: number, from: number, to: number) => {
    const [least, most] = [intervals.low[v]!, intervals.high[v]!];
    const [newLeast, newMost] = [Math.max(least, from), Math.min(most, to)];
    if (newLeast > newMost) return;
    const gain = newLeast - least + (most - newMost);
    if (!(gain > worthwhile * (most - least) + rounding)) return;
    intervals.low[v] = newLeast;
    intervals.high[v] = newMost;
    for (const e of occurrences[v]!) {
      if (isWaiting[e] === 1) continue;
      isWaiting[e] = 1;
      waiting.push(e);
    }
  };

  cut(variable, low, high);
  for (let k = 0; k < waiting.length && k < patience * equations.length; k++) {
    const e = waiting[k]!;
    isWaiting[e] = 0;
    const { variables, weights, constant } = equations[e]!;
    let [least, most] = [0, 0];
    for (let i = 0; i < variables.length; i++) {
      const [from, to] = term(intervals, variables[i]!, weights[i]!);
      least += from;
      most += to;
    }
    for (let i = 0; i < variables.length; i++) {
      const weight = weights[i]!;
      const [from, to] = term(intervals, variables[i]!, weight);
      const a = (constant - (most - to) - rounding) / weight;
      const b = (constant - (least - from) + rounding) / weight;
      cut(variables[i]!, Math.min(a, b), Math.max(a, b));
    }
  }
}

function term({ low, high }: Intervals, v: number, weight: number): readonly [number, number] {
  return weight > 0 ? [weight * low[v]!, weight * high[v]!] : [weight * high[v]!, weight * low[v]!];
}
