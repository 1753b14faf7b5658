/** Images in the wavelet language: analysis, files, models, training, sampling, scoring. */

export { type Choosing, choicesOf, goOn, type Standing } from "./choosing.ts";
export { type Augmentation, writePlanes } from "./classify/augment.ts";
export {
  type ClassifyOptions,
  classifyImages,
  type Recognition,
  type Recognized,
  recognition,
} from "./classify/classifyImages.ts";
export { exportImageClassifier } from "./classify/exportImageClassifier.ts";
export { type ImageClassifierSize, imageClassifier } from "./classify/network.ts";
export {
  type BuiltImageClassifier,
  buildImageClassifier,
  createImageClassifier,
  type ImageClassifierConfig,
  type ImageClassifierOptions,
  type ImageClassifierRequest,
  type ImageClassifierRun,
  imageClassifierDefaults,
  imageClassifierKind,
} from "./classify/run.ts";
export { openImageClassifier, readImageClassifierConfig } from "./classify/runFolder.ts";
export { imageClassifierTrainable } from "./classify/trainable.ts";
export { type DecisionNetwork, decisionModel } from "./decisionModel.ts";
export {
  type Drawable,
  type DrawnImage,
  type DrawOptions,
  drawEach,
  drawImages,
  sampleSheet,
  sheetOf,
} from "./draw.ts";
export {
  type DrawFromOptions,
  type DrawnFrom,
  drawEachFrom,
  drawFrom,
  drawnFromSheet,
  type SourcePicture,
} from "./editing/drawFrom.ts";
export type { GivenPicture } from "./editing/givenPicture.ts";
export { givenPicture } from "./editing/givenPictureBySharp.ts";
export { aroundHole, type Rectangle } from "./editing/hole.ts";
export { type Keep, type Kept, keepOf } from "./editing/keep.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate.ts";
export { exportImageRun, type ImageExportOptions } from "./exportImageRun.ts";
export { connectedComponents } from "./fidelity/components.ts";
export { symmetricEigenvalues } from "./fidelity/eigenvalues.ts";
export type { FeatureExtractor } from "./fidelity/extractor.ts";
export { type FeatureMatrix, matrixOf, rowsOf } from "./fidelity/featureMatrix.ts";
export {
  type Fidelity,
  type FidelityImages,
  type FidelityOptions,
  fidelity,
  halves,
  type Likeness,
} from "./fidelity/fidelity.ts";
export {
  type FeatureStatistics,
  featureStatistics,
  frechetDistance,
  inDeviations,
} from "./fidelity/frechet.ts";
export { hashOfPictures, hashOfStatistics } from "./fidelity/hash.ts";
export { type Memory, memoryOf, memorySheet, nearestPictures } from "./fidelity/memory.ts";
export {
  type Neighbors,
  nearestNeighbors,
  type PrecisionRecall,
  precisionRecall,
  shareOfSameLabel,
} from "./fidelity/neighbors.ts";
export { type OnnxFeatureOptions, openOnnxFeatures } from "./fidelity/onnxFeatures.ts";
export { type PlaneSize, resizeTriangle } from "./fidelity/resizeTriangle.ts";
export { scatteringFeatures } from "./fidelity/scatteringFeatures.ts";
export { streamLengths } from "./fidelity/streams.ts";
export { readContainer, writeContainer } from "./file/container.ts";
export { type ImageWavelet, imageWavelets, isImageWavelet } from "./language/imageWavelets.ts";
export {
  analyze,
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
  type LosslessOptions,
  type LossyOptions,
  synthesize,
} from "./language/language.ts";
export {
  type Drawing,
  type DrawRequest,
  type Example,
  type ExportShape,
  type ImageModel,
  type ModelSetting,
  noClass,
  type Region,
  type Sampler,
  type Scorer,
  type TrainingImages,
  type WordsOfRegion,
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
export { type Recommendation, usualSampling } from "./recommendation.ts";
export {
  type BuiltImageModel,
  type BuiltInImageConfig,
  buildRun,
  formOf,
  type ImageConfig,
  type ImageRun,
  imageKind,
} from "./run.ts";
export {
  createRun,
  imageFiles,
  openImageRun,
  readImageConfig,
  readRecommendation,
  readStaticCoder,
  recommendedSampling,
  writeRecommendation,
} from "./runFolder.ts";
export { type ByScale, type ImageSampling, samplingText } from "./sampling.ts";
export { type PerScale, type Scale, scaleNames, scaleOf } from "./scales.ts";
export { type StateOptions, stateDefaults } from "./state/model.ts";
export { type ImageStats, statsCounter } from "./stats.ts";
export { coarseToFine } from "./strip.ts";
export type { RunRequest } from "./training/createRun.ts";
export { type ImageTraining, imageTrainable } from "./training/imageTrainable.ts";
export { scoredImages, splitValidation, trainingImages } from "./training/trainingSet.ts";
export { spread } from "./tuning/diversity.ts";
export { coarseFeatures, type Describe } from "./tuning/features.ts";
export { type Classify, nearestClass } from "./tuning/nearestClass.ts";
export {
  pick,
  type Quality,
  type Stage,
  type Tried,
  type TuneOptions,
  type Tuning,
  tuneSampling,
  usualKeep,
  usualStages,
} from "./tuning/tuneSampling.ts";
export { type ValueOptions, valueDefaults } from "./values/model.ts";
export type { CaptionVectors, TextVectorSource, TextVectors } from "./words/captionVectors.ts";
export type { CaptionWords } from "./words/captionWords.ts";
export { type PairSheetOptions, pairSheet } from "./words/pairSheet.ts";
export { type Prompt, readPrompts } from "./words/prompts.ts";
export { captionVectors, vectorsFor } from "./words/textVectors.ts";
export type { WordSetting, Words } from "./words/wordSetting.ts";
