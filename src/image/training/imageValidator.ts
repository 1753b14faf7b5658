import { someOf } from "../../data/images/imagesAt.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Validator } from "../../train/trainable.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";
import type { ImageModel } from "../model.ts";
import { captionReader } from "../words/captionWords.ts";
import { scoredImages, type Telling } from "./trainingSet.ts";

/** Images of a validation: as many as have so many samples in all, within bounds. */
const size = { most: 200, fewest: 12, samples: 200 * 32 * 32 };

/** Mean bits of some images, spread evenly over those given, told their captions where `words` says how to read them. */
export async function imageValidator(
  images: LoadedImages,
  model: ImageModel,
  language: ImageLanguage,
  { words, vectors, ...options }: CompileOptions & Pick<Telling, "words" | "vectors">,
): Promise<Validator> {
  const reader = words && captionReader(words, vectors);
  const { channels } = language.tokens.geometry;
  const fair = Math.round(size.samples / (language.width * language.height * channels));
  const limit = Math.min(size.most, Math.max(size.fewest, fair));
  const tiles = scoredImages(someOf(images, limit), language);
  const examples = spreadEvenly(tiles.length, limit).map((i) => {
    const { raster, label, caption } = tiles[i]!;
    return { coefficients: analyze(raster, language), label, words: reader?.read(caption) };
  });
  return {
    async score(parameters) {
      await using scorer = await model.scorer(parameters, options);
      const bits = await scorer.bits(examples);
      return { bitsPerImage: bits.reduce((sum, b) => sum + b, 0) / bits.length };
    },
    async [Symbol.asyncDispose]() {},
  };
}
