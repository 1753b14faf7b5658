import { pointsOf, type Signal } from "../../signal/signal.ts";
import { atomNorms } from "./atomNorms.ts";
import { channelRotation, rotateChannels } from "./channelRotation.ts";
import { type DyadicGrid, dyadicGrid, forEachPlace, mirrored } from "./dyadicGrid.ts";
import { analyze, synthesize, synthesizeAdjoint } from "./gridTransform.ts";
import { smallestAt } from "./smallest.ts";

/** The coefficients of the atoms of a grid, `[…grid.size, channels]`; most are 0. */
export interface Expansion {
  readonly grid: DyadicGrid;
  /** Channels, rotated by `channelRotation`. */
  readonly channels: number;
  readonly coefficients: Float64Array<ArrayBuffer>;
}

/** How to choose and fit the coefficients. */
export interface SparseFitOptions {
  /** How often the atoms are chosen anew from a fit and the projection of its error; 1 by default. */
  readonly rounds?: number;
  /** Steps of conjugate gradients per fit; 4 by default. */
  readonly iterations?: number;
}

/**
 * Approximates a signal by a sum of at most `count` atoms. First, the atoms with the largest normalized coefficients over all
 * channels, scales and positions are kept. Since atoms are not orthogonal, conjugate gradients then fit the kept coefficients
 * to the samples jointly. Then the atoms are chosen anew from that fit and the projection of its error (a step of iterative
 * hard thresholding, Blumensath & Davies 2009). On the Kodak pictures, the fit adds 0.1 dB and the new choice 0.1 dB more; a
 * second choice or more than four steps add about 0.01 dB.
 */
export function sparseFit(
  signal: Signal,
  count: number,
  { rounds = 1, iterations = 4 }: SparseFitOptions = {},
): Expansion {
  const full = expand(signal);
  const { grid, channels, coefficients } = full;
  if (count >= coefficients.length) return full;
  const problem = problemOf(signal, grid);
  const { mask, norms } = problem;
  // From here on, coefficients belong to normalized atoms.
  const x = coefficients.slice();
  for (let i = 0; i < x.length; i++) x[i] = x[i]! * norms[i]!;
  const choose = () => {
    keepLargest(x, count, mask);
    for (let i = 0; i < x.length; i++) if (mask[i] === 0) x[i] = 0;
    return fitKept(problem, x, iterations);
  };
  let residual = choose();
  for (let round = 0; round < rounds; round++) {
    add(x, 1, projected(problem, residual, "all"));
    residual = choose();
  }
  return { grid, channels, coefficients: unscaled(x, problem) };
}

/** A signal as a sum of all atoms, equal to the signal at its samples. */
export function expand(signal: Signal): Expansion {
  const { channels } = signal;
  const grid = dyadicGrid(signal.size);
  const target = rotated(signal);
  const coefficients = new Float64Array(pointsOf(grid.size) * channels);
  forEachPlace(grid, (place, index) => {
    // The signal is extended by its mirror image.
    let at = 0;
    for (let axis = 0; axis < place.length; axis++) {
      const n = signal.size[axis]!;
      at = at * n + mirrored(place[axis]!, n);
    }
    for (let c = 0; c < channels; c++) {
      coefficients[index * channels + c] = target[at * channels + c]!;
    }
  });
  analyze(coefficients, grid, channels);
  return { grid, channels, coefficients };
}

/** The values of an expansion at the samples of its signal. */
export function samplesOf({ grid, channels, coefficients }: Expansion): Float32Array<ArrayBuffer> {
  const values = coefficients.slice();
  synthesize(values, grid, channels);
  const samples = cropped(values, grid, channels);
  rotateChannels(samples, channelRotation(channels), "back");
  return Float32Array.from(samples);
}

/** A least-squares problem in the coefficients of normalized atoms, and which of them are kept. */
export interface Problem {
  readonly grid: DyadicGrid;
  readonly channels: number;
  /** Norms of the atoms, repeated for every channel. */
  readonly norms: Float64Array;
  /** Inverse norms; 0 for atoms that vanish at all samples. */
  readonly inverses: Float64Array;
  readonly target: Float64Array;
  /** 1 where an atom is kept. */
  readonly mask: Uint8Array;
}

export function problemOf(signal: Signal, grid: DyadicGrid): Problem {
  const { channels } = signal;
  const ofPlaces = atomNorms(grid);
  const norms = new Float64Array(ofPlaces.length * channels);
  for (let i = 0; i < norms.length; i++) norms[i] = ofPlaces[Math.floor(i / channels)]!;
  const inverses = norms.map((norm) => (norm === 0 ? 0 : 1 / norm));
  const mask = new Uint8Array(norms.length);
  return { grid, channels, norms, inverses, target: rotated(signal), mask };
}

/** Fits the kept coefficients by conjugate gradients, in place, starting from their values; returns the residual. */
export function fitKept(
  problem: Problem,
  x: Float64Array,
  iterations: number,
): Float64Array<ArrayBuffer> {
  const residual = Float64Array.from(problem.target);
  add(residual, -1, sampled(problem, x));
  let gradient = projected(problem, residual, "kept");
  const direction = gradient.slice();
  let square = dot(gradient, gradient);
  for (let k = 0; k < iterations && square > 1e-20; k++) {
    const change = sampled(problem, direction);
    const step = square / dot(change, change);
    add(x, step, direction);
    add(residual, -step, change);
    gradient = projected(problem, residual, "kept");
    const next = dot(gradient, gradient);
    const ratio = next / square;
    for (let i = 0; i < direction.length; i++) direction[i] = gradient[i]! + ratio * direction[i]!;
    square = next;
  }
  return residual;
}

/** `A x`: the samples of a sum of normalized atoms. */
export function sampled(problem: Problem, x: Float64Array): Float64Array<ArrayBuffer> {
  const { grid, channels } = problem;
  const values = unscaled(x, problem);
  synthesize(values, grid, channels);
  return cropped(values, grid, channels);
}

/** `Aᵀ y`: the inner product of y with each normalized atom, or with each that is kept. */
export function projected(
  { grid, channels, inverses, mask }: Problem,
  y: Float64Array,
  which: "kept" | "all",
): Float64Array<ArrayBuffer> {
  const values = new Float64Array(inverses.length);
  forEachRow(grid, channels, (from, to, length) => values.set(y.subarray(to, to + length), from));
  synthesizeAdjoint(values, grid, channels);
  for (let i = 0; i < values.length; i++) {
    values[i] = which === "kept" && mask[i] === 0 ? 0 : values[i]! * inverses[i]!;
  }
  return values;
}

/** Coefficients of the original atoms from those of the normalized ones. */
export function unscaled(x: Float64Array, { inverses }: Problem): Float64Array<ArrayBuffer> {
  const values = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) values[i] = x[i]! * inverses[i]!;
  return values;
}

/** Marks the `count` largest magnitudes; of equal ones the first, and never zeros. */
export function keepLargest(values: Float64Array, count: number, mask: Uint8Array): void {
  const magnitudes = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) magnitudes[i] = Math.abs(values[i]!);
  const least = smallestAt(magnitudes.slice(), Math.max(0, values.length - count)) ?? 0;
  let room = count;
  for (let i = 0; i < values.length; i++) {
    mask[i] = magnitudes[i]! > least ? 1 : 0;
    room -= mask[i]!;
  }
  for (let i = 0; i < values.length && room > 0 && least > 0; i++) {
    if (magnitudes[i] !== least) continue;
    mask[i] = 1;
    room--;
  }
}

/** The values at the samples, from values on the whole grid. */
function cropped(values: Float64Array, grid: DyadicGrid, channels: number) {
  const samples = new Float64Array(pointsOf(grid.samples) * channels);
  forEachRow(grid, channels, (from, to, length) =>
    samples.set(values.subarray(from, from + length), to),
  );
  return samples;
}

/** Calls `visit` with the offset of each row of `length` numbers on the grid and in the samples. */
function forEachRow(
  { samples, size }: DyadicGrid,
  channels: number,
  visit: (onGrid: number, inSamples: number, length: number) => void,
): void {
  const length = (samples.at(-1) ?? 1) * channels;
  const width = (size.at(-1) ?? 1) * channels;
  forEachPlace({ size: samples.slice(0, -1) }, (place, row) => {
    const above = place.reduce((at, i, axis) => at * size[axis]! + i, 0);
    visit(above * width, row * length, length);
  });
}

/** The values of a signal with rotated channels. */
function rotated({ channels, values }: Signal): Float64Array<ArrayBuffer> {
  const turned = Float64Array.from(values);
  rotateChannels(turned, channelRotation(channels), "forth");
  return turned;
}

/** `y += factor x`. */
export function add(y: Float64Array, factor: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i]! += factor * x[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
