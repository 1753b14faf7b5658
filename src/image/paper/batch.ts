import { replayTokens } from "../../codec/decode.ts";
import type { Site, Token, TokenLanguage, TokenStream } from "../../codec/index.ts";
import { input, type Tensor } from "../../graph/index.ts";
import type { WordSetting, Words } from "../words/wordSetting.ts";
import { wordArray, wordInput, writeWords } from "../words/wordVectors.ts";
import type { PaperInputs } from "./model.ts";

/** An image as the model knows it. */
export interface LabeledStream extends TokenStream {
  readonly label: number;
  readonly words?: Words | undefined;
}

/** Names, types and shapes of what a batch feeds. */
export interface PaperBatchInputs extends PaperInputs {
  /** The token to be predicted, int32 `[batch, length]`; -1 beyond the end of a stream. */
  readonly targets: Tensor;
  /** Tokens that may stand there, bool `[batch, length, vocabulary]`. */
  readonly legal: Tensor;
}

/** Graph inputs for `batch` streams of up to `length` tokens, with their captions where there are `words`. */
export function paperInputs(
  batch: number,
  length: number,
  vocabulary: number,
  words?: WordSetting,
): PaperBatchInputs {
  return {
    tokens: input("tokens", [batch, length], "int32"),
    location: input("location", [batch, length, 3]),
    startingPlane: input("startingPlane", [batch], "int32"),
    label: input("label", [batch], "int32"),
    targets: input("targets", [batch, length], "int32"),
    legal: input("legal", [batch, length, vocabulary], "bool"),
    words: words && wordInput("words", batch, words),
  };
}

/** The arrays of one batch, by the names of {@link paperInputs}. */
export type PaperBatch = ReturnType<typeof emptyBatch>;

function emptyBatch(batch: number, length: number, vocabulary: number, words?: WordSetting) {
  return {
    tokens: new Int32Array(batch * length).fill(-1),
    location: new Float32Array(batch * length * 3),
    startingPlane: new Int32Array(batch),
    label: new Int32Array(batch),
    targets: new Int32Array(batch * length).fill(-1),
    legal: new Uint8Array(batch * length * vocabulary),
    ...(words && { words: wordArray(batch, words) }),
  };
}

/** Index of a starting plane among those of a language: 0 is the empty stream's. */
export function planeIndex(startingPlane: number, language: TokenLanguage): number {
  return startingPlane - language.finestPlane + 1;
}

/** Writes the location of a site: plane (1 at the coarsest of `startingPlanes`), row, column, each in [0, 1]. */
export function writeLocation(
  location: Float32Array,
  offset: number,
  site: Site,
  language: TokenLanguage,
  startingPlanes: number,
): void {
  const { height, width } = language.geometry;
  location[offset] = planeIndex(site.plane, language) / Math.max(1, startingPlanes - 1);
  location[offset + 1] = site.row / Math.max(1, height - 1);
  location[offset + 2] = site.column / Math.max(1, width - 1);
}

/**
 * Lays streams of up to `length` tokens out for the model, one position to the right: position t is told token t - 1 and
 * asked for token t, and what may stand there. Absent streams, if fewer than `batch` are given, count nowhere.
 */
export function assembleBatch(
  streams: readonly LabeledStream[],
  language: TokenLanguage,
  shape: { readonly batch: number; readonly length: number },
  sizes: {
    readonly vocabulary: number;
    readonly startingPlanes: number;
    readonly words?: WordSetting | undefined;
  },
): PaperBatch {
  const { batch, length } = shape;
  const { vocabulary, startingPlanes, words } = sizes;
  const out = emptyBatch(batch, length, vocabulary, words);
  for (const [b, stream] of streams.entries()) {
    out.startingPlane[b] = planeIndex(stream.startingPlane, language);
    out.label[b] = stream.label;
    if (words && out.words) writeWords(out.words, b, stream.words ?? [], words);
    let at = b * length;
    const end = at + length;
    replayTokens(stream, language, (site: Site, token: Token) => {
      out.targets[at] = token;
      for (let t = 0; t < vocabulary; t++) {
        out.legal[at * vocabulary + t] = (site.legal >> t) & 1;
      }
      at += 1;
      if (at === end) return;
      out.tokens[at] = token;
      writeLocation(out.location, 3 * at, site, language, startingPlanes);
    });
  }
  return out;
}
