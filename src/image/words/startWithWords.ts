import type { Random } from "../../data/random/random.ts";
import { pieceTable, tableScale } from "../../nn/layers/wordEncoder.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { initialize } from "../../train/trainer.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { TrainingImages } from "../model.ts";
import { fitMeans, fitPieceVectors, fitVectorMatrix } from "./pieceVectors.ts";
import type { WordSetting } from "./wordSetting.ts";

/** The start of a model that is told words: what these say is fitted to the training images, the rest is random. */
export function startWithWords(
  layout: ParameterLayout,
  random: Random,
  training: TrainingImages,
  {
    language,
    classes,
    words,
  }: { readonly language: ImageLanguage; readonly classes: number; readonly words: WordSetting },
): Float32Array {
  const parameters = initialize(layout, random.fork("start"));
  /** Sets a parameter, if the model has it. */
  const set = (name: string, values: () => Float32Array) => {
    const found = layout.parameters.find((parameter) => parameter.name === name);
    if (found) parameters.set(values(), found.offset);
  };
  // The names that `wordVectors` and `guessedCoefficients` give them in every built-in model.
  if (words.kind === "pieces") {
    const fitted = () => fitPieceVectors(training, language, words.pieces);
    set(`words.${pieceTable}`, () => fitted().map((x) => tableScale * x));
  } else set("words.guess.weight", () => fitVectorMatrix(training, language, words.length));
  const relative = once(() => fitMeans(training, language, classes));
  set("words.means", () => relative().means);
  set("words.deviations", () => relative().deviations);
  return parameters;
}

/** Computes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
