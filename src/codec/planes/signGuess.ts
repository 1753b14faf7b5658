import type { PlannedBand } from "./bandPlan.ts";

/**
 * A linear guess of a coefficient from the signed values around it, in its band, its parent, the other bands of the level and the
 * other channels. Its weights follow what was found (normalized least mean squares; Nagumo & Noda 1967), one set for each band. All
 * numbers are integers.
 */
export interface SignGuess {
  /** What the last guess was made of, in 16ths of the threshold, within ±128. */
  readonly values: Int32Array;
  /** The guess at a place, in 16ths of the threshold. */
  look(band: PlannedBand, row: number, column: number, plane: number): number;
  /** Learns whether the coefficient at that place was negative. */
  learn(isNegative: boolean): void;
}

export const inputCount = 26;
/** Values are in 16ths of the threshold, at most 8 thresholds. */
const most = 128;
/** What a significant coefficient is taken for: 1.4 thresholds. */
const typical = 22;
/** A weight of 1. */
const one = 1 << 16;
const weightLimit = 4 * one;

export function signGuess(estimates: Int32Array, signs: Int8Array): SignGuess {
  // By level, band and channel: the slices of a volume learn together.
  const weightsOf = new Map<number, Int32Array>();
  const values = new Int32Array(inputCount);
  let weights: Int32Array = new Int32Array(inputCount);
  let guess = 0;
  let count = 0;
  let shift = 0;

  function add(place: number): void {
    const sign = signs[place]!;
    values[count++] = sign === 0 ? 0 : sign * Math.min(estimates[place]! >> shift, most);
  }
  return {
    values,
    look(band, row, column, plane) {
      const { start, stride, parent, siblings, peers } = band;
      const at = start + row * stride + column;
      shift = plane;
      count = 0;
      values.fill(0);
      add(at - 1);
      add(at + 1);
      add(at - 2);
      add(at + 2);
      add(at - stride);
      add(at + stride);
      add(at - 2 * stride);
      add(at + 2 * stride);
      add(at - stride - 1);
      add(at - stride + 1);
      add(at + stride - 1);
      add(at + stride + 1);
      if (parent) {
        add(parent.start + (row >> 1) * parent.stride + (column >> 1));
        const value = values[count - 1]!;
        if (row & 1) values[count] = value;
        if (column & 1) values[count + 1] = value;
        if (row & column & 1) values[count + 2] = value;
      }
      count = 16;
      for (let i = 0; i < siblings.length; i++) {
        const place = placeIn(siblings[i]!, row, column);
        add(place);
        add(place + 1);
      }
      count = 20;
      const [peer, third] = peers;
      if (peer) {
        const place = placeIn(peer, row, column);
        add(place);
        add(place - 1);
        add(place + 1);
        add(place - peer.stride);
        add(place + peer.stride);
      }
      if (third) add(placeIn(third, row, column));
      const kind = (band.channel * 16 + band.level) * 4 + band.band;
      let known = weightsOf.get(kind);
      if (!known) {
        known = new Int32Array(inputCount);
        weightsOf.set(kind, known);
      }
      weights = known;
      let sum = 0;
      for (let i = 0; i < inputCount; i++) sum += Math.imul(weights[i]!, values[i]!) >> 8;
      guess = sum >> 8;
      return guess;
    },
    learn(isNegative) {
      let norm = 2560;
      for (let i = 0; i < inputCount; i++) norm += values[i]! * values[i]!;
      const error = (isNegative ? -typical : typical) - guess;
      for (let i = 0; i < inputCount; i++) {
        if (values[i] === 0) continue; // most are
        const change = Math.trunc((values[i]! * error * (one / 10)) / norm);
        weights[i] = Math.min(Math.max(weights[i]! + change, -weightLimit), weightLimit);
      }
    },
  };
}

const placeIn = ({ start, stride }: PlannedBand, row: number, column: number): number =>
  start + row * stride + column;

/** Limits of a guess's size, in 16ths of the threshold. */
const limits = [1, 2, 3, 4, 6, 8, 10, 13, 17, 22, 30] as const;

/** A number below 25 that rises with a guess; 12 is about 0. */
export function levelOfGuess(guess: number): number {
  const size = Math.abs(guess);
  let level = 0;
  while (level < limits.length && size >= limits[level]!) level++;
  return guess < 0 ? 12 - level : 12 + level;
}
