import { encodeTokens } from "../codec/encode.ts";
import type { ContextCoder } from "../codec/entropy/contextCoder.ts";
import type { LoadedImages } from "../data/images/loadImages.ts";
import type { CompileOptions } from "../runtime/index.ts";
import { analyze } from "./language/language.ts";
import { startingPlaneBits } from "./language/startingPlanes.ts";
import { imagePsnr } from "./psnr.ts";
import type { ImageRun } from "./run.ts";
import { inClasses, scoredImages } from "./training/trainingSet.ts";

/** How well a model predicts images; a type, not an interface, so that it is plain JSON. */
export type Evaluation = {
  readonly images: number;
  /** Mean of -log2 p of the whole stream, starting plane included, given the class. */
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
  { config, language, model, parameters }: ImageRun,
  images: LoadedImages,
  { staticCoder, signal, onProgress, ...options }: EvaluateOptions = {},
): Promise<Evaluation> {
  const scored = scoredImages(inClasses(images, config.classNames), language);
  await using scorer = await model.scorer(parameters, options);
  const sum = { bits: 0, static: 0, psnr: 0, exact: 0, tokens: 0, seconds: 0 };
  let done = 0;
  for (let first = 0; first < scored.length; first += chunk) {
    signal?.throwIfAborted();
    const some = scored.slice(first, first + chunk);
    const examples = some.map(({ raster, label }) => ({
      coefficients: analyze(raster, language),
      label,
    }));
    const begun = performance.now();
    for (const bits of await scorer.bits(examples)) sum.bits += bits;
    sum.seconds += (performance.now() - begun) / 1000;
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
  };
}
