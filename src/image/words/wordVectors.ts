import { input, type Tensor } from "../../graph/index.ts";
import { fanIn } from "../../nn/initializers.ts";
import { linear } from "../../nn/layers/layers.ts";
import { wordEncoder } from "../../nn/layers/wordEncoder.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { WordSetting, Words } from "./wordSetting.ts";

/** The words of texts, `[texts, length]`, with 0 behind the last of a text. */
export type WordArray = Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Room for the words of some texts. */
export const wordArray = (texts: number, { kind, length }: WordSetting): WordArray =>
  kind === "pieces" ? new Int32Array(texts * length) : new Float32Array(texts * length);

/** Writes the words of one text into row `row`. */
export function writeWords(
  out: WordArray,
  row: number,
  words: Words,
  { length }: WordSetting,
): void {
  out.fill(0, row * length, (row + 1) * length);
  out.set(words, row * length);
}

/** The graph input for the words of some texts. */
export const wordInput = (name: string, texts: number, { kind, length }: WordSetting): Tensor =>
  input(name, [texts, length], kind === "pieces" ? "int32" : "float32");

/**
 * What words say, `[texts, width]`: a guess of the coarse coefficients of a picture, as they differ from the mean of its class;
 * zeros where nothing is said. Pieces are fitted to be that before the training begins, and vectors are brought to it by a matrix.
 */
export const wordVectors = (
  p: Scope,
  words: Tensor,
  setting: WordSetting,
  width: number,
): Tensor =>
  setting.kind === "pieces"
    ? wordEncoder(p, words, { pieces: setting.pieces, width })
    : linear(p.in("guess"), words, width, { role: "embedding", bias: false, initialize: fanIn() });
