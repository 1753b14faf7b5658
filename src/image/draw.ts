import { coefficientCount } from "../codec/index.ts";
import { contactSheet } from "../data/draw/contactSheet.ts";
import type { Raster } from "../data/images/raster.ts";
import { createRandom } from "../data/random/random.ts";
import { UserError } from "../errors/userError.ts";
import type { CompileOptions } from "../runtime/compile.ts";
import { synthesize } from "./language/language.ts";
import { drawStartingPlane } from "./language/startingPlanes.ts";
import { type Drawing, type DrawRequest, sideBySide } from "./model.ts";
import type { ImageRun } from "./run.ts";
import { checkSampling, type ImageSampling, isGuided } from "./sampling.ts";
import { type Prompt, promptVectors, promptWords } from "./words/prompts.ts";

/** What of a run is needed to draw from it. */
export type Drawable = Pick<
  ImageRun,
  "config" | "language" | "model" | "parameters" | "readVectors"
>;

/** What to draw. */
export interface DrawOptions extends ImageSampling, CompileOptions {
  /** Class of each image, in order. */
  readonly labels: readonly number[];
  /** What each image is to show, in the same order; of runs that were trained with captions. Nothing is said by default. */
  readonly prompts?: readonly (readonly Prompt[])[] | undefined;
  readonly seed: number;
  /** The number of the first image, from which its randomness comes: images can be drawn in lots. 0 by default. */
  readonly first?: number;
  readonly onProgress?: (tokens: number) => void;
}

/** An image that was drawn, with its tokens. */
export interface DrawnImage {
  readonly label: number;
  readonly drawing: Drawing;
  readonly raster: Raster;
}

/**
 * Draws an image of each label. The seed decides all of them, and each by itself. Throws UserError where a number of the
 * sampling is out of its range, where the run cannot follow a prompt, and `no-guidance` where guidance is asked of a run whose
 * model was always told the class and knows no captions.
 */
export async function drawImages(run: Drawable, options: DrawOptions): Promise<DrawnImage[]> {
  const images: DrawnImage[] = [];
  for await (const image of drawEach(run, options)) images.push(image);
  return images;
}

/** Draws the same images as `drawImages` and hands them over as they are done, so that memory does not grow with their number. */
export async function* drawEach(
  run: Drawable,
  { labels, prompts = [], seed, first = 0, ...options }: DrawOptions,
): AsyncGenerator<DrawnImage> {
  const random = createRandom(seed);
  const vectors = await promptVectors(run, prompts);
  function* requests(): Generator<DrawRequest> {
    for (const [i, label] of labels.entries()) {
      const own = random.fork(`image ${first + i}`);
      const startingPlane = drawStartingPlane(run.config.startingPlanes, label, own);
      const words = promptWords(prompts[i] ?? [], run.config, vectors);
      yield { label, startingPlane, random: own, words };
    }
  }
  yield* drawRequests(run, requests(), { ...options, together: imagesTogether(run) });
}

/** Coefficients of the images that are drawn together, about: 8 MB of numbers. */
const mostCoefficients = 2 ** 20;

/**
 * Images that `drawEach` draws together, as many as one call of a sampler is given: a place that is done takes up the next. In fewer
 * at a time more places would stay empty at the end.
 */
export const imagesTogether = ({ language }: Pick<Drawable, "language">): number =>
  Math.max(sideBySide, Math.floor(mostCoefficients / coefficientCount(language.tokens.geometry)));

/** How requested images are drawn. */
export interface RequestOptions extends Omit<DrawOptions, "labels" | "prompts" | "seed" | "first"> {
  /** How many requests are taken up, and drawings kept, at a time. */
  readonly together: number;
}

/** Draws the images that are requested, in order, some at a time; throws as `drawImages` does. */
export async function* drawRequests(
  { config, language, model, parameters }: Drawable,
  requests: Iterable<DrawRequest>,
  { onProgress, together, ...options }: RequestOptions,
): AsyncGenerator<DrawnImage> {
  checkSampling(options);
  if (isGuided(options) && !config.classDropout && !config.textDropout) {
    const why = config.classNames.length > 1 ? "was always told the class" : "has one class only";
    throw new UserError(
      `guidance compares images of a class with images of any, and this run ${why} in training`,
      "no-guidance",
    );
  }
  const sampler = model.sampler(parameters, options);
  let before = 0;
  for (const some of inParts(requests, together)) {
    const told = onProgress && ((tokens: number) => onProgress(before + tokens));
    const drawings = await sampler.draw(some, options, told);
    for (const [i, drawing] of drawings.entries()) {
      before += drawing.tokens.length;
      const { raster } = synthesize(drawing.approximation, language);
      yield { label: some[i]?.label ?? 0, drawing, raster };
    }
  }
}

/** What is iterated over in arrays of `length`; the last may be shorter. */
function* inParts<T>(all: Iterable<T>, length: number): Generator<T[]> {
  let part: T[] = [];
  for (const one of all) {
    part.push(one);
    if (part.length < length) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

export interface SheetRequest extends Omit<DrawOptions, "labels" | "prompts"> {
  readonly perClass: number;
}

/** Most rows of a sheet: of data sets with more classes the first are shown. */
const mostRows = 20;

/** A sheet with a row of samples for each class. */
export async function sampleSheet(
  run: Drawable,
  { perClass, ...options }: SheetRequest,
): Promise<{ readonly sheet: Raster; readonly images: DrawnImage[] }> {
  const names = run.config.classNames.slice(0, mostRows);
  const labels = names.flatMap((_, label) => new Array<number>(perClass).fill(label));
  const images = await drawImages(run, { ...options, labels });
  return { sheet: sheetOf(images, run.config.classNames, perClass), images };
}

/**
 * Images in rows of `columns`; rows are named by `rowNames`, or for the class of their first image, if there are classes.
 */
export function sheetOf(
  images: readonly DrawnImage[],
  classNames: readonly string[],
  columns: number,
  rowNames?: readonly string[],
): Raster {
  const rows = images.filter((_, i) => i % columns === 0);
  const ofClasses =
    classNames.length > 1 ? rows.map(({ label }) => classNames[label] ?? "") : undefined;
  const rowLabels = rowNames ?? ofClasses;
  const side = Math.max(...images.map(({ raster }) => Math.max(raster.width, raster.height)));
  return contactSheet(
    images.map(({ raster }) => raster),
    {
      columns,
      magnify: Math.max(1, Math.round(72 / side)),
      ...(rowLabels && { rowLabels }),
    },
  );
}
