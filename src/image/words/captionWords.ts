import type { Random } from "../../data/random/random.ts";
import { cutter, learnWordPieces, type WordPieces } from "../../data/text/wordPieces.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { CaptionVectors, TextVectors } from "./captionVectors.ts";
import { coarseWidth } from "./coarseCorner.ts";
import type { WordSetting, Words } from "./wordSetting.ts";

/** How a run reads captions: a part of its configuration. Plain JSON. */
export type CaptionWords = CaptionPieces | CaptionVectors;

/** Captions as learned pieces: the run needs no other file. */
export interface CaptionPieces {
  readonly kind: "pieces";
  readonly pieces: WordPieces;
  /** Most pieces of a caption that are read. */
  readonly length: number;
}

/** How a model of a language is told captions. */
export function wordSetting(words: CaptionWords, language: ImageLanguage): WordSetting {
  const width = coarseWidth(language);
  return words.kind === "pieces"
    ? { kind: "pieces", pieces: words.pieces.length, length: words.length, width }
    : { kind: "vectors", length: words.width, width };
}

/** Most different pieces that are learned, and most pieces of a caption that are read. */
const most = { pieces: 8000, length: 64 };

/** Learns how to read captions from those of the training images; undefined where all are empty. */
export function fitCaptionWords(captions: readonly string[]): CaptionPieces | undefined {
  // A word of two pictures becomes one piece, be it in one caption alone.
  const pieces = learnWordPieces(captions, { most: most.pieces });
  if (pieces.length === 0) return undefined;
  const cut = cutter(pieces);
  const lengths = [...new Set(captions)].map((caption) => cut(caption).length);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 1);
  // Captions in smaller pieces, and prompts, may be longer.
  return { kind: "pieces", pieces, length: Math.min(most.length, 2 * longest + 4) };
}

/** Reads captions for a model. */
export interface CaptionReader {
  /** The words of a caption, as many as are read. */
  read(caption: string): Words;
  /** Whether a caption has more words than are read. */
  isTooLong(caption: string): boolean;
  /**
   * The words of a caption of an image in training: one caption in ten is cut finer, so that a model also learns the parts of
   * words.
   */
  readInTraining(caption: string, random: Random): Words;
}

/** Share of the captions that are cut finer in training, and of the joins of pieces that are left out in these. */
const finer = { captions: 0.1, joins: 0.2 };

/** A reader of captions; where they become vectors, of those whose `vectors` it is given. */
export const captionReader = (words: CaptionWords, vectors?: TextVectors): CaptionReader =>
  words.kind === "pieces" ? pieceReader(words) : vectorReader(vectors ?? new Map());

function vectorReader(vectors: TextVectors): CaptionReader {
  const read = (caption: string): Words => {
    if (caption === "") return [];
    const vector = vectors.get(caption);
    if (!vector) throw new RangeError(`there is no vector of “${caption}” to read it by`);
    return vector;
  };
  return { read, isTooLong: () => false, readInTraining: read };
}

function pieceReader({ pieces, length }: CaptionPieces): CaptionReader {
  const cut = cutter(pieces);
  const numbered = (cuts: readonly number[]): Words =>
    cuts.slice(0, length).map((piece) => piece + 1);
  return {
    read: (caption) => numbered(cut(caption)),
    isTooLong: (caption) => cut(caption).length > length,
    readInTraining(caption, random) {
      if (random.uniform() >= finer.captions) return numbered(cut(caption));
      return numbered(cut(caption, { skip: () => random.uniform() < finer.joins }));
    },
  };
}
