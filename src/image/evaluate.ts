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
  /** Of the model, in one process. */
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

/** What scoring found of some images, in their order: plain data. Lists have an entry for each image. */
export interface ScoredImages {
  /** -log2 p of the tokens after the starting plane. */
  readonly bits: readonly number[];
  /** Of the starting plane. */
  readonly planeBits: readonly number[];
  /** Of the tokens, by the static coder; none where there is no such coder. */
  readonly staticBits: readonly number[] | undefined;
  readonly tokens: readonly number[];
  /** dB; Infinity where an image comes back exactly. */
  readonly psnr: readonly number[];
  /** Of a run that reads captions, on images that have some: `bits` without them, and whether an image is told from its rivals. */
  readonly words:
    | { readonly bits: readonly number[]; readonly recognized: readonly (boolean | undefined)[] }
    | undefined;
  /** Seconds of the model alone. */
  readonly seconds: number;
}

/** Images that are ready to be scored. */
export interface Scoring extends AsyncDisposable {
  /** All images: squares of larger ones. */
  readonly images: number;
  /** Images that the model scores together: bits may depend on it in their last digits. */
  readonly together: number;
  /** Scores the images from `first` to before `end`, of which there are at most `together`. */
  score(first: number, end: number): Promise<ScoredImages>;
}

export interface ScoringOptions extends CompileOptions {
  /** A static coder to compare with: see `readStaticCoder`. */
  readonly staticCoder?: ContextCoder;
  readonly signal?: AbortSignal;
}

/** Prepares images (squares of larger ones) for scoring under a run's model and a static coder. The model is made at the first score. */
export function openScoring(
  run: ImageRun,
  images: LoadedImages,
  { staticCoder, signal, ...options }: ScoringOptions = {},
): Scoring {
  const { config, language, model, parameters } = run;
  const scored = scoredImages(inClasses(images, config.classNames), language);
  const captions = scored.map(({ caption }) => caption);
  const open = async () => ({
    scorer: await model.scorer(parameters, options),
    reader:
      config.words && images.captions
        ? captionReader(config.words, await vectorsOfTexts(run, captions))
        : undefined,
  });
  let opened: ReturnType<typeof open> | undefined;

  return {
    images: scored.length,
    together: 32,
    async score(first, end) {
      signal?.throwIfAborted();
      opened ??= open();
      const { scorer, reader } = await opened;
      const some = scored.slice(first, end);
      const examples = some.map(({ raster, label, caption }) => ({
        coefficients: analyze(raster, language),
        label,
        words: reader?.read(caption),
      }));
      const begun = performance.now();
      const bits = [...(await scorer.bits(examples))];
      const seconds = (performance.now() - begun) / 1000;
      const silent = reader
        ? [...(await scorer.bits(examples.map((example) => ({ ...example, words: [] }))))]
        : [];
      const recognized: (boolean | undefined)[] = [];
      for (const [k, example] of reader ? examples.entries() : []) {
        signal?.throwIfAborted();
        const { caption, label } = some[k]!; // as many as examples
        const rivals = rivalsOf(caption, captions, `${config.classNames[label]}/${caption}`);
        recognized.push(
          caption === ""
            ? undefined
            : await isRecognized(scorer, example, bits[k]!, rivals, reader!), // there is one here
        );
      }
      const encodings = examples.map(({ coefficients }) =>
        encodeTokens(coefficients, language.tokens),
      );
      return {
        bits,
        planeBits: encodings.map(({ startingPlane }, k) =>
          startingPlaneBits(config.startingPlanes, examples[k]!.label, startingPlane),
        ),
        staticBits:
          staticCoder && encodings.map((encoding) => staticCoder.bits(encoding, language.tokens)),
        tokens: encodings.map(({ tokens }) => tokens.length),
        psnr: encodings.map(({ approximation }, k) =>
          imagePsnr(some[k]!.raster, approximation, language),
        ),
        words: reader && { bits: silent, recognized },
        seconds,
      };
    },
    async [Symbol.asyncDispose]() {
      await (await opened?.catch(() => undefined))?.scorer[Symbol.asyncDispose]();
    },
  };
}

/** The evaluation of images that were scored some at a time, in their order. */
export async function evaluationOf(
  { language }: Pick<ImageRun, "language">,
  parts: AsyncIterable<ScoredImages>,
): Promise<Evaluation> {
  const sum = { images: 0, bits: 0, static: 0, psnr: 0, exact: 0, tokens: 0, seconds: 0 };
  const words = { saved: 0, recognized: 0, captioned: 0 };
  let hasStatic = false;
  for await (const { bits, planeBits, staticBits, tokens, psnr, ...part } of parts) {
    sum.images += bits.length;
    sum.seconds += part.seconds;
    for (const own of bits) sum.bits += own;
    for (const [k, silent] of part.words?.bits.entries() ?? []) words.saved += silent - bits[k]!;
    for (const recognized of part.words?.recognized ?? []) {
      if (recognized !== undefined) words.captioned++;
      if (recognized) words.recognized++;
    }
    for (const [k, plane] of planeBits.entries()) {
      sum.bits += plane;
      if (staticBits) sum.static += plane + staticBits[k]!;
      sum.tokens += tokens[k]!;
      if (psnr[k] === Infinity) sum.exact++;
      else sum.psnr += psnr[k]!;
    }
    hasStatic ||= staticBits !== undefined;
  }
  const { images } = sum;
  const pixels = language.width * language.height;
  const dimensions = pixels * language.tokens.geometry.channels;
  const perImage = sum.static / images;
  return {
    images,
    bitsPerImage: sum.bits / images,
    bitsPerPixel: sum.bits / images / pixels,
    bitsPerDim: sum.bits / images / dimensions,
    psnr: sum.exact === images ? null : sum.psnr / (images - sum.exact),
    tokensPerImage: sum.tokens / images,
    ...(hasStatic && {
      staticCoder: { bitsPerImage: perImage, bitsPerDim: perImage / dimensions },
    }),
    tokensPerSecond: sum.tokens / sum.seconds,
    ...(words.captioned > 0 && {
      words: {
        bitsWithout: (sum.bits + words.saved) / images,
        recognized: words.recognized / words.captioned,
        captioned: words.captioned,
      },
    }),
  };
}

export interface EvaluateOptions extends ScoringOptions {
  readonly onProgress?: (images: number, total: number) => void;
}

/** Scores images (squares of larger ones) under a run's model, and a static coder; all of them, or throws. */
export async function evaluate(
  run: ImageRun,
  images: LoadedImages,
  { onProgress, ...options }: EvaluateOptions = {},
): Promise<Evaluation> {
  await using scoring = openScoring(run, images, options);
  const { images: total, together } = scoring;
  async function* parts(): AsyncGenerator<ScoredImages, void> {
    for (let first = 0; first < total; first += together) {
      const end = Math.min(total, first + together);
      yield await scoring.score(first, end);
      onProgress?.(end, total);
    }
  }
  return await evaluationOf(run, parts());
}
