import { input, type Tensor } from "../../graph/index.ts";
import { fanIn } from "../../nn/initializers.ts";
import { linear } from "../../nn/layers/layers.ts";
import { wordEncoder } from "../../nn/layers/wordEncoder.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { WordSetting, Words } from "./wordSetting.ts";

/** Numbers that are fed of each text. */
const fed = ({ length, width }: WordSetting): number => length + width;

/** Room for the words of some texts. */
export const wordArray = (texts: number, setting: WordSetting): Float32Array<ArrayBuffer> =>
  new Float32Array(texts * fed(setting));

/** Writes the words of one text into row `row`. */
export function writeWords(
  out: Float32Array,
  row: number,
  words: Words,
  setting: WordSetting,
): void {
  const length = fed(setting);
  out.fill(0, row * length, (row + 1) * length);
  out.set(words, row * length);
}

/** The graph input for the words of some texts. */
export const wordInput = (name: string, texts: number, setting: WordSetting): Tensor =>
  input(name, [texts, fed(setting)]);

/**
 * What words say, `[texts, width]`: a guess of the coarse coefficients of a picture, as they differ from the mean of its class;
 * zeros where nothing is said. Pieces are fitted to be that before the training begins, and so is the matrix that brings vectors
 * to it.
 */
export function wordVectors(p: Scope, words: Tensor, setting: WordSetting): Tensor {
  const { length, width } = setting;
  const said = words.slice(1, 0, length);
  const guess =
    setting.kind === "pieces"
      ? wordEncoder(p, said.cast("int32"), { pieces: setting.pieces, width })
      : linear(p.in("guess"), said, width, {
          ...{ role: "kernel", bias: false, initialize: fanIn() }, // does not decay from what it is fitted to
        });
  return guess.add(words.slice(1, length, length + width));
}
