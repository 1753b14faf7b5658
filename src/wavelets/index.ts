/**
 * Discrete wavelet transforms with PyWavelets' names, filters and coefficient order. Results remember
 * their size, mode and wavelet, so reconstruction has exactly the input's size.
 *
 * And what is singular in a signal or a picture, such as an edge: derivatives of Gaussians at every sample, whose
 * modulus has its maxima there. Depends on nothing.
 */
export { type Dwt, type DwtOptions, dwt, dwtAdjoint, idwt, idwtAdjoint } from "./dwt.ts";
export {
  type DetailBands,
  type Dwt2,
  dwt2,
  dwt2Adjoint,
  idwt2,
  idwt2Adjoint,
  type Matrix,
} from "./dwt2.ts";
export { type Dwtn, dwtn, dwtnAdjoint, idwtn, idwtnAdjoint } from "./dwtn.ts";
export type { FloatArray } from "./floatArray.ts";
export { type Gradient, gaussianDerivative, gaussianGradient } from "./gaussian.ts";
export type { MaximaOptions } from "./maximaOptions.ts";
export { type Mode, modes } from "./mode.ts";
export { type ModulusMaximum, modulusMaxima } from "./modulusMaxima.ts";
export { type ModulusMaximum1, modulusMaxima1 } from "./modulusMaxima1.ts";
export { pack, type UnpackOptions, unpack } from "./mosaic.ts";
export type { NdArray } from "./ndArray.ts";
export {
  dwtMaxLevel,
  type Wavedec,
  type WavedecOptions,
  wavedec,
  wavedecAdjoint,
  waverec,
  waverecAdjoint,
} from "./wavedec.ts";
export {
  type Wavedec2,
  wavedec2,
  wavedec2Adjoint,
  waverec2,
  waverec2Adjoint,
} from "./wavedec2.ts";
export {
  type Bands,
  type DwtnOptions,
  type PerAxis,
  type Wavedecn,
  type WavedecnOptions,
  wavedecn,
  wavedecnAdjoint,
  waverecn,
  waverecnAdjoint,
} from "./wavedecn.ts";
export {
  isWaveletName,
  type Wavelet,
  type WaveletLike,
  type WaveletName,
  wavelet,
  waveletNames,
} from "./wavelet.ts";
