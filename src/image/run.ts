import type { ImageForm } from "../data/images/loadedImages.ts";
import {
  type Check,
  CheckError,
  integer,
  like,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
} from "../train/run/checks.ts";
import { configCheck, type RunKind, type TrainedConfig } from "../train/run/config.ts";
import { openRun, type RunStore, readConfig, runNames } from "../train/run/runStore.ts";
import {
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
} from "./language/language.ts";
import { languageCheck, planesCheck } from "./language/languageCheck.ts";
import { highestPlane, type StartingPlaneCounts } from "./language/startingPlanes.ts";
import type { ImageModel } from "./model.ts";
import {
  buildModel,
  type ModelChoice,
  type ModelTable,
  models,
  type OwnModelChoice,
} from "./models.ts";
import type { CaptionVectors, ReadVectors } from "./words/captionVectors.ts";
import { type CaptionPieces, type CaptionWords, wordSetting } from "./words/captionWords.ts";

/** `config.json` of an image run: everything it is made from, resolved. */
export interface ImageConfig extends TrainedConfig {
  readonly kind: "image";
  readonly format: 2;
  readonly model: ModelChoice | OwnModelChoice;
  readonly language: ImageLanguageOptions;
  /** Size of the images, in pixels. */
  readonly width: number;
  readonly height: number;
  /** How larger images are brought to that size. */
  readonly fit: "resize" | "crop";
  readonly classNames: readonly string[];
  readonly startingPlanes: StartingPlaneCounts;
  /** Share of the training images of which nothing is told to the model, neither class nor words; none where it is left out. */
  readonly classDropout?: number;
  /** Share of the training images of which the class alone is told, of models that are told words; none where it is left out. */
  readonly textDropout?: number;
  /** How captions are read, of models that are told them. */
  readonly words?: CaptionWords | undefined;
  /** Images trained on, for the record. */
  readonly data: { readonly path: string; readonly images: number };
}

/** The configuration of a run of a built-in model. */
export interface BuiltInImageConfig extends ImageConfig {
  readonly model: ModelChoice;
}

/** The language and the model that a configuration describes. */
export interface BuiltImageModel {
  readonly language: ImageLanguage;
  readonly model: ImageModel;
}

/** A trained run: its model, with its parameters. */
export interface ImageRun extends BuiltImageModel {
  readonly config: ImageConfig;
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Steps that the parameters have been trained for. */
  readonly step: number;
  /** Makes vectors of texts, of runs that read such. */
  readonly readVectors?: ReadVectors;
}

/** Names of the files of a run, whatever keeps them. */
export const imageNames = {
  ...runNames,
  /** Counts of the static coder, fitted on the training images. */
  staticCoder: "static-coder.json",
  /** How images are best drawn, where that was measured. */
  sampling: "sampling.json",
} as const;

/** Runs of image models; `own` holds models that are not built in. */
export const imageKind = (
  own: ModelTable = {},
): RunKind<ImageConfig, BuiltImageModel & { readonly layout: ImageModel["layout"] }> => ({
  kind: "image",
  format: 2,
  check: configCheck("image", 2, {
    model: modelCheck(own),
    language: languageCheck,
    width: integer({ min: 1 }),
    height: integer({ min: 1 }),
    fit: oneOf(["resize", "crop"]),
    classNames: list(text),
    startingPlanes: list(planesCheck),
    classDropout: optional(number({ min: 0, max: 1 })),
    textDropout: optional(number({ min: 0, max: 1 })),
    words: optional(wordsCheck),
    data: object({ path: text, images: integer({ min: 1 }) }),
  }),
  build(config) {
    const built = buildRun(config, own);
    return { ...built, layout: built.model.layout };
  },
});

/** The options of a model must be of the form of its defaults. */
const modelCheck =
  (own: ModelTable): Check<ModelChoice> =>
  (value, at) => {
    const known: ModelTable = { ...models, ...own };
    const { name, options } = object({ name: text, options: (value: unknown) => value })(value, at);
    const found = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!found) {
      throw new CheckError(
        `${at}.name must be one of ${Object.keys(known).join(", ")}, and is "${name}"`,
      );
    }
    return { name, options: like(found.defaults)(options, `${at}.options`) } as ModelChoice;
  };

const piecesCheck: Check<CaptionPieces> = object({
  kind: oneOf(["pieces"]),
  pieces: list(text),
  length: integer({ min: 1, max: 1000 }),
});

const vectorsCheck: Check<CaptionVectors> = object({
  kind: oneOf(["vectors"]),
  width: integer({ min: 1, max: 100_000 }),
  from: (value, at) =>
    "embeddings" in Object(value)
      ? object({ embeddings: text })(value, at)
      : object({ encoder: text, tokenizer: text })(value, at),
  sha256: optional(text),
});

const wordsCheck: Check<CaptionWords> = (value, at) =>
  Object(value).kind === "vectors" ? vectorsCheck(value, at) : piecesCheck(value, at);

/** The language and the model that a configuration describes; `own` holds models that are not built in. */
export function buildRun(
  config: Pick<
    ImageConfig,
    "model" | "language" | "width" | "height" | "classNames" | "startingPlanes" | "words"
  >,
  own: ModelTable = {},
): BuiltImageModel {
  const language = imageLanguage(config.language, config);
  const setting = {
    language,
    classes: config.classNames.length,
    highestPlane: highestPlane(config.startingPlanes, language.tokens.finestPlane),
    words: config.words && wordSetting(config.words, language),
  };
  return { language, model: buildModel(config.model, setting, own) };
}

/** The form in which pictures are loaded for a run. */
export function formOf(
  config: Pick<ImageConfig, "language" | "width" | "height" | "fit">,
): Pick<ImageForm, "color" | "fit" | "size"> {
  const { language, width, height, fit } = config;
  const color = language.color === "ycbcr" ? "rgb" : "gray";
  // Pictures that are no squares are taken as they are, and must have the run's size.
  return { color, fit, ...(width === height && { size: width }) };
}

/**
 * Reads the configuration of a run of a built-in model. Throws UserError where it is not a run of images, or a key is wrong.
 */
export const readImageConfig = (store: RunStore): Promise<BuiltInImageConfig> =>
  readConfig(imageKind(), store) as Promise<BuiltInImageConfig>; // the check knows no other models

/**
 * Opens a trained run from its files. Throws UserError where something is missing, damaged or of another model. Models that
 * are not built in are given in `own`, by the name that the run has for them.
 */
export async function openImageRun(store: RunStore, own: ModelTable = {}): Promise<ImageRun> {
  const { config, model, parameters, step } = await openRun(imageKind(own), store);
  return { config, language: model.language, model: model.model, parameters, step };
}
