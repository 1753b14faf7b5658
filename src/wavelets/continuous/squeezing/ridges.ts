import { checkCount, checkPositive } from "../../arguments/numbers.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkResult } from "../../arguments/result.ts";
import { checkFinite, unitOf } from "../../arrays/floatArray.ts";
import { type Cwt, checkCwt } from "../cwt.ts";
import { checkSynchrosqueezed, type Synchrosqueezed } from "./synchrosqueeze.ts";

/** A line of large moduli through a time-frequency plane: the frequency of one component over time. */
export interface Ridge {
  /** The row of the plane at each sample. */
  readonly rows: Int32Array;
  /** The frequency at each sample: the mean, weighted by energy, of the rows at and beside the ridge. */
  readonly frequencies: Float64Array;
}

/** Options of {@link ridges}. */
export interface RidgesOptions {
  /** How many ridges; 1 by default. */
  readonly count?: number;
  /**
   * The cost of moving by one octave: as much as a factor of e in energy during so many samples. 50 by default; more makes ridges
   * stiffer.
   */
  readonly penalty?: number;
  /**
   * Octaves on either side that belong to a ridge and are left out when the next one is sought; 1/8 for a synchrosqueezed
   * transform and 1/2 for one of `cwt` by default.
   */
  readonly width?: number;
}

const names = optionNames<RidgesOptions>({ count: true, penalty: true, width: true });

/** The most ridges. */
const mostRidges = 100;
/** Energies below this share of the largest are alike. */
const floor = 1e-6;

/**
 * The ridges of a time-frequency plane, of `synchrosqueeze` or of `cwt` with norm `l1`, strongest first. A ridge is the path of the largest sum, over all
 * samples, of the logarithm of the energy at and beside it, less a penalty for each octave that it moves; it is found exactly, by dynamic
 * programming. Then the rows around it are left out and the next one is sought (after Carmona, Hwang and Torrésani, Multiridge detection and
 * time-frequency reconstruction, 1999). Every ridge runs from the first sample to the last: where there is no component it crosses
 * silence, or joins what is left of another.
 *
 * Throws TypeError for anything but such a result and for unknown options, RangeError for options out of range and for values that
 * are NaN or infinite.
 *
 * @example
 * ```ts
 * const two = Float64Array.from({ length: 800 }, (_, n) => Math.cos(n / 2) + 0.5 * Math.cos(n + (n * n) / 2000));
 * const scales = scalesFor({ from: 2, to: 40, voices: 32 });
 * const found = ridges(synchrosqueeze(two, scales, "morlet6"), { count: 2 });
 * for (const { frequencies } of found) console.log((2 * Math.PI * frequencies[400]).toFixed(2)); // radians per sample
 * // → 0.50
 * // → 1.41
 * ```
 */
export function ridges(
  transform: Synchrosqueezed | Cwt,
  options: RidgesOptions = {},
): readonly Ridge[] {
  checkResult(transform, "residual", "synchrosqueeze or cwt");
  const isSharp = !("scales" in transform);
  if (isSharp) checkSynchrosqueezed(transform);
  else checkCwt(transform);
  checkOptions(options, names);
  const { count = 1, penalty = 50, width = isSharp ? 1 / 8 : 1 / 2 } = options;
  checkCount("the number of ridges", count, mostRidges);
  checkPositive("the penalty", penalty);
  checkPositive("the width", width);
  const { re, im, frequencies, length } = transform;
  checkFinite(re, "re");
  if (im) checkFinite(im, "im");
  // Scales of a transform can be in any order.
  const order = [...frequencies.keys()].sort((a, b) => frequencies[b]! - frequencies[a]!);
  const octaves = Float64Array.from(order, (row) => Math.log2(frequencies[row]!));
  const energies = energiesOf(transform, order);
  return Array.from({ length: count }, () => {
    const path = bestPath(scores(energies, octaves.length), octaves, penalty);
    const ridge: Ridge = {
      rows: path.map((place) => order[place]!),
      frequencies: Float64Array.from(path, (place, n) => meanAt(energies, octaves, n, place)),
    };
    for (let n = 0; n < length; n++) silence(energies, octaves, n, path[n]!, width);
    return ridge;
  });
}

/** |value|² in some unit, sample by sample, the rows by decreasing frequency. */
function energiesOf(
  { re, im, length }: Synchrosqueezed | Cwt,
  order: readonly number[],
): Float64Array {
  const rows = order.length;
  const energies = new Float64Array(rows * length);
  const unit = im ? unitOf(re, im) : unitOf(re);
  for (const [place, row] of order.entries())
    for (let n = 0, at = row * length; n < length; n++, at++)
      energies[n * rows + place] = (unit * re[at]!) ** 2 + (im ? (unit * im[at]!) ** 2 : 0);
  return energies;
}

/** The logarithm of the energy of each place and its two neighbors, as a share of the largest. */
function scores(energies: Float64Array, rows: number): Float32Array {
  const sums = new Float32Array(energies.length);
  let most = 0;
  for (let at = 0; at < energies.length; at++) {
    const place = at % rows;
    const below = place > 0 ? energies[at - 1]! : 0;
    const sum = below + energies[at]! + (place < rows - 1 ? energies[at + 1]! : 0);
    sums[at] = sum;
    if (sum > most) most = sum;
  }
  const least = floor * most || 1;
  for (let at = 0; at < sums.length; at++) sums[at] = Math.log(sums[at]! / least + 1);
  return sums;
}

/**
 * The places of the path of the largest sum of scores less `penalty` times the octaves it moves. At each sample the best predecessor of
 * every place is found in two passes, because the penalty of a move is the sum of the penalties of its steps.
 */
function bestPath(score: Float32Array, octaves: Float64Array, penalty: number): Int32Array {
  const rows = octaves.length;
  const length = score.length / rows;
  const before = new Int32Array(score.length);
  let best = Float64Array.from(score.subarray(0, rows));
  for (let n = 1; n < length; n++) {
    const from = before.subarray(n * rows, (n + 1) * rows);
    for (let k = 0; k < rows; k++) from[k] = k;
    const step = (k: number, other: number) => {
      const value = best[other]! - penalty * Math.abs(octaves[k]! - octaves[other]!);
      if (value <= best[k]!) return;
      best[k] = value;
      from[k] = from[other]!;
    };
    for (let k = 1; k < rows; k++) step(k, k - 1);
    for (let k = rows - 2; k >= 0; k--) step(k, k + 1);
    const now = new Float64Array(rows);
    for (let k = 0; k < rows; k++) now[k] = best[k]! + score[n * rows + k]!;
    best = now;
  }
  const path = new Int32Array(length);
  let place = best.reduce((most, value, k) => (value > best[most]! ? k : most), 0);
  for (let n = length - 1; n >= 0; n--) {
    path[n] = place;
    place = before[n * rows + place]!;
  }
  return path;
}

/** The frequency in the middle of the energy at a place and its two neighbors; that of the place where there is none. */
function meanAt(energies: Float64Array, octaves: Float64Array, n: number, place: number): number {
  let [sum, moment] = [0, 0];
  const rows = octaves.length;
  for (let k = Math.max(0, place - 1); k <= Math.min(rows - 1, place + 1); k++) {
    const energy = energies[n * rows + k]!;
    sum += energy;
    moment += energy * octaves[k]!;
  }
  return 2 ** (sum > 0 ? moment / sum : octaves[place]!);
}

/** Removes the energy within some octaves of a place. */
function silence(
  energies: Float64Array,
  octaves: Float64Array,
  n: number,
  place: number,
  width: number,
): void {
  const rows = octaves.length;
  const isNear = (k: number) => Math.abs(octaves[k]! - octaves[place]!) <= width;
  for (let k = place; k >= 0 && isNear(k); k--) energies[n * rows + k] = 0;
  for (let k = place + 1; k < rows && isNear(k); k++) energies[n * rows + k] = 0;
}
