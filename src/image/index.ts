/** Images in the wavelet language: analysis, files, models, training, sampling, scoring. */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export { openImageClassifier, readImageClassifierConfig } from "./classify/runFolder.ts";
export { givenPicture } from "./editing/givenPictureBySharp.ts";
export {
  type Fidelity,
  type FidelityImages,
  type FidelityOptions,
  fidelity,
  halves,
  type Likeness,
} from "./fidelity/fidelity.ts";
export { hashOfPictures, hashOfStatistics } from "./fidelity/hash.ts";
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
export { type ImageTraining, imageTrainable } from "./training/imageTrainable.ts";
export { captionVectors, vectorsFor } from "./words/textVectors.ts";
