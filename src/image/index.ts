/** Images in the wavelet language: analysis, files, models, runs. */

export { drawImages, sampleSheet } from "./draw.ts";
export { type Evaluation, evaluate } from "./evaluate.ts";
export { readContainer, writeContainer } from "./file/container.ts";
export {
  analyze,
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
  synthesize,
} from "./language/language.ts";
export type { ImageModel, Sampler, Scorer } from "./model.ts";
export { buildModel, defaultModel, type ModelChoice, modelNames } from "./models.ts";
export { imagePsnr, psnr } from "./psnr.ts";
export { openRun, type Run, type RunConfig } from "./run.ts";
export { type ImageStats, statsCounter } from "./stats.ts";
export { coarseToFine } from "./strip.ts";
export { createRun } from "./training/createRun.ts";
export { trainRun } from "./training/train.ts";
