import { logarithm } from "../mixing/logistic.ts";
import { type Mixing, measureMost } from "../mixing/mixing.ts";
import type { PlannedBand } from "./bandPlan.ts";
import { Question } from "./question.ts";
import type { SignGuess } from "./signGuess.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Sets out the measures of a mixing: of what is silent, logarithms of the magnitudes around it, since the chance that it stays so falls
 * about linearly with them; of a sign, the signed values around.
 */
export interface Measures {
  /** Of a block, quad or coefficient. */
  place(
    question: 0 | 1 | 2,
    band: PlannedBand,
    row: number,
    column: number,
    plane: number,
    seen: Surroundings,
  ): void;
  /** Of a sign whose guess was just made. */
  sign(): void;
  /** None. */
  none(): void;
}

/** Logarithms of numbers below this. */
const points = 256;

/** 64 (log2(1 + x / 2) − 3), times a weight: how fast the mixing follows what a measure tells. */
const logarithms = (weight: number): Int16Array =>
  Int16Array.from({ length: points }, (_, x) =>
    Math.min(weight * Math.floor(64 * (logarithm(1 + x / 2) - 3) + 0.5), measureMost),
  );
const ofGroups = logarithms(8);
const ofCoefficients = logarithms(5);
const signWeight = 8;

/** The measures of a channel matrix. */
export function measures(
  { measures: into, measured }: Mixing,
  estimates: Int32Array,
  guess: SignGuess,
): Measures {
  let count = 0;
  let table = ofGroups;
  let shift = 0;

  function add(x: number): void {
    into[count++] = table[x < points ? x : points - 1]!;
  }
  const addAt = (place: number) => add(estimates[place]! >> shift);
  /** So many that tell nothing. */
  function skip(number: number): void {
    for (let i = 0; i < number; i++) into[count++] = 0;
  }
  /** A coefficient of another band and its four sides. */
  function addCross(other: PlannedBand | undefined, row: number, column: number): void {
    if (!other) {
      skip(5);
      return;
    }
    const at = other.start + row * other.stride + column;
    addAt(at);
    addAt(at - 1);
    addAt(at + 1);
    addAt(at - other.stride);
    addAt(at + other.stride);
  }
  function addChildren(child: PlannedBand | undefined, row: number, column: number): void {
    if (!child) {
      skip(4);
      return;
    }
    const at = child.start + 2 * row * child.stride + 2 * column;
    addAt(at);
    addAt(at + 1);
    addAt(at + child.stride);
    addAt(at + child.stride + 1);
  }
  /** Three sums of estimates on each side, two or three away. */
  function addOuter(at: number, stride: number): void {
    const known = (place: number) => estimates[place]! >> shift;
    const [above, below] = [at - 2 * stride, at + 2 * stride];
    add(known(at - 3) + known(at - stride - 2) + known(at + stride - 2));
    add(known(at + 3) + known(at - stride + 2) + known(at + stride + 2));
    add(known(above - 1) + known(above + 1) + known(above - 2) + known(above + 2));
    add(known(below - 1) + known(below + 1) + known(below - 2) + known(below + 2));
  }
  return {
    place(question, band, row, column, plane, seen) {
      const isOne = question === Question.coefficient;
      table = isOne ? ofCoefficients : ofGroups;
      shift = plane;
      count = 0;
      add(seen.left);
      add(seen.right);
      add(seen.top);
      add(seen.bottom);
      add((seen.topLeft + seen.topRight + seen.bottomLeft + seen.bottomRight) >> 2);
      add(seen.farAlong);
      add(seen.farAcross);
      add(seen.parent);
      add(seen.parentAround);
      add(seen.firstSibling);
      add(seen.secondSibling);
      add(seen.child);
      if (band.peers.length > 0) {
        add(seen.peer);
        add(seen.secondPeer);
      } else skip(2);
      add(seen.all);
      add(seen.near);
      if (isOne) {
        const { start, stride, siblings, peers, child } = band;
        const at = start + row * stride + column;
        add(Math.abs(guess.look(band, row, column, plane)));
        add(seen.topLeft);
        add(seen.topRight);
        add(seen.bottomLeft);
        add(seen.bottomRight);
        addAt(at - 2);
        addAt(at + 2);
        addAt(at - 2 * stride);
        addAt(at + 2 * stride);
        addOuter(at, stride);
        addChildren(child, row, column);
        addCross(siblings[0], row, column);
        addCross(siblings[1], row, column);
        if (peers.length > 0) {
          addCross(peers[0], row, column);
          addCross(peers[1], row, column);
        }
        skip(-count & 3);
      }
      measured[0] = count;
    },
    sign() {
      const { values } = guess;
      for (let i = 0; i < values.length; i++) into[i] = signWeight * values[i]!;
      count = values.length;
      skip(-count & 3);
      measured[0] = count;
    },
    none() {
      measured[0] = 0;
    },
  };
}
