import { input, type Tensor } from "../../graph/index.ts";
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

/** The vectors of texts, `[texts, numbers]`, of their words; zeros where nothing is said. */
export const wordVectors = (p: Scope, words: Tensor, setting: WordSetting): Tensor =>
  setting.kind === "pieces" ? wordEncoder(p, words, setting) : words;
