import { encodeTokens } from "../codec/encode.ts";
import type { ContextCoder } from "../codec/entropy/contextCoder.ts";
import type { LoadedImages } from "../data/images/loadedImages.ts";
import type { CompileOptions } from "../runtime/compile.ts";
import { analyze } from "./language/language.ts";
import { startingPlaneBits } from "./language/startingPlanes.ts";
import { imagePsnr } from "./psnr.ts";
import type { ImageRun } from "./run.ts";
import { inClasses, scoredImages } from "./training/trainingSet.ts";
import { captionReader } from "./words/captionWords.ts";
import { vectorsOfTexts } from "./words/prompts.ts";
import { isRecognized, rivalsOf } from "./words/recognition.ts";

/** How well a model predicts images; a type, not an interface, so that it is plain JSON. */
export type Evaluation = {
  readonly images: number;
  /** Mean of -log2 p of the whole stream, starting plane included, given the class, and the caption where the run reads some. */
  readonly bitsPerImage: number;
  readonly bitsPerPixel: number;
  /** Per pixel and channel: where the language is lossless, the figure of the literature. */
  readonly bitsPerDim: number;
  /** dB: what decoded streams lose against the originals, mean over the images that are not exact; null if all are. */
  readonly psnr: number | null;
  readonly tokensPerImage: number;
  /** Of the static coder on the same streams, where there is one. */
  readonly staticCoder?: { readonly bitsPerImage: number; readonly bitsPerDim: number };
  readonly tokensPerSecond: number;
  /** Of a run that reads captions, on images that have some. */
  readonly words?: {
    /** As `bitsPerImage`, when the model is told no captions. */
    readonly bitsWithout: number;
    /** Share of the images with a caption that are likelier under it than under each of up to nine others, by hash. */
    readonly recognized: number;
    /** Images with a caption. */
    readonly captioned: number;
  };
};

export interface EvaluateOptions extends CompileOptions {
  /** A static coder to compare with: see `readStaticCoder`. */
  readonly staticCoder?: ContextCoder;
  readonly signal?: AbortSignal;
  readonly onProgress?: (images: number, total: number) => void;
}

/** Images that are scored at a time. */
const chunk = 32;

/** Scores images (squares of larger ones) under a run's model, and a static coder; all of them, or throws. */
export async function evaluate(
  run: ImageRun,
  images: LoadedImages,
  { staticCoder, signal, onProgress, ...options }: EvaluateOptions = {},
): Promise<Evaluation> {
  const { config, language, model, parameters } = run;
  const scored = scoredImages(inClasses(images, config.classNames), language);
  await using scorer = await model.scorer(parameters, options);
  const captions = scored.map(({ caption }) => caption);
  const reader =
    config.words &&
    images.captions &&
    captionReader(config.words, await vectorsOfTexts(run, captions));
  const sum = { bits: 0, static: 0, psnr: 0, exact: 0, tokens: 0, seconds: 0 };
  const words = { saved: 0, recognized: 0, captioned: 0 };
  let done = 0;
  for (let first = 0; first < scored.length; first += chunk) {
    signal?.throwIfAborted();
    const some = scored.slice(first, first + chunk);
    const examples = some.map(({ raster, label, caption }) => ({
      coefficients: analyze(raster, language),
      label,
      words: reader?.read(caption),
    }));
    const begun = performance.now();
    const own = await scorer.bits(examples);
    sum.seconds += (performance.now() - begun) / 1000;
    for (const bits of own) sum.bits += bits;
    if (reader) {
      const silent = await scorer.bits(examples.map((example) => ({ ...example, words: [] })));
      for (const [k, example] of examples.entries()) {
        signal?.throwIfAborted();
        const [bits, { caption, label }] = [own[k]!, some[k]!]; // as many as examples
        words.saved += silent[k]! - bits;
        if (caption === "") continue;
        const rivals = rivalsOf(caption, captions, `${config.classNames[label]}/${caption}`);
        words.captioned++;
        if (await isRecognized(scorer, example, bits, rivals, reader)) words.recognized++;
      }
    }
    for (const [k, { coefficients, label }] of examples.entries()) {
      const encoding = encodeTokens(coefficients, language.tokens);
      const plane = startingPlaneBits(config.startingPlanes, label, encoding.startingPlane);
      sum.bits += plane;
      if (staticCoder) sum.static += plane + staticCoder.bits(encoding, language.tokens);
      sum.tokens += encoding.tokens.length;
      const psnr = imagePsnr(some[k]!.raster, encoding.approximation, language); // k < length
      if (psnr === Infinity) sum.exact++;
      else sum.psnr += psnr;
    }
    done += some.length;
    onProgress?.(done, scored.length);
  }
  const pixels = language.width * language.height;
  const dimensions = pixels * language.tokens.geometry.channels;
  const perImage = sum.static / done;
  return {
    images: done,
    bitsPerImage: sum.bits / done,
    bitsPerPixel: sum.bits / done / pixels,
    bitsPerDim: sum.bits / done / dimensions,
    psnr: sum.exact === done ? null : sum.psnr / (done - sum.exact),
    tokensPerImage: sum.tokens / done,
    ...(staticCoder && {
      staticCoder: { bitsPerImage: perImage, bitsPerDim: perImage / dimensions },
    }),
    tokensPerSecond: sum.tokens / sum.seconds,
    ...(words.captioned > 0 && {
      words: {
        bitsWithout: (sum.bits + words.saved) / done,
        recognized: words.recognized / words.captioned,
        captioned: words.captioned,
      },
    }),
  };
}
