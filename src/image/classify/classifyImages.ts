import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { bindInputs, feedsOf } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/compile.ts";
import { inClasses } from "../training/trainingSet.ts";
import { writePlanes } from "./augment.ts";
import { imageClassifier, picturesInput } from "./network.ts";
import type { BuiltImageClassifier, ImageClassifierRun } from "./run.ts";

export interface ClassifyOptions extends CompileOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of pictures done. */
  readonly onProgress?: (done: number) => void;
}

/** Tells the classes of pictures. */
export interface Classifying extends AsyncDisposable {
  /** The logit of each class for each picture, `[pictures, classes]`. */
  logitsOf(
    parameters: Float32Array<ArrayBuffer>,
    rasters: readonly Raster[],
    options?: Pick<ClassifyOptions, "signal" | "onProgress">,
  ): Promise<Float32Array>;
}

/** Pictures that go through the network at a time. */
const together = 100;

/** Compiles a classifier for use. */
export async function openClassifying(
  { size, layout }: BuiltImageClassifier,
  options: CompileOptions = {},
): Promise<Classifying> {
  const { logits } = imageClassifier(bindInputs(layout).scope, picturesInput(together, size), size);
  const executable = await compile({ logits }, options);
  const length = size.colors * size.width * size.height;
  const pictures = new Float32Array(together * length);
  return {
    async logitsOf(parameters, rasters, { signal, onProgress } = {}) {
      const all = new Float32Array(rasters.length * size.classes);
      const known = feedsOf(layout, parameters);
      for (let first = 0; first < rasters.length; first += together) {
        signal?.throwIfAborted();
        const some = rasters.slice(first, first + together);
        some.forEach((raster, i) => {
          writePlanes(raster, pictures.subarray(i * length, (i + 1) * length));
        });
        const found = await executable.run({ ...known, pictures });
        const rows = all.subarray(first * size.classes, (first + some.length) * size.classes);
        rows.forEach((_, i) => {
          rows[i] = Number(found.logits[i]);
        });
        onProgress?.(first + some.length);
      }
      return all;
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/** The most likely class of each row of logits, `[rows, classes]`; the first of equal ones. */
export function likeliestClasses(logits: Float32Array, classes: number): Uint16Array {
  return Uint16Array.from({ length: logits.length / classes }, (_, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    return row.reduce((best, logit, at) => (logit > row[best]! ? at : best), 0); // best is a class
  });
}

/**
 * The most likely class of each picture, as an index into the run's `classNames`. Throws UserError where a picture has not
 * the run's size and colors.
 */
export const classifyImages = async (
  run: ImageClassifierRun,
  rasters: readonly Raster[],
  options: ClassifyOptions = {},
): Promise<Uint16Array> =>
  likeliestClasses(await imageLogits(run, rasters, options), run.size.classes);

/**
 * The probability of each of the run's classes for each picture, `[pictures, classes]`. Throws UserError where a picture has not
 * the run's size and colors.
 */
export async function classChances(
  run: ImageClassifierRun,
  rasters: readonly Raster[],
  options: ClassifyOptions = {},
): Promise<Float32Array> {
  const chances = await imageLogits(run, rasters, options);
  const { classes } = run.size;
  for (let first = 0; first < chances.length; first += classes) {
    const row = chances.subarray(first, first + classes);
    const top = row.reduce((a, b) => Math.max(a, b));
    const sum = row.reduce((total, logit) => total + Math.exp(logit - top), 0);
    row.forEach((logit, i) => {
      row[i] = Math.exp(logit - top) / sum;
    });
  }
  return chances;
}

async function imageLogits(
  run: ImageClassifierRun,
  rasters: readonly Raster[],
  { signal, onProgress, ...options }: ClassifyOptions,
): Promise<Float32Array> {
  const { width, height, colors } = run.size;
  const odd = rasters.find(
    (r) => r.width !== width || r.height !== height || r.channels !== colors,
  );
  if (odd) {
    throw new UserError(
      `a picture has ${odd.width}×${odd.height} pixels, and the classifier reads ${width}×${height}`,
      "sizes-differ",
    );
  }
  await using classifying = await openClassifying(run, options);
  return await classifying.logitsOf(run.parameters, rasters, {
    signal,
    ...(onProgress && { onProgress }),
  });
}

/** How many of some pictures were recognized as what they are; a type, so that it is plain JSON. */
export type Recognized = {
  readonly images: number;
  readonly recognized: number;
  /** Recognized over images. */
  readonly share: number;
};

/** The share of labeled pictures that a classifier recognizes, in all and in each class that has any. */
export type Recognition = Recognized & { readonly classes: Readonly<Record<string, Recognized>> };

/**
 * Tells how many of labeled pictures a classifier takes for what their label says. Classes are told by name: pictures need
 * not have all of the run's. Throws UserError where they have one that the run does not know.
 */
export async function recognition(
  run: ImageClassifierRun,
  images: LoadedImages,
  options: ClassifyOptions = {},
): Promise<Recognition> {
  const { classNames } = run.config;
  const { rasters, labels } = inClasses(images, classNames);
  const found = await classifyImages(run, rasters, options);
  const count = (indices: readonly number[]): Recognized => {
    const recognized = indices.filter((i) => found[i] === labels[i]).length;
    return { images: indices.length, recognized, share: recognized / indices.length };
  };
  const all = [...rasters.keys()];
  const classes = classNames
    .map((name, label) => [name, all.filter((i) => labels[i] === label)] as const)
    .filter(([, indices]) => indices.length > 0)
    .map(([name, indices]) => [name, count(indices)] as const);
  return { ...count(all), classes: Object.fromEntries(classes) };
}
