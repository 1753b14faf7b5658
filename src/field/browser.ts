/**
 * `ondelette/field` in a browser: fields in memory, and kept in a `RunStore`; signals of what the page decoded
 * ({@link pictureSignal}, {@link soundSignal}, {@link arraySignal}). Charts are the page's.
 *
 * @module
 */

export {
  type ComparedInput,
  type FieldComparison,
  type FieldVariant,
  sizeFor,
  variantsOf,
} from "./compare/comparison.ts";
export { comparisonSheet, type SheetRow } from "./compare/sheet.ts";
export { runTrial, type Trial, type TrialOptions } from "./compare/trial.ts";
export { createField, type FieldRequest } from "./createField.ts";
export { type Derivative, derivativeNames } from "./evaluate/derivatives.ts";
export {
  type EvaluateOptions,
  type FieldEvaluator,
  type FieldPart,
  fieldParts,
  openEvaluator,
  partsOf,
  viewValues,
} from "./evaluate/evaluate.ts";
export { exportField, fieldGraph } from "./evaluate/exportField.ts";
export { hiddenOctaves, renderField } from "./evaluate/render.ts";
export { checkInside, type View, viewCoordinates, viewSize, wholeView } from "./evaluate/view.ts";
export { type BaselineName, baselines } from "./families/baselines/baselines.ts";
export { type FinerOptions, finer } from "./families/baselines/finer.ts";
export { type GaussOptions, gauss } from "./families/baselines/gauss.ts";
export { type MfnOptions, mfn } from "./families/baselines/mfn.ts";
export { type ReluOptions, relu } from "./families/baselines/relu.ts";
export { type SirenOptions, siren, sirenOfSounds } from "./families/baselines/siren.ts";
export { type WireOptions, wire } from "./families/baselines/wire.ts";
export { wire2d } from "./families/baselines/wire2d.ts";
export { fromCellMeans } from "./families/expansion/cellMeans.ts";
export {
  type Denoised,
  type DenoiseOptions,
  denoise,
  type Threshold,
} from "./families/expansion/denoise.ts";
export {
  type DyadicGrid,
  dyadicGrid,
  forEachPlace,
  levelAt,
} from "./families/expansion/dyadicGrid.ts";
export { expansion } from "./families/expansion/expansion.ts";
export { readExpansion, writeExpansion } from "./families/expansion/expansionParameters.ts";
export {
  synthesize as synthesizeAtoms,
  synthesizeAdjoint as synthesizeAtomsAdjoint,
} from "./families/expansion/gridTransform.ts";
export { prepare } from "./families/expansion/prepare.ts";
export {
  type Expansion,
  type SparseFitOptions,
  samplesOf,
  sparseFit,
} from "./families/expansion/sparseFit.ts";
export { type Spline, splineOf } from "./families/expansion/splineViewer.ts";
export { cauchy } from "./families/wavelet/cauchy.ts";
export { type GaborOptions, gabor } from "./families/wavelet/gabor.ts";
export { type GaborAtom, gaborAt, gaborProduct } from "./families/wavelet/gaborProduct.ts";
export { complexMeyer } from "./families/wavelet/meyer.ts";
export type { Template } from "./families/wavelet/template.ts";
export {
  scalingField,
  splitField,
  type WaveletOptions,
  waveletField,
} from "./families/wavelet/waveletFamilies.ts";
export { type FamilyName, type FamilyTable, families, familyNames, familyOf } from "./families.ts";
export {
  type FieldFamily,
  type FieldSize,
  type FieldValues,
  type Init,
  inits,
  type Multiresolution,
  type Octaves,
  type PackedField,
  type Packing,
  type Preparation,
  type Prepared,
  type SampleKind,
  type SolvedFamily,
  type Start,
  sampleKinds,
  type TrainedFamily,
  type Usage,
  type Viewer,
} from "./family.ts";
export { type BuiltField, buildField, type Field, fieldLayout } from "./field.ts";
export { type FieldBytes, parametersByBitmap } from "./fit/fieldBytes.ts";
export {
  type FitResult,
  fitStored as fitField,
  psnrOfField,
  type StoredFit as FitOptions,
} from "./fit/fit.ts";
export { countParameters, widthFor } from "./fit/sizing.ts";
export { solve } from "./fit/start.ts";
export { type FieldTraining, fieldTrainable } from "./fit/trainable.ts";
export {
  type ExpansionField,
  interpolatingField,
  type OpenedField,
  openPackedField,
  packField,
} from "./packedField.ts";
export {
  type FieldConfig,
  fieldKind,
  openField,
  readFieldConfig,
  type SavedField,
} from "./run.ts";
export { drawPicture } from "./show/drawPicture.ts";
export { type SpectrumView, spectrumPicture } from "./show/spectrumPicture.ts";
export { centerCrop, middleSlice } from "./signal/crop.ts";
export {
  arraySignal,
  pictureSignal,
  type SignalOptions,
  soundSignal,
} from "./signal/decodedSignal.ts";
export { graySignal } from "./signal/graySignal.ts";
export { decibels, type Quality, quality, snrOf } from "./signal/quality.ts";
export { type Resampling, resample } from "./signal/resample.ts";
export {
  coordinatesOf,
  describeSignal,
  fromValue,
  pointsOf,
  type Signal,
  type SignalForm,
  toValue,
  type ValueRange,
} from "./signal/signal.ts";
export {
  type ScaleSummary,
  type Singularity,
  singularitiesOf,
  summarizeScales,
} from "./signal/singularities.ts";
export { type Grid, powerSpectrum, type Spectrum, signalSpectrum } from "./signal/spectrum.ts";
