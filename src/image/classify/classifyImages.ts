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
  /** The most likely class of each picture. */
  classesOf(
    parameters: Float32Array<ArrayBuffer>,
    rasters: readonly Raster[],
    options?: Pick<ClassifyOptions, "signal" | "onProgress">,
  ): Promise<Uint16Array>;
}

/** Pictures that go through the network at a time. */
const together = 100;

/** Compiles a classifier for use. */
export async function openClassifying(
  { size, layout }: BuiltImageClassifier,
  options: CompileOptions = {},
): Promise<Classifying> {
  const { logits } = imageClassifier(bindInputs(layout).scope, picturesInput(together, size), size);
  const executable = await compile({ best: logits.argMax(-1) }, options);
  const length = size.colors * size.width * size.height;
  const pictures = new Float32Array(together * length);
  return {
    async classesOf(parameters, rasters, { signal, onProgress } = {}) {
      const found = new Uint16Array(rasters.length);
      const known = feedsOf(layout, parameters);
      for (let first = 0; first < rasters.length; first += together) {
        signal?.throwIfAborted();
        const some = rasters.slice(first, first + together);
        some.forEach((raster, i) => {
          writePlanes(raster, pictures.subarray(i * length, (i + 1) * length));
        });
        const { best } = await executable.run({ ...known, pictures });
        some.forEach((_, i) => {
          found[first + i] = Number(best[i]);
        });
        onProgress?.(first + some.length);
      }
      return found;
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/**
 * The most likely class of each picture, as an index into the run's `classNames`. Throws UserError where a picture has not
 * the run's size and colors.
 */
export async function classifyImages(
  run: ImageClassifierRun,
  rasters: readonly Raster[],
  { signal, onProgress, ...options }: ClassifyOptions = {},
): Promise<Uint16Array> {
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
  return await classifying.classesOf(run.parameters, rasters, {
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
