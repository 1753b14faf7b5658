import { filterOf, spectralFactors } from "./daubechies.ts";
import { type Polynomial, toNumber } from "./fixedPoint.ts";

/**
 * A filter and its mirror image have the same properties, and convention decides which one is the symlet. In PyWavelets' tables
 * these orders have the energy of the analysis filter before its middle.
 */
const early: ReadonlySet<number> = new Set([4, 5, 6, 8, 9, 10, 13, 18]);

/**
 * The symlet with N vanishing moments, for analysis: of all choices of each factor's roots inside or outside the unit
 * circle, the one whose phase is closest to linear, in mean square over all frequencies, where linear is the straight
 * line from the phase at 0 to the phase at π (Daubechies, Ten Lectures on Wavelets, section 8.1).
 */
export function symlet(n: number): readonly number[] {
  const factors = spectralFactors(n);
  const outside = straightest(factors.map(phaseSeries));
  const filter = filterOf(
    n,
    factors.map((factor, k) => (outside[k] ? factor.toReversed() : factor)),
  );
  return isEarly(filter) === early.has(n) ? filter : filter.toReversed();
}

/** Terms of a phase series. Powers of the roots nearest to the unit circle are below 10⁻²⁰ by then. */
const terms = 200;

/**
 * The contribution of a factor with its roots inside the circle to the deviation of the phase from a straight line, as a sine
 * series: arg(1 − z e^{−iω}) is −Σⱼ Im(zʲ e^{−ijω}) / j, which gives Σⱼ pⱼ sin(jω) / j for the sum pⱼ of the j-th
 * powers of the roots. With its roots outside, the contribution changes its sign.
 */
function phaseSeries(factor: Polynomial): readonly number[] {
  const taps = factor.map(toNumber);
  const [constant, linear] = taps.length === 3 ? [taps[0]!, taps[1]!] : [0, taps[0]!];
  const sums = [taps.length - 1, -linear];
  for (let j = 2; j <= terms; j++) sums.push(-linear * sums[j - 1]! - constant * sums[j - 2]!);
  return sums.slice(1).map((sum, i) => sum / (i + 1));
}

/** The signs that minimize the energy of the sum of the series, as which of them are negative; the first is positive. */
function straightest(series: readonly (readonly number[])[]): readonly boolean[] {
  const gram = series.map((a) => series.map((b) => a.reduce((sum, x, i) => sum + x * b[i]!, 0)));
  let best = { energy: Number.POSITIVE_INFINITY, choice: 0 };
  const isNegative = (choice: number, k: number) => ((choice >> (k - 1)) & 1) === 1 && k > 0;
  for (let choice = 0; choice < 2 ** Math.max(series.length - 1, 0); choice++) {
    const sign = (k: number) => (isNegative(choice, k) ? -1 : 1);
    const energy = gram.reduce(
      (sum, row, k) => sum + row.reduce((part, x, l) => part + sign(k) * sign(l) * x, 0),
      0,
    );
    if (energy < best.energy) best = { energy, choice };
  }
  return series.map((_, k) => isNegative(best.choice, k));
}

/** Whether the energy of a filter lies before its middle. */
function isEarly(filter: readonly number[]): boolean {
  const middle = (filter.length - 1) / 2;
  return filter.reduce((sum, tap, i) => sum + (i - middle) * tap * tap, 0) < 0;
}
