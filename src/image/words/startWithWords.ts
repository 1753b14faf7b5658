import type { Random } from "../../data/random/random.ts";
import { pieceTable, tableScale } from "../../nn/layers/wordEncoder.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { initialize } from "../../train/trainer.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { TrainingImages } from "../model.ts";
import { fitPieceVectors } from "./pieceVectors.ts";

/** The table of word vectors in every built-in model: its name among the parameters. */
const table = `words.${pieceTable}`;

/** The start of a model that is told words: its word vectors are fitted to the training images, the rest is random. */
export function startWithWords(
  layout: ParameterLayout,
  random: Random,
  training: TrainingImages,
  { language, pieces }: { readonly language: ImageLanguage; readonly pieces: number },
): Float32Array {
  const parameters = initialize(layout, random.fork("start"));
  const found = layout.parameters.find(({ name }) => name === table);
  if (found) {
    const vectors = fitPieceVectors(training, language, pieces);
    parameters.set(
      vectors.map((x) => tableScale * x),
      found.offset,
    );
  }
  return parameters;
}
