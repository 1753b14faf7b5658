import { checkOneOf } from "../arguments/checkOneOf.ts";
import { modulo } from "../arrays/modulo.ts";

/**
 * How a signal is extended beyond its ends. For the signal `a b c d`:
 *
 * | name | extension | MATLAB | numpy.pad |
 * |---|---|---|---|
 * | `symmetric` | `… d c b a │ a b c d │ d c b a …` half-sample reflection | sym, symh | symmetric |
 * | `reflect` | `… d c b │ a b c d │ c b a …` whole-sample reflection | symw | reflect |
 * | `periodic` | `… a b c d │ a b c d │ a b c d …` | ppd | wrap |
 * | `periodization` | the same, with as many coefficients as samples; an odd signal first repeats its last sample once | per | none |
 * | `zero` | `… 0 0 │ a b c d │ 0 0 …` | zpd | constant |
 * | `constant` | `… a a │ a b c d │ d d …` | sp0 | edge |
 * | `smooth` | `… a − (b − a) │ a b c d │ d + (d − c) …` the straight line through the last two samples | spd, sp1 | none |
 * | `antisymmetric` | `… −b −a │ a b c d │ −d −c …` half-sample reflection about zero | asym, asymh | none |
 * | `antireflect` | `… 2a − c, 2a − b │ a b c d │ 2d − c, 2d − b …` whole-sample reflection about the end | asymw | reflect, odd |
 *
 * The names are PyWavelets'. Every mode except `periodization` makes more coefficients than samples, which perfect
 * reconstruction at the ends requires. A signal of one sample is repeated where a mode needs two samples.
 */
export const modes = Object.freeze([
  "symmetric",
  "reflect",
  "periodic",
  "periodization",
  "zero",
  "constant",
  "smooth",
  "antisymmetric",
  "antireflect",
] as const);

/** A name of {@link modes}. */
export type Mode = (typeof modes)[number];

/** One term of an extended sample: a sample and its weight. */
export type Term = readonly [sample: number, weight: number];

/** The value at an index outside 0 … length − 1, as a weighted sum of samples. */
export type ExtensionRule = (place: number, length: number) => readonly Term[];

/** The rule of every mode. */
export const extensionRules: Readonly<Record<Mode, ExtensionRule>> = {
  symmetric: (place, n) => [[mirrored(place, n), 1]],
  reflect: (place, n) => {
    const p = modulo(place, Math.max(1, 2 * n - 2));
    return [[Math.min(p, 2 * n - 2 - p), 1]];
  },
  periodic: (place, n) => [[modulo(place, n), 1]],
  periodization: (place, n) => [[Math.min(modulo(place, n + (n % 2)), n - 1), 1]],
  zero: () => [],
  constant: (place, n) => [[place < 0 ? 0 : n - 1, 1]],
  smooth: (place, n) => {
    if (n === 1) return [[0, 1]];
    const [end, next, steps] = place < 0 ? [0, 1, -place] : [n - 1, n - 2, place - (n - 1)];
    return [
      [end, 1 + steps],
      [next, -steps],
    ];
  },
  antisymmetric: (place, n) => [
    [mirrored(place, n), modulo(Math.floor(place / n), 2) === 0 ? 1 : -1],
  ],
  antireflect: (place, n) => {
    if (n === 1) return [[0, 1]];
    const period = 2 * (n - 1);
    // Each period raises the signal by twice the difference of its last and first sample.
    const lift = 2 * Math.floor(place / period);
    const p = modulo(place, period);
    const within: Term[] =
      p < n
        ? [[p, 1]]
        : [
            [n - 1, 2],
            [period - p, -1],
          ];
    // A term of weight 0 would still spread NaN or infinity.
    return lift === 0 ? within : [...within, [n - 1, lift], [0, -lift]];
  },
};

/** The index of the sample at a position of the signal with half-sample reflection at both ends. */
export function mirrored(place: number, length: number): number {
  const p = modulo(place, 2 * length);
  return p < length ? p : 2 * length - 1 - p;
}

/** The number of coefficients of a band of a signal of `length` samples, with filters of length f. */
export function coefficientCount(length: number, f: number, mode: Mode): number {
  return mode === "periodization" ? (length + 1) >> 1 : (length + f - 1) >> 1;
}

/** `name` if it is a {@link Mode}; throws RangeError otherwise. */
export function checkMode(name: string): Mode {
  return checkOneOf("mode", name, modes);
}
