/**
 * Discrete wavelet transforms with PyWavelets' names, filters and coefficient order. Results remember
 * their size, mode and wavelet, so reconstruction has exactly the input's size.
 *
 * Continuous ones are sampled exactly, at any scale, and have an inverse.
 *
 * And what is singular in a signal or a picture, such as an edge: derivatives of Gaussians at every sample, whose
 * modulus has its maxima there. Depends on nothing.
 */
export type { Complex } from "./continuous/complex.ts";
export type { ContinuousFamily, ContinuousWavelet } from "./continuous/continuousWavelet.ts";
export { type Cwt, type CwtOptions, type CwtScales, cwt, cwtAdjoint } from "./continuous/cwt.ts";
export { type Cwt2, type Cwt2Band, type Cwt2Options, cwt2, icwt2 } from "./continuous/cwt2.ts";
export type { CwtMode } from "./continuous/cwtMode.ts";
export { continuousWavelet, continuousWaveletNames } from "./continuous/families.ts";
export { type IcwtOptions, icwt, icwtAdjoint } from "./continuous/icwt.ts";
export {
  coneOfInfluence,
  defaultScales,
  type ScaleRange,
  scalesFor,
} from "./continuous/scales.ts";
export { scalingSpectrum } from "./continuous/scaling.ts";
export { type ContinuousWavelet2, mexh2, morlet2 } from "./continuous/wavelets2.ts";
export {
  type Dwt,
  type DwtOptions,
  dwt,
  dwtMaxLevel,
  idwt,
  type Wavedec,
  type WavedecOptions,
  wavedec,
  waverec,
} from "./dwt.ts";
export {
  type DetailBands,
  type Dwt2,
  dwt2,
  idwt2,
  type Matrix,
  type Wavedec2,
  wavedec2,
  waverec2,
} from "./dwt2.ts";
export type { FloatArray } from "./floatArray.ts";
export { type Gradient, gaussianDerivative, gaussianGradient } from "./gaussian.ts";
export type { MaximaOptions } from "./maximaOptions.ts";
export type { Mode } from "./mode.ts";
export { type ModulusMaximum, modulusMaxima } from "./modulusMaxima.ts";
export { type ModulusMaximum1, modulusMaxima1 } from "./modulusMaxima1.ts";
export { pack, type UnpackOptions, unpack } from "./mosaic.ts";
export { isWaveletName, type Wavelet, type WaveletName, wavelet, waveletNames } from "./wavelet.ts";
