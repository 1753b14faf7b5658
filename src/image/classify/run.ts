import type { ImageForm, LoadedImages } from "../../data/images/loadedImages.ts";
import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import type { Plan } from "../../train/plan.ts";
import { integer, list, number, object, oneOf, text } from "../../train/run/checks.ts";
import { configCheck, type RunKind, type TrainedConfig } from "../../train/run/config.ts";
import { openRun, type RunStore, readConfig } from "../../train/run/runStore.ts";
import { commonSize } from "../training/trainingSet.ts";
import type { Augmentation } from "./augment.ts";
import { type ImageClassifierSize, imageClassifierLayout } from "./network.ts";

/** How a classifier of images is made and trained. */
export interface ImageClassifierOptions extends Augmentation {
  /** Channels of the first stage; each further stage has twice as many. A multiple of 8. */
  readonly channels: number;
  /** Residual blocks of each stage. */
  readonly blocks: number;
  /** Pictures of a step. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly peak: number;
}

/** The options of a new classifier, where none are given; `shift` is a fourteenth of the shorter side. */
export const imageClassifierDefaults: Omit<ImageClassifierOptions, "shift"> = {
  ...{ channels: 16, blocks: 1, batch: 128, peak: 0.02, flip: false },
};

/** `config.json` of a run of a classifier of images: everything it is made from, resolved. */
export interface ImageClassifierConfig extends TrainedConfig {
  readonly kind: "image-classifier";
  readonly format: 1;
  readonly options: ImageClassifierOptions;
  readonly color: "gray" | "rgb";
  /** Size of the pictures, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether pictures of other sizes are scaled to cover that size, in training and in use; else they are refused. */
  readonly resize: boolean;
  readonly classNames: readonly string[];
  /** Pictures trained on, for the record. */
  readonly data: { readonly path: string; readonly images: number };
}

/** The network that a configuration describes. */
export interface BuiltImageClassifier {
  readonly size: ImageClassifierSize;
  readonly layout: ParameterLayout;
}

/** A trained run: its network, with its parameters. */
export interface ImageClassifierRun extends BuiltImageClassifier {
  readonly config: ImageClassifierConfig;
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Steps that the parameters have been trained for. */
  readonly step: number;
}

/** Runs of classifiers of images. */
export const imageClassifierKind: RunKind<ImageClassifierConfig, BuiltImageClassifier> = {
  kind: "image-classifier",
  format: 1,
  check: configCheck("image-classifier", 1, {
    options: object({
      channels: integer({ min: 8 }),
      blocks: integer({ min: 0 }),
      batch: integer({ min: 1 }),
      peak: number({ min: 0, above: true }),
      shift: integer({ min: 0 }),
      flip: oneOf([true, false]),
    }),
    color: oneOf(["gray", "rgb"]),
    width: integer({ min: 1 }),
    height: integer({ min: 1 }),
    resize: oneOf([true, false]),
    classNames: list(text),
    data: object({ path: text, images: integer({ min: 1 }) }),
  }),
  build: buildImageClassifier,
};

/** The network of a configuration. */
export function buildImageClassifier({
  options: { channels, blocks },
  color,
  width,
  height,
  classNames,
}: Pick<
  ImageClassifierConfig,
  "options" | "color" | "width" | "height" | "classNames"
>): BuiltImageClassifier {
  const size: ImageClassifierSize = {
    ...{ channels, blocks, width, height, colors: color === "gray" ? 1 : 3 },
    classes: classNames.length,
  };
  return { size, layout: imageClassifierLayout(size) };
}

/** A new run, before its data have been looked at. */
export interface ImageClassifierRequest {
  readonly options?: Partial<ImageClassifierOptions>;
  readonly color: "gray" | "rgb";
  /** Whether the pictures were scaled to one size. */
  readonly resize: boolean;
  readonly seed: number;
  readonly path: string;
  readonly plan: Plan;
}

/**
 * The configuration of a new run on some pictures, for `trainRun` to write. Throws UserError where they differ in size, or
 * belong to one class.
 */
export function createImageClassifier(
  images: LoadedImages,
  { options = {}, color, resize, seed, path, plan }: ImageClassifierRequest,
): ImageClassifierConfig {
  const { classNames, rasters } = images;
  if (classNames.length < 2) {
    throw new UserError(`${path} holds pictures of one class, and there is nothing to tell apart`);
  }
  const { width, height } = commonSize(rasters, path);
  const shift = Math.round(Math.min(width, height) / 14);
  return {
    kind: "image-classifier",
    format: 1,
    options: { ...imageClassifierDefaults, shift, ...options },
    ...{ color, width, height },
    resize,
    classNames,
    seed,
    data: { path, images: rasters.length },
    plan,
  };
}

/** The form in which pictures are loaded for a run. */
export function imageClassifierForm({
  color,
  resize,
  width,
}: Pick<ImageClassifierConfig, "color" | "resize" | "width">): Pick<ImageForm, "color" | "size"> {
  return { color, ...(resize && { size: width }) };
}

/** Reads a run's configuration. Throws UserError where it is not a classifier of images, or a key is wrong. */
export const readImageClassifierConfig = (store: RunStore): Promise<ImageClassifierConfig> =>
  readConfig(imageClassifierKind, store);

/** Opens a trained run. Throws UserError where something is missing, damaged or of another model. */
export async function openImageClassifier(store: RunStore): Promise<ImageClassifierRun> {
  const { config, model, parameters, step } = await openRun(imageClassifierKind, store);
  return { config, ...model, parameters, step };
}
