import type { ImageLanguage } from "../language/language.ts";
import type { TrainingImages } from "../model.ts";
import type { ImageConfig } from "../run.ts";
import type { TextVectors } from "../words/captionVectors.ts";
import { wordSetting } from "../words/captionWords.ts";
import { takenBack } from "../words/pieceVectors.ts";
import { type CaptionedImages, trainingImages } from "./trainingSet.ts";

/** The images of a training, told as the configuration says, with guesses that do not know the image itself. */
export function toldImages(
  images: CaptionedImages,
  language: ImageLanguage,
  { words, ...config }: Pick<ImageConfig, "words" | "classDropout" | "textDropout">,
  vectors?: TextVectors,
): TrainingImages {
  if (!words) return trainingImages(images, language, config);
  const setting = wordSetting(words, language);
  const telling = { ...config, words, vectors };
  if (setting.kind !== "pieces") return trainingImages(images, language, telling);
  const plain = trainingImages(images, language, { words, finer: false });
  return trainingImages(images, language, {
    ...telling,
    takenBack: takenBack(plain, images.rasters.length, language, setting.pieces),
  });
}
