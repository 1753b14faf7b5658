/**
 * Discrete wavelet transforms with PyWavelets' names, filters and coefficient order. Results remember
 * their size, mode and wavelet, so reconstruction has exactly the input's size.
 *
 * And what is singular in a signal or a picture, such as an edge: derivatives of Gaussians at every sample, whose
 * modulus has its maxima there. Depends on nothing.
 */
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
export { type Volume, type VolumeGradient, volumeGradient } from "./gaussianVolume.ts";
export type { MaximaOptions } from "./maximaOptions.ts";
export type { Mode } from "./mode.ts";
export { type ModulusMaximum, modulusMaxima } from "./modulusMaxima.ts";
export { type ModulusMaximum1, modulusMaxima1 } from "./modulusMaxima1.ts";
export { type ModulusMaximum3, modulusMaxima3 } from "./modulusMaxima3.ts";
export { pack, type UnpackOptions, unpack } from "./mosaic.ts";
export { isWaveletName, type Wavelet, type WaveletName, wavelet, waveletNames } from "./wavelet.ts";
