/**
 * Wavelets: discrete transforms with PyWavelets' names, filters and order of coefficients; continuous transforms with exact
 * sampling and an inverse; lifting; a dual tree; modulus maxima; denoising. A result holds its size, mode and wavelet, so a
 * reconstruction has exactly the size of the input. Every transform and inverse has an adjoint, `xAdjoint`. No dependencies.
 */

// Arrays.

export type { AxesOption, Bands, PerAxis } from "./arrays/axes.ts";
export type { Block } from "./arrays/block.ts";
export { type ComplexParts, onParts } from "./arrays/complex.ts";
export type { FloatArray } from "./arrays/floatArray.ts";
export type { Into } from "./arrays/into.ts";
export type { Matrix } from "./arrays/matrix.ts";
export type { NdArray } from "./arrays/ndArray.ts";
export { onAxes } from "./arrays/onAxes.ts";
export { type Mode, modes } from "./extension/mode.ts";

// Discrete wavelets, by name or from your own filters; their functions and spectra.

export {
  type FilterBankOptions,
  filterBank,
  inverseFilterBank,
  orthogonalWavelet,
} from "./families/customBank.ts";
export { type WaveletFamily, waveletFamilies } from "./families/familyList.ts";
export {
  dualSpectra,
  frequencyResponse,
  type WaveletSpectra,
  waveletSpectra,
} from "./families/frequencyResponse.ts";
export { qmf } from "./families/qmf.ts";
export {
  type DiscreteWavelet,
  isWaveletName,
  type Symmetry,
  type WaveletAlias,
  type WaveletLike,
  type WaveletName,
  type WaveletProperties,
  wavelet,
  waveletAliases,
  waveletNames,
} from "./families/wavelet.ts";
export {
  dualFunctions,
  type SampledFunction,
  type WaveletFunctions,
  waveletFunctions,
} from "./families/waveletFunctions.ts";
export type { Wavelet } from "./filterBank/wavelet.ts";

// The discrete transform of signals, matrices and arrays: one level, or several.

export type { DetailBands } from "./arrays/detailBands.ts";
export type { Decomposition } from "./discrete/bands/bandForm.ts";
export {
  arrayToCoeffs,
  type BandBlocks,
  type CoefficientArray,
  type CoeffsToArrayOptions,
  coeffsToArray,
} from "./discrete/bands/coefficientArray.ts";
export {
  type BandMap,
  type BandName,
  type BandSlice,
  bandSlices,
  mapBands,
  mapComplexBands,
  ravel,
  unravel,
} from "./discrete/bands/mapBands.ts";
export { pack, type UnpackOptions, unpack } from "./discrete/bands/mosaic.ts";
export {
  type BandChoice,
  type DowncoefOptions,
  downcoef,
  type UpcoefOptions,
  upcoef,
} from "./discrete/bands/partial.ts";
export { type Dwt, type DwtOptions, dwt, dwtAdjoint, idwt, idwtAdjoint } from "./discrete/dwt.ts";
export { type Dwt2, dwt2, dwt2Adjoint, idwt2, idwt2Adjoint } from "./discrete/dwt2.ts";
export { type Dwtn, dwtn, dwtnAdjoint, idwtn, idwtnAdjoint } from "./discrete/dwtn.ts";
export {
  type Fswavedecn,
  type FswavedecnOptions,
  fswavedecn,
  fswavedecnAdjoint,
  fswaverecn,
  fswaverecnAdjoint,
  type SeparableAxis,
} from "./discrete/fswavedecn.ts";
export { dwtMaxLevel } from "./discrete/maxLevel.ts";
export type { PyramidAxis } from "./discrete/pyramid.ts";
export {
  dwtCoefficientCount,
  dwtnMaxLevel,
  type WavedecnShapes,
  wavedecnShapes,
} from "./discrete/shapes.ts";
export {
  type Wavedec,
  type WavedecOptions,
  wavedec,
  wavedecAdjoint,
  waverec,
  waverecAdjoint,
} from "./discrete/wavedec.ts";
export {
  type Wavedec2,
  wavedec2,
  wavedec2Adjoint,
  waverec2,
  waverec2Adjoint,
} from "./discrete/wavedec2.ts";
export {
  type DwtnOptions,
  type Wavedecn,
  type WavedecnOptions,
  wavedecn,
  wavedecnAdjoint,
  waverecn,
  waverecnAdjoint,
} from "./discrete/wavedecn.ts";
export { type PadWidths, pad, padAdjoint } from "./extension/pad.ts";

// Undecimated transforms, whose bands shift with the data; multiresolution analysis.

export { type ModwtMra, modwtMra, modwtMraAdjoint } from "./multiresolution/modwtMra.ts";
export {
  imra,
  imraAdjoint,
  type Mra,
  type MraOptions,
  mra,
  mraAdjoint,
} from "./multiresolution/mra.ts";
export { imra2, imra2Adjoint, type Mra2, mra2, mra2Adjoint } from "./multiresolution/mra2.ts";
export {
  imran,
  imranAdjoint,
  type Mran,
  type MranOptions,
  mran,
  mranAdjoint,
} from "./multiresolution/mran.ts";
export type { Parts } from "./multiresolution/parts.ts";
export {
  imodwt,
  imodwtAdjoint,
  type Modwt,
  type ModwtOptions,
  modwt,
  modwtAdjoint,
} from "./undecimated/modwt.ts";
export {
  iswt,
  iswtAdjoint,
  type Swt,
  type SwtOptions,
  swt,
  swtAdjoint,
  swtMaxLevel,
} from "./undecimated/swt.ts";
export { iswt2, iswt2Adjoint, type Swt2, swt2, swt2Adjoint } from "./undecimated/swt2.ts";
export {
  iswtn,
  iswtnAdjoint,
  type Swtn,
  type SwtnAxis,
  type SwtnOptions,
  swtn,
  swtnAdjoint,
} from "./undecimated/swtn.ts";

// Wavelet packets, and the best basis of a signal.

export type { AnyPacket, NodeOf } from "./packets/anyPacket.ts";
export {
  type BestBasis,
  bestBasis,
  countAbove,
  l1Norm,
  logEnergy,
  type PacketCost,
  shannonEntropy,
} from "./packets/bestBasis.ts";
export { withoutPacketNode, withPacketNode } from "./packets/editPacket.ts";
export type { Nodes, PacketOrder, PacketTree } from "./packets/tree.ts";
export {
  inverseWaveletPacket,
  inverseWaveletPacketAdjoint,
  onBasis,
  type PacketBasisOptions,
  packetNode,
  packetPaths,
  type WaveletPacket,
  type WaveletPacketOptions,
  waveletPacket,
  waveletPacketAdjoint,
} from "./packets/waveletPacket.ts";
export {
  inverseWaveletPacket2,
  inverseWaveletPacket2Adjoint,
  onBasis2,
  packetNode2,
  packetPaths2,
  type WaveletPacket2,
  waveletPacket2,
  waveletPacket2Adjoint,
} from "./packets/waveletPacket2.ts";
export {
  inverseWaveletPacketn,
  inverseWaveletPacketnAdjoint,
  onBasisn,
  type PacketnBasisOptions,
  packetNoden,
  packetPathsn,
  type WaveletPacketn,
  type WaveletPacketnOptions,
  waveletPacketn,
  waveletPacketnAdjoint,
} from "./packets/waveletPacketn.ts";

// Transforms by lifting, lossless for integers; the dual-tree complex transform.

export * from "./dualTree/index.ts";
export * from "./lifting/index.ts";

// Pictures without their noise.

export type { Clipping } from "./denoising/clipping.ts";
export {
  type DenoisePictureOptions,
  denoisePicture,
  type PictureDenoiser,
  pictureDenoiserNames,
} from "./denoising/denoisePicture.ts";
export { type NoiseLevel2Options, noiseLevel2 } from "./denoising/noiseLevel2.ts";

// Thresholds, noise levels, and test signals.

export {
  type ComplexThresholdOptions,
  thresholdComplex,
  thresholdFirmComplex,
} from "./threshold/complex.ts";
export { denoise } from "./threshold/denoise.ts";
export { denoise2 } from "./threshold/denoise2.ts";
export { type DenoisenOptions, denoisen } from "./threshold/denoisen.ts";
export { type NoiseGain, noiseGains, noiseLevel } from "./threshold/noise.ts";
export { type QuantileOptions, quantile } from "./threshold/quantile.ts";
export {
  bayesThreshold,
  hybridSureThreshold,
  minimaxThreshold,
  sureThreshold,
  universalThreshold,
} from "./threshold/rules.ts";
export {
  type DenoiseOptions,
  type ThresholdRule,
  type ThresholdRuleName,
  thresholdRuleNames,
} from "./threshold/shrinkage.ts";
export { type DemoSignalName, demoSignal, demoSignalNames } from "./threshold/signals.ts";
export {
  type ThresholdMode,
  type ThresholdOptions,
  threshold,
  thresholdFirm,
} from "./threshold/threshold.ts";

// Continuous wavelets, their transforms and scales; the Fourier transform that computes them.

export { crossSpectrum } from "./continuous/coherence/crossSpectrum.ts";
export {
  type WaveletCoherence,
  type WaveletCoherenceOptions,
  waveletCoherence,
} from "./continuous/coherence/waveletCoherence.ts";
export { complexCwt } from "./continuous/complexCwt.ts";
export { type Cwt, type CwtOptions, type CwtScales, cwt, cwtAdjoint } from "./continuous/cwt.ts";
export type { CwtMode } from "./continuous/cwtMode.ts";
export {
  type Cwtn,
  type CwtnGeometry,
  type CwtnOptions,
  cwtn,
  cwtnAdjoint,
  icwtn,
  icwtnAdjoint,
} from "./continuous/cwtn.ts";
export { type CwtRow, cwtRows } from "./continuous/cwtRows.ts";
export { continuousWavelet, continuousWaveletNames } from "./continuous/families.ts";
export type { CwtGeometry } from "./continuous/filters.ts";
export type { Complex } from "./continuous/fourier/complex.ts";
export { createFft, type Fft } from "./continuous/fourier/fft.ts";
export {
  type AnyWavelet,
  centralFrequency,
  frequencyToScale,
  scaleToFrequency,
} from "./continuous/frequency.ts";
export { type IcwtOptions, icwt, icwtAdjoint } from "./continuous/icwt.ts";
export {
  type IntegrateWaveletOptions,
  integrateWavelet,
  type WaveletIntegral,
} from "./continuous/integrateWavelet.ts";
export {
  type Cwt2,
  type Cwt2Band,
  type Cwt2Geometry,
  type Cwt2Options,
  cwt2,
  cwt2Adjoint,
  icwt2,
  icwt2Adjoint,
} from "./continuous/plane/cwt2.ts";
export { type ContinuousWavelet2, mexh2, morlet2 } from "./continuous/plane/wavelets2.ts";
export {
  coneOfInfluence,
  type DefaultScalesOptions,
  defaultScales,
  type ScaleRange,
  scalesFor,
} from "./continuous/scales.ts";
export { scalingSpectrum } from "./continuous/scaling.ts";
export {
  inverseSynchrosqueeze,
  type SqueezedBand,
} from "./continuous/squeezing/inverseSynchrosqueeze.ts";
export { type Ridge, type RidgesOptions, ridges } from "./continuous/squeezing/ridges.ts";
export {
  type Synchrosqueezed,
  type SynchrosqueezeOptions,
  synchrosqueeze,
} from "./continuous/squeezing/synchrosqueeze.ts";
export type { ContinuousFamily, ContinuousWavelet } from "./continuous/wavelet/definition.ts";

// The scattering transform of pictures: stable under shifts and small deformations, with nothing trained.

export type { ScatteringFilter, ScatteringFilters } from "./scattering/filters.ts";
export {
  createScattering2,
  type Scatterer2,
  type Scattering2,
  type Scattering2Options,
  type ScatteringBand,
  scattering2,
} from "./scattering/scattering2.ts";

// Singularities of signals, pictures and volumes: derivatives of Gaussians, and the maxima of their modulus.

export { type Gradient, gaussianDerivative, gaussianGradient } from "./singularities/gaussian.ts";
export {
  type Volume,
  type VolumeGradient,
  volumeGradient,
} from "./singularities/gaussianVolume.ts";
export type { Chained } from "./singularities/maximaChains.ts";
export { dyadicScales, type MaximaOptions } from "./singularities/maximaOptions.ts";
export { type ModulusMaximum, modulusMaxima } from "./singularities/modulusMaxima.ts";
export {
  type MaximaOptions1,
  type ModulusMaximum1,
  modulusMaxima1,
} from "./singularities/modulusMaxima1.ts";
export { type ModulusMaximum3, modulusMaxima3 } from "./singularities/modulusMaxima3.ts";
