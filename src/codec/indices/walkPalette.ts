import type { Mixing } from "../mixing/mixing.ts";
import { otherKind } from "../mixing/startingWeights.ts";

/** Colors, sorted by brightness. */
export interface Palette {
  /** The channels of a color side by side. */
  readonly samples: Uint16Array;
  readonly channels: 1 | 3;
  /** Bits of a sample. */
  readonly bits: number;
}

/**
 * Who knows or decodes the answer to a question about a sample of the palette: does it have the property? Contexts are set out before; −1 ends the
 * walk: the answer cannot be known.
 */
type Answer = (sample: number, has: (value: number) => 0 | 1, contexts: number) => 0 | 1 | -1;

/**
 * Walks through the samples of a palette, bit by bit of their differences from the color before: of green, and of red and blue beyond that. Samples
 * are read where the answer knows them, and written. Returns how many were walked through.
 */
export function walkPalette(
  { samples, channels, bits }: Palette,
  { keys, measured, kind, sets, last, maps }: Mixing,
  answer: Answer,
): number {
  measured[0] = 0;
  kind[0] = otherKind;
  const mask = 2 ** bits - 1;
  for (let i = 0; i < samples.length; i += channels) {
    let firstDifference = 0;
    for (let c = 0; c < channels; c++) {
      // Green first.
      const channel = channels === 1 ? 0 : ([1, 0, 2] as const)[c]!;
      const at = i + channel;
      const before = i === 0 ? 0 : samples[at - channels]!;
      const expected = before + (c === 0 ? 0 : firstDifference);
      let node = 1;
      for (let shift = bits - 1; shift >= 0; shift--) {
        // Differences are around 0, of which half the range is added.
        const has = (value: number): 0 | 1 =>
          (((value - expected + (mask >> 1) + 1) & mask) >> shift) & 1 ? 1 : 0;
        const path = node * 4 + c;
        keys[0] = path;
        keys[1] = path * 64 + Math.min(Math.abs(firstDifference), 31) + 0x10000000;
        keys[2] = path * 2 + (i === 0 ? 1 : 0) + 0x20000000;
        sets.fill(4000 + c);
        sets[1] = 4016 + shift;
        last[0] = 4000 + c;
        maps.fill(65500 + c);
        const bit = answer(at, has, 3);
        if (bit < 0) return i; // of a color that is told in part nothing counts
        node = 2 * node + bit;
      }
      const difference = node - 2 ** bits - ((mask >> 1) + 1);
      samples[at] = (expected + difference) & mask;
      if (c === 0) firstDifference = samples[at]! - before;
    }
  }
  return samples.length;
}
