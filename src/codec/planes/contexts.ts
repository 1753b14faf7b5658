import { hash } from "../mixing/hash.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { otherKind } from "../mixing/startingWeights.ts";
import type { PlannedBand } from "./bandPlan.ts";
import type { Known } from "./known.ts";
import { measures } from "./measures.ts";
import { finely, middling, rough } from "./quantizers.ts";
import { Question } from "./question.ts";
import { levelOfGuess, type SignGuess, signGuess } from "./signGuess.ts";
import { looker, noSurroundings } from "./surroundings.ts";

/** Sets out what is known for a mixing before it predicts; each returns the number of contexts. */
export interface Contexts {
  /** Of a band, before its first significant coefficient. */
  band(band: PlannedBand, plane: number): number;
  /** Of a block, quad, coefficient or bit at a place: `position` and `own` are small numbers that distinguish what the question knows of itself. */
  place(
    question: 0 | 1 | 2 | 3,
    band: PlannedBand,
    row: number,
    column: number,
    plane: number,
    position: number,
    own: number,
  ): number;
  /** Of the sign of a coefficient at a place. */
  sign(band: PlannedBand, row: number, column: number, plane: number): number;
  /** Learns a sign. */
  learnSign(isNegative: boolean): void;
}

/** Room for numbers in a context: 12 of `middling`, 48 of `finely`, and so on, as powers of two. */
const [mid, fine, six] = [12, 64, 6];

/** The contexts of one channel matrix, from what is known of it. */
export function contexts(mixing: Mixing, { estimates, signs }: Known): Contexts {
  const { keys, kind, sets, last, maps } = mixing;
  const seen = noSurroundings();
  const look = looker(estimates, seen);
  const guess: SignGuess = signGuess(estimates, signs);
  const measure = measures(mixing, estimates, guess);
  let count = 0;

  function add(key: number): void {
    keys[count++] = key;
  }
  return {
    band({ channel, level, band }, plane) {
      count = 0;
      add(((channel & 3) * 16 + level) * 4 + band + 0x40000);
      add(level * 32 + (plane & 31) + 0x50000);
      sets.fill(4095);
      last[0] = 4095;
      maps.fill(65535);
      kind[0] = otherKind;
      measure.none();
      return count;
    },
    place(question, band, row, column, plane, position, own) {
      look(
        band,
        row,
        column,
        question === Question.block ? 4 : question === Question.quad ? 2 : 1,
        plane,
      );
      const { left, top, right, bottom, topLeft, topRight, bottomLeft, bottomRight } = seen;
      const { farAlong, farAcross, parent, parentAround, firstSibling, secondSibling } = seen;
      const { peer, secondPeer, child, near, wide, mixed, all } = seen;
      const level = Math.min(band.level, 7);
      const channel = Math.min(band.channel, 2);
      const height = plane & 15;
      const oriented = 4 * question + band.band;
      const base = (oriented * 3 + channel) * 8 + own;
      const spot = base * 16 + position;
      const sides = left + right;
      const ends = top + bottom;
      const corners = topLeft + topRight + bottomLeft + bottomRight;
      // All quantizers first: while keys are written, nothing that was read can be kept in registers.
      const nearMid = middling(near);
      const parentMid = middling(parent);
      const allMid = middling(all);
      const childMid = middling(child);
      const peerMid = middling(peer);
      const firstMid = middling(firstSibling);
      const secondMid = middling(secondSibling);
      const leftMid = middling(left);
      const topMid = middling(top);
      const sidesMid = middling(sides);
      const endsMid = middling(ends);
      const topLeftRough = rough(topLeft);
      const topRightRough = rough(topRight);
      const allFine = finely(all);
      const mixedFine = finely(mixed);
      count = 0;
      kind[0] = question;
      add(((base * mid + parentMid) * mid + middling(parentAround)) * mid + childMid);
      add(((base * mid + firstMid) * mid + secondMid) * mid + nearMid);
      add(((base * mid + peerMid) * mid + middling(secondPeer)) * mid + middling(mixed));
      add(spot * fine + mixedFine);
      add((((spot * mid + leftMid) * mid + topMid) * six + topLeftRough) * six + topRightRough);
      add(
        (((spot * mid + middling(farAlong)) * mid + middling(farAcross)) * mid + sidesMid) * mid +
          endsMid,
      );
      add(((base * mid + middling(right)) * mid + middling(bottom)) * mid + parentMid);
      add((base * 16 + height) * fine + allFine);
      add(((base * 8 + level) * fine + allFine) * mid + childMid);
      add((base * fine + finely(sides)) * fine + finely(ends));
      add((base * fine + finely(corners)) * fine + finely(sides + ends));
      add((base * fine + finely(wide)) * fine + finely(2 * parent + parentAround));
      add(((spot * mid + leftMid) * mid + topMid) * mid + childMid);
      sets[0] = (oriented * 3 + channel) * 8 + level;
      sets[1] = (question * 16 + height) * mid + nearMid;
      sets[2] = (question * mid + parentMid) * mid + allMid;
      sets[3] = (question * 16 + position) * 8 + own;
      sets[4] = (question * mid + firstMid) * mid + secondMid;
      sets[5] = (question * mid + leftMid) * mid + topMid;
      last[0] = question * mid + allMid;
      maps[0] = (oriented * 3 + channel) * fine + allFine;
      maps[1] = hash(((base * mid + sidesMid) * mid + endsMid) * mid + parentMid);
      if (question === Question.refine) measure.none();
      else measure.place(question, band, row, column, plane, seen);
      return count;
    },
    sign(band, row, column, plane) {
      const { start, stride, parent, siblings, peers } = band;
      const at = start + row * stride + column;
      const level = Math.min(band.level, 7);
      const base = band.band * 3 + Math.min(band.channel, 2) + 0x1000;
      const signAt = (place: number) => signs[place]! + 1; // 0 … 2
      const here = (other: PlannedBand | undefined, y: number, x: number) =>
        other ? signAt(other.start + y * other.stride + x) : 1;
      const size = (other: PlannedBand | undefined) => {
        if (!other) return 2;
        const place = other.start + row * other.stride + column;
        return fifths(signs[place]! * (estimates[place]! >> plane));
      };
      const left = signAt(at - 1);
      const right = signAt(at + 1);
      const top = signAt(at - stride);
      const bottom = signAt(at + stride);
      const cross = ((left * 3 + right) * 3 + top) * 3 + bottom;
      const corners =
        ((signAt(at - stride - 1) * 3 + signAt(at - stride + 1)) * 3 + signAt(at + stride - 1)) *
          3 +
        signAt(at + stride + 1);
      const [farLeft, farRight] = [signAt(at - 2), signAt(at + 2)];
      const [farTop, farBottom] = [signAt(at - 2 * stride), signAt(at + 2 * stride)];
      const above = here(parent, row >> 1, column >> 1);
      const parity = (row & 1) * 2 + (column & 1);
      const other = here(peers[0], row, column);
      const third = here(peers[1], row, column);
      const first = here(siblings[0], row, column);
      const second = here(siblings[1], row, column);
      const near = (place: number) => fifths(signs[place]! * (estimates[place]! >> plane));
      const guessed = levelOfGuess(guess.look(band, row, column, plane));
      const others = other * 3 + third;
      count = 0;
      kind[0] = Question.sign;
      add(base * 81 + cross);
      add((base * 81 + cross) * 81 + corners);
      add(
        (base * 9 + farLeft * 3 + farRight) * 81 + (left * 3 + right) * 9 + farTop * 3 + farBottom,
      );
      add(
        (base * 9 + farTop * 3 + farBottom) * 81 + (top * 3 + bottom) * 9 + farLeft * 3 + farRight,
      );
      add(((base * 3 + above) * 4 + parity) * 9 + left * 3 + top);
      add((base * 9 + others) * 8 + level);
      add((base * 9 + others) * 81 + cross);
      add((base * 9 + first * 3 + second) * 81 + cross);
      add(
        (((base * 5 + near(at - 1)) * 5 + near(at + 1)) * 5 + near(at - stride)) * 5 +
          near(at + stride),
      );
      add((((base * 3 + above) * 4 + parity) * 9 + first * 3 + second) * 9 + others);
      add(((base * 8 + level) * 5 + size(peers[0])) * 5 + size(peers[1]));
      add((base * 8 + level) * 32 + guessed);
      add(((base * 3 + above) * 3 + other) * 32 + guessed);
      add((base * 81 + cross) * 32 + guessed);
      const signed = band.band * 3 + Math.min(band.channel, 2);
      sets[0] = 3000 + signed * 8 + level;
      sets[1] = 3000 + (plane & 15);
      sets[2] = 3000 + others;
      sets[3] = 3000 + cross;
      sets[4] = 3000 + guessed;
      sets[5] = 3000 + above * 9 + first * 3 + second;
      last[0] = 3000 + signed;
      maps[0] = 60000 + signed * 32 + guessed;
      maps[1] = 65400 + cross;
      measure.sign();
      return count;
    },
    learnSign: guess.learn,
  };
}

/** −40 and −4 to 4 and 40, in 16ths of the threshold, separate five sizes. */
const fifths = (x: number): number => (x < -40 ? 0 : x < -4 ? 1 : x <= 4 ? 2 : x <= 40 ? 3 : 4);
