/** Images in the wavelet language: analysis, files, models, runs. */
export { readContainer, writeContainer } from "./container.ts";
export { createRun } from "./createRun.ts";
export { drawImages, sampleSheet } from "./draw.ts";
export { type Evaluation, evaluate } from "./evaluate.ts";
export {
  analyse,
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
  synthesise,
} from "./language.ts";
export type { ImageModel, Sampler, Scorer } from "./model.ts";
export { buildModel, defaultModel, type ModelChoice, modelNames } from "./models.ts";
export { imagePsnr, psnr } from "./psnr.ts";
export { openRun, type Run, type RunConfig } from "./run.ts";
export { type ImageStats, statsCounter } from "./stats.ts";
export { coarseToFine } from "./strip.ts";
export { trainRun } from "./train.ts";
