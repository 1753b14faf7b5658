/**
 * `ondelette/image` in a browser: the files of a run lie in a `RunStore`, the page decodes and shows pictures, and batches
 * are made in the training's own thread.
 */

export { type Choosing, choicesOf, goOn, type Standing } from "./choosing.ts";
export { type Augmentation, writePlanes } from "./classify/augment.ts";
export {
  type ClassifyOptions,
  classChances,
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
  openImageClassifier,
  readImageClassifierConfig,
} from "./classify/run.ts";
export { imageClassifierTrainable } from "./classify/trainable.ts";
export { type DecisionNetwork, decisionModel } from "./decisionModel.ts";
export {
  type Drawable,
  type DrawnImage,
  type DrawOptions,
  drawEach,
  drawImages,
  imagesTogether,
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
export { type GivenPicture, givenPicture } from "./editing/givenPicture.ts";
export { aroundHole } from "./editing/hole.ts";
export { type Keep, type Kept, keepOf } from "./editing/keep.ts";
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  evaluationOf,
  openScoring,
  type ScoredImages,
  type Scoring,
  type ScoringOptions,
} from "./evaluate.ts";
export { exportImageRun, type ImageExportOptions } from "./exportImageRun.ts";
export { connectedComponents } from "./fidelity/components.ts";
export { symmetricEigenvalues } from "./fidelity/eigenvalues.ts";
export type { FeatureExtractor } from "./fidelity/extractor.ts";
export { type FeatureMatrix, matrixOf, rowsOf } from "./fidelity/featureMatrix.ts";
export {
  type FeatureStatistics,
  featureStatistics,
  frechetDistance,
  inDeviations,
} from "./fidelity/frechet.ts";
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
export type { PictureSize } from "./integer/foretelling.ts";
export type { IntegerModelConfig } from "./integer/integerConfig.ts";
export {
  encodeIntegerModel,
  type IntegerModel,
  integerModel,
  openIntegerModel,
} from "./integer/integerModel.ts";
export { type LabeledPicture, type ModelCoder, modelCoder } from "./integer/modelCoder.ts";
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
  type Particles,
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
export {
  type Recommendation,
  readRecommendation,
  recommendedSampling,
  usualSampling,
  writeRecommendation,
} from "./recommendation.ts";
export type { Rectangle } from "./rectangle.ts";
export {
  type BuiltImageModel,
  type BuiltInImageConfig,
  buildRun,
  formOf,
  type ImageConfig,
  type ImageRun,
  imageKind,
  openImageRun,
  readImageConfig,
} from "./run.ts";
export { type ByScale, type ImageSampling, samplingText } from "./sampling.ts";
export { type PerScale, type Scale, scaleNames, scaleOf } from "./scales.ts";
export { type StateOptions, stateDefaults } from "./state/options.ts";
export type { ContextCount } from "./staticBits.ts";
export { readStaticCoder } from "./staticCoder.ts";
export { type ImageStats, type StatsCounter, type StatsPart, statsCounter } from "./stats.ts";
export { coarseToFine } from "./strip.ts";
export { createRun, type RunRequest } from "./training/createRun.ts";
export {
  type PlainTraining as ImageTraining,
  plainTrainable as imageTrainable,
} from "./training/trainable.ts";
export { scoredImages, splitValidation, trainingImages } from "./training/trainingSet.ts";
export { spread } from "./tuning/diversity.ts";
export { coarseFeatures, type Describe } from "./tuning/features.ts";
export { type Classify, nearestClass } from "./tuning/nearestClass.ts";
export {
  faults,
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
export { type ValueOptions, valueDefaults } from "./values/options.ts";
export type { CaptionVectors, TextVectorSource, TextVectors } from "./words/captionVectors.ts";
export type { CaptionWords } from "./words/captionWords.ts";
export { type PairSheetOptions, pairSheet } from "./words/pairSheet.ts";
export { type Prompt, readPrompts } from "./words/prompts.ts";
export type { WordSetting, Words } from "./words/wordSetting.ts";
