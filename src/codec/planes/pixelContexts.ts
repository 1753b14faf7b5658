import type { Mixing } from "../mixing/mixing.ts";
import { otherKind } from "../mixing/startingWeights.ts";
import type { PlannedBand } from "./bandPlan.ts";
import type { Contexts } from "./contexts.ts";
import type { Known } from "./known.ts";
import { Question } from "./question.ts";

/** Places of keys that tell nothing of samples: parents, children and other bands, and those behind the general ones. */
const free = [0, 1, 12, 13, 14] as const;
const count = 15;

/**
 * Contexts of samples that no wavelet has analyzed, as those of drawings. They are often exactly what their neighbors are: five keys are of
 * exact values, in the places of those that look at other bands, and the weights are chosen by what the neighbors foretell.
 */
export function pixelContexts(
  general: Contexts,
  { keys, kind, measured, sets, last, maps }: Mixing,
  { estimates, signs }: Known,
): Contexts {
  /** What is known of a value: 0 if it was not found, −1 outside of the picture. */
  const valueAt = (place: number): number => {
    const estimate = estimates[place]!;
    return estimate === 0 ? -1 : estimate * signs[place]!;
  };
  const inPeer = (peer: PlannedBand | undefined, row: number, column: number): number =>
    peer ? valueAt(peer.start + row * peer.stride + column) : 0;

  return {
    ...general,
    place(question, band, row, column, plane, position, own) {
      general.place(question, band, row, column, plane, position, own);
      const { channel, start, stride, peers } = band;
      const [peer, third] = peers;
      const at = start + row * stride + column;
      const isBit = question === Question.refine;
      const left = valueAt(at - 1);
      const top = valueAt(at - stride);
      const other = inPeer(peer, row, column);
      const otherLeft = inPeer(peer, row, column - 1);
      const otherTop = inPeer(peer, row - 1, column);
      const thirdValue = inPeer(third, row, column);

      const known = question >= Question.coefficient ? estimates[at]! : position;
      const self = joined(joined(question * 4 + Math.min(channel, 2), plane), known);
      const sides = joined(joined(self, left), top);
      const others = joined(joined(self, other), thirdValue);
      const ahead = joined(joined(sides, valueAt(at + 1)), valueAt(at + stride));
      const agreeing = joined(
        joined(joined(self, other === otherLeft ? 1 : 0), other === otherTop ? 1 : 0),
        left,
      );
      kind[0] = otherKind;
      measured[0] = 0;
      keys[free[0]] = sides;
      keys[free[1]] = others;
      keys[free[2]] = joined(others, left);
      keys[free[3]] = ahead;
      keys[free[4]] = joined(joined(agreeing, top), thirdValue);

      const begun = isBit ? estimates[at]! >> (plane + 5) : 0;
      const sign = isBit ? signs[at]! : 0;
      /** What a neighbor foretells: 1 or 2 for the bits 0 and 1, and 0 where it differs in a higher plane. */
      const foretold = (place: number): number => {
        const estimate = estimates[place]!;
        if (estimate >> (plane + 5) !== begun || (sign !== 0 && signs[place] !== sign)) return 0;
        return 1 + ((estimate >> (plane + 4)) & 1);
      };
      const foretelling =
        ((foretold(at - 1) * 3 + foretold(at - stride)) * 3 + foretold(at - stride - 1)) * 3 +
        foretold(at - stride + 1);
      sets[2] = question * 81 + foretelling;
      last[0] = question * 81 + foretelling;
      maps[1] = question * 81 + foretelling;
      return count;
    },
  };
}

/** A key of another one and a number. */
const joined = (key: number, more: number): number =>
  (Math.imul(Math.imul(key, 0x2545f491) ^ (key >>> 15), 0x1000193) + more) | 0;
