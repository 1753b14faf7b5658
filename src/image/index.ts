/** Images in the wavelet language: analysis, files, models, training, sampling, scoring. */

export { type Choosing, choicesOf, goOn, type Standing } from "./choosing.ts";
export { type DecisionNetwork, decisionModel } from "./decisionModel.ts";
export {
  type Drawable,
  type DrawnImage,
  type DrawOptions,
  drawImages,
  sampleSheet,
  sheetOf,
} from "./draw.ts";
export {
  type DrawFromOptions,
  type DrawnFrom,
  drawFrom,
  drawnFromSheet,
  type SourcePicture,
} from "./editing/drawFrom.ts";
export { type GivenPicture, givenPicture } from "./editing/givenPicture.ts";
export { aroundHole, type Rectangle } from "./editing/hole.ts";
export { type Keep, type Kept, keepOf } from "./editing/keep.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate.ts";
export { exportImageRun, type ImageExportOptions } from "./exportImageRun.ts";
export { readContainer, writeContainer } from "./file/container.ts";
export { type ImageWavelet, imageWavelets, isImageWavelet } from "./language/imageWavelets.ts";
export {
  analyze,
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
  synthesize,
} from "./language/language.ts";
export type {
  Drawing,
  DrawRequest,
  Example,
  ExportShape,
  ImageModel,
  ModelSetting,
  Sampler,
  Scorer,
  TrainingImages,
} from "./model.ts";
export {
  buildModel,
  defaultModel,
  type ModelChoice,
  type ModelDefinition,
  type ModelName,
  type ModelTable,
  modelNames,
  type OwnModelChoice,
} from "./models.ts";
export { type PaperImageOptions, paperDefaults } from "./paper/imageModel.ts";
export { imagePsnr, psnr } from "./psnr.ts";
export {
  type BuiltImageModel,
  type BuiltInImageConfig,
  buildRun,
  formOf,
  type ImageConfig,
  type ImageRun,
  imageFiles,
  imageKind,
  openImageRun,
  readImageConfig,
} from "./run.ts";
export { type StateOptions, stateDefaults } from "./state/model.ts";
export { readStaticCoder } from "./staticCoder.ts";
export { type ImageStats, statsCounter } from "./stats.ts";
export { coarseToFine } from "./strip.ts";
export { createRun, type RunRequest } from "./training/createRun.ts";
export { type ImageTraining, imageTrainable } from "./training/trainable.ts";
export { scoredImages, trainingImages } from "./training/trainingSet.ts";
