import type { Random } from "../../data/random/random.ts";
import { cutter, learnWordPieces, type WordPieces } from "../../data/text/wordPieces.ts";
import type { WordSetting, Words } from "./wordSetting.ts";

/** How a run reads captions: a part of its configuration, so that it needs no other file. Plain JSON. */
export interface CaptionWords {
  readonly pieces: WordPieces;
  /** Most pieces of a caption that are read. */
  readonly length: number;
  /** Numbers of the vector that a caption becomes. */
  readonly width: number;
}

export const wordSetting = ({ pieces, length, width }: CaptionWords): WordSetting => ({
  ...{ kind: "pieces", pieces: pieces.length, length, width },
});

/** Most different pieces that are learned, and most pieces of a caption that are read. */
const most = { pieces: 8000, length: 64 };

/** Learns how to read captions, as vectors of `width`, from those of the training images; undefined where all are empty. */
export function fitCaptionWords(
  captions: readonly string[],
  width: number,
): CaptionWords | undefined {
  // A word of two pictures becomes one piece, be it in one caption alone.
  const pieces = learnWordPieces(captions, { most: most.pieces });
  if (pieces.length === 0) return undefined;
  const cut = cutter(pieces);
  const lengths = [...new Set(captions)].map((caption) => cut(caption).length);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 1);
  // Captions in smaller pieces, and prompts, may be longer.
  return { pieces, length: Math.min(most.length, 2 * longest + 4), width };
}

/** Reads captions for a model. */
export interface CaptionReader {
  /** The words of a caption, as many as are read. */
  read(caption: string): Words;
  /** Whether a caption has more words than are read. */
  isTooLong(caption: string): boolean;
  /**
   * The words of a caption of an image in training: one in ten joins of pieces is left out, so that a model also learns the
   * parts of words.
   */
  readInTraining(caption: string, random: Random): Words;
}

/** Share of the joins that are left out in training. */
const joinDropout = 0.1;

export function captionReader({ pieces, length }: CaptionWords): CaptionReader {
  const cut = cutter(pieces);
  const numbered = (cuts: readonly number[]): Words =>
    cuts.slice(0, length).map((piece) => piece + 1);
  return {
    read: (caption) => numbered(cut(caption)),
    isTooLong: (caption) => cut(caption).length > length,
    readInTraining(caption, random) {
      return numbered(cut(caption, { skip: () => random.uniform() < joinDropout }));
    },
  };
}
