import { concat, type Tensor } from "../../graph/index.ts";
import { fanIn } from "../../nn/initializers.ts";
import { causal } from "../../nn/layers/causalAttention.ts";
import { type TrunkOptions, trunk } from "../../nn/layers/gpt.ts";
import { linear } from "../../nn/layers/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { WordSetting } from "../words/wordSetting.ts";
import { wordVectors } from "../words/wordVectors.ts";

/** Size of the paper's model and of what it is told. */
export interface PaperOptions extends TrunkOptions {
  readonly width: number;
  /** Tokens of the language: 7, or 6 of the zero-tree vocabulary. */
  readonly vocabulary: number;
  /** Different starting planes m̃ of the data set, the empty stream's included. */
  readonly startingPlanes: number;
  readonly classes: number;
  /** The words of captions, where the model is told some. */
  readonly words?: WordSetting | undefined;
}

/** What the model sees of `batch` streams at `length` positions. */
export interface PaperInputs {
  /** The token before the one to be predicted, int32 `[batch, length]`; -1 where there is none. */
  readonly tokens: Tensor;
  /** Plane, row and column of that token, each scaled to [0, 1]: `[batch, length, 3]`. */
  readonly location: Tensor;
  /** Index of the starting plane, int32 `[batch]`. */
  readonly startingPlane: Tensor;
  /** Index of the class, int32 `[batch]`; -1 where it is not told. */
  readonly label: Tensor;
  /** Of the caption, where the model is told some: see `WordSetting`. */
  readonly words?: Tensor | undefined;
}

/**
 * The paper's model (arXiv 2406.19997 §4): logits `[batch, length, vocabulary]` of the token at each position from the
 * tokens before it. Each is described by one-hot token, one-hot m̃ of its image, location and one-hot class; one
 * bias-free matrix brings these numbers to the width of a causal GPT trunk. There is no position table: the location
 * stands in its place. The paper draws the first token by other means; here it is predicted as well, from a start vector
 * that holds m̃ and class alone, so that a likelihood counts every token. Captions are not in the paper as it was run: their
 * vector is added at every position, as the paper proposes for the vectors of CLIP.
 */
export function paperModel(p: Scope, x: PaperInputs, options: PaperOptions): Tensor {
  const { width, vocabulary, startingPlanes, classes, words } = options;
  const [batch, length] = x.tokens.shape as [number, number];
  const repeated = (oneHot: Tensor, depth: number) =>
    oneHot.reshape([batch, 1, depth]).expand([batch, length, depth]);
  const description = concat(
    [
      x.tokens.oneHot(vocabulary),
      repeated(x.startingPlane.oneHot(startingPlanes), startingPlanes),
      x.location,
      repeated(x.label.oneHot(classes), classes),
    ],
    -1,
  );
  const embedded = linear(p.in("description"), description, width, {
    role: "embedding",
    bias: false,
    initialize: fanIn(),
  });
  const told =
    words && x.words
      ? linear(p.in("caption"), wordVectors(p.in("words"), x.words, words), width, {
          ...{ role: "embedding", bias: false, initialize: fanIn() },
        }).reshape([batch, 1, width])
      : undefined;
  const { attend = () => causal({ chunk: paperChunk }) } = options;
  return linear(
    p.in("head"),
    trunk(p, told ? embedded.add(told) : embedded, { ...options, attend }),
    vocabulary,
    {
      role: "head",
    },
  );
}

/** Queries per chunk of attention: streams are a thousand tokens and more, so that most of the square is left out. */
const paperChunk = 128;
