import { describe } from "../arguments/describe.ts";
import { checkFloats, checkSignal, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { modulo } from "../arrays/modulo.ts";
import { extend, extensionOf, fold, type Lines } from "./lines.ts";
import { checkMode, extensionRules, type Mode, mirrored } from "./mode.ts";

/** How many samples are added before and after a signal. */
export type PadWidths = readonly [before: number, after: number];

/**
 * A signal of N ≥ 1 samples with `before` samples of its extension in front of it and `after` behind it. (In mode
 * periodization PyWavelets first makes an odd signal even, so its result is one sample longer.) Throws RangeError for an
 * empty signal, widths that are not integers from 0 up and an unknown mode; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * console.log(pad(Float64Array.of(1, 2, 3), [2, 2], "symmetric").join(" "));
 * // → 2 1 1 2 3 3 2
 * ```
 */
export function pad<A extends FloatArray>(data: A, widths: PadWidths, mode: Mode): A {
  checkSignal(data);
  const [before, after] = checkWidths(widths);
  const padded = zerosLike(data, before + data.length + after);
  padded.set(data, before);
  const around = valueAround[checkMode(mode)];
  const { length } = data;
  if (around) {
    for (let p = 0; p < before; p++) padded[p] = around(data, p - before, length);
    for (let p = length; p < length + after; p++) padded[before + p] = around(data, p, length);
  } else if (mode !== "zero") {
    extend(padded, oneLine(length, before), continuation(mode, length, widths));
  }
  return padded;
}

/**
 * The value at a place outside, computed as the terms of {@link extensionRules} are, without making a list of terms for each
 * place. The modes that are missing are those of lists.
 */
const valueAround: {
  readonly [M in Mode]?: (data: FloatArray, place: number, length: number) => number;
} = {
  symmetric: (x, place, n) => x[mirrored(place, n)]!,
  reflect: (x, place, n) => {
    const p = modulo(place, Math.max(1, 2 * n - 2));
    return x[Math.min(p, 2 * n - 2 - p)]!;
  },
  periodic: (x, place, n) => x[modulo(place, n)]!,
  constant: (x, place, n) => x[place < 0 ? 0 : n - 1]!,
  smooth: (x, place, n) => {
    if (n === 1) return x[0]!;
    if (place < 0) return (1 - place) * x[0]! + place * x[1]!;
    const steps = place - (n - 1);
    return (1 + steps) * x[n - 1]! - steps * x[n - 2]!;
  },
  antisymmetric: (x, place, n) => {
    const value = x[mirrored(place, n)]!;
    return modulo(Math.floor(place / n), 2) === 0 ? value : -value;
  },
};

/** The adjoint of {@link pad}: the values around the middle are added to the samples that they would be copied from. */
export function padAdjoint<A extends FloatArray>(padded: A, widths: PadWidths, mode: Mode): A {
  checkFloats(padded, "padded");
  const [before, after] = checkWidths(widths);
  const length = padded.length - before - after;
  if (length < 1)
    throw new RangeError(
      `${padded.length} values leave no signal between ${before} and ${after} padded values`,
    );
  const folded = padded.slice() as A;
  fold(folded, oneLine(length, before), continuation(mode, length, widths));
  return folded.slice(before, before + length) as A;
}

const oneLine = (length: number, offset: number): Lines => {
  return { offset, count: 1, hop: length, length, step: 1, inner: 1 };
};

const continuation = (mode: Mode, length: number, [before, after]: PadWidths) =>
  extensionOf(extensionRules[checkMode(mode)], length, before, after);

function checkWidths(widths: PadWidths): PadWidths {
  if (!(Array.isArray(widths) && widths.length === 2))
    throw new TypeError(`widths must be [before, after], not ${describe(widths)}`);
  if (!widths.every((width) => Number.isInteger(width) && width >= 0))
    throw new RangeError(`widths must be integers from 0 up, not ${widths.join(" and ")}`);
  return widths;
}
