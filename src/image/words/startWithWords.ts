import type { Random } from "../../data/random/random.ts";
import { pieceTable, tableScale } from "../../nn/layers/wordEncoder.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { initialize } from "../../train/trainer.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { TrainingImages } from "../model.ts";
import { fitPieceVectors, fitVectorMatrix } from "./pieceVectors.ts";
import type { WordSetting } from "./wordSetting.ts";

/** The start of a model that is told words: what these say is fitted to the training images, the rest is random. */
export function startWithWords(
  layout: ParameterLayout,
  random: Random,
  training: TrainingImages,
  { language, words }: { readonly language: ImageLanguage; readonly words: WordSetting },
): Float32Array {
  const parameters = initialize(layout, random.fork("start"));
  // The names that `wordVectors` gives them in every built-in model.
  const name = words.kind === "pieces" ? `words.${pieceTable}` : "words.guess.weight";
  const found = layout.parameters.find((parameter) => parameter.name === name);
  if (found) {
    const fitted =
      words.kind === "pieces"
        ? fitPieceVectors(training, language, words.pieces).map((x) => tableScale * x)
        : fitVectorMatrix(training, language, words.length);
    parameters.set(fitted, found.offset);
  }
  return parameters;
}
