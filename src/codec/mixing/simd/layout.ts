import {
  contextLimit,
  countLimit,
  mapCount,
  mapPoints,
  measureLimit,
  setCount,
  setSize,
  useLimit,
} from "../mixing.ts";
import { startingWeights } from "../startingWeights.ts";

/** Bytes of a vector, and 32-bit integers in it. */
export const v = 16;
export const lanes = 4;

const roundUp = (n: number, unit: number): number => unit * Math.ceil(n / unit);

/** Vectors that hold an integer of each set. */
export const groups = Math.ceil(setCount / lanes);

/** Vectors that hold an integer of each context. */
export const quads = Math.ceil(contextLimit / lanes);
/** Two of them. */
export const pair = 2 * v;

/** Bytes of the measures. */
export const measureBytes = 4 * measureLimit;

/**
 * A row of inputs, or of weights: 32-bit integers, in the first vector that of the bias, then the measures, then a vector of four contexts' first inputs and
 * one of their second inputs, and so on. The second integer of weights is how often they were used, plus 1; its input is 0.
 */
export const usesFrom = 4;
export const fromContexts = v + measureBytes;
export const rowBytes = fromContexts + pair * quads;

/** Bytes of the slots of one context: 32 bits each, in the lower 16 the chance − 2^15, above them the count. */
export const slotBytes = 4 * 65536;

/** Bytes of the second layer's row, whose elements are told as the difference from where they start. */
export const shareBytes = v * groups;

/** Bytes of an adaptive map's row, of 16-bit integers, each the difference from where it starts modulo 2^16. */
export const mapBytes = 2 * mapPoints;

/** Addresses remembered for clearing. */
export const touchedLimit = 1 << 16;

let end = 0;
function take(bytes: number): number {
  const start = end;
  end = roundUp(end + bytes, v);
  return start;
}

/** The inputs: of the measures by the caller, of the rest by `predict`. */
const inputRow = take(rowBytes);

/** Where everything lies in memory, in bytes. */
export const at = {
  // What the caller writes.
  keys: take(v * quads),
  measured: take(2),
  kind: take(2),
  sets: take(2 * setCount),
  last: take(2),
  maps: take(2 * mapCount),
  // What `predict` leaves for `update`.
  inputs: inputRow,
  measures: inputRow + v,
  inputsEnd: take(4),
  /** Addresses of the slots, filled up to a multiple of four. */
  slotList: take(v * quads),
  /** Addresses of the sets' weights, of the second layer's and of the maps' points. */
  rows: take(4 * setCount),
  share: take(4),
  points: take(4 * mapCount),
  /** Which point of their rows that is. */
  nearest: take(4),
  outputs: take(v * groups),
  mixed: take(4),
  // Tables.
  salts: take(v * quads),
  /** Where the slots of each context begin. */
  slotTables: take(v * quads),
  /** What is left of four contexts' inputs if 0 … 3 of them exist. */
  masks: take(v * lanes),
  /** The addresses of what fills up four contexts if 0 … 3 of them exist, and that itself. */
  fillers: take(v * lanes),
  filling: take(v),
  squash: take(2 * 4096),
  stretch: take(4 * 4096),
  counterRates: take(4 * (countLimit + 1)),
  weightRates: take(2 * (useLimit + 1)),
  startingPoints: take(mapBytes),
  /** Weights that are used for the first time, by the kind of question. */
  startingRows: take(rowBytes * startingWeights.length),
  // What was written since the beginning: the address of each word that was 0, and where the list ends.
  touchedEnd: take(4),
  touched: take(4 * (touchedLimit + 1)),
  // What is learned; all of it is 0 in the beginning.
  learned: end,
  shares: take(shareBytes * setSize),
  counters: take(slotBytes * contextLimit),
  weights: take(rowBytes * setSize * setCount),
  mapped: take(mapBytes * 65536 * mapCount),
} as const;

/** Bytes of all. */
export const memoryBytes = end;
