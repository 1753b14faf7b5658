/**
 * Pictures, sounds and arrays as continuous functions.
 *
 * - signals: {@link loadSignal}, {@link saveSignal}, {@link quality}, {@link resample}, {@link signalSpectrum},
 *   {@link singularitiesOf}
 * - families of functions: {@link expansion}, {@link splitField}, {@link baselines}, all of them in {@link families}
 * - fields in memory: {@link buildField}, then {@link solve} or `train` with {@link fieldTrainable}
 * - fields in folders: {@link createField}, {@link fitField}, {@link openField}
 * - views: {@link renderField}, {@link exportField}, {@link portrayField}
 * - comparisons: {@link compareFields}
 *
 * @module
 */

export { type CompareOptions, compareFields, fieldTable } from "./compare/compareFields.ts";
export {
  type ComparedInput,
  type FieldComparison,
  type FieldVariant,
  sizeFor,
  variantsOf,
} from "./compare/comparison.ts";
export { type FinishedFit, type FinishOptions, finishFit } from "./compare/finishFit.ts";
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
export { expansion, readExpansion, writeExpansion } from "./families/expansion/expansion.ts";
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
  type Preparation,
  type Prepared,
  type SampleKind,
  type SolvedFamily,
  type Start,
  sampleKinds,
  type TrainedFamily,
  type Viewer,
} from "./family.ts";
export { type BuiltField, buildField, type Field, fieldLayout } from "./field.ts";
export { type FitResult, psnrOfField } from "./fit/fit.ts";
export { type FitOptions, fitField } from "./fit/fitField.ts";
export { countParameters, widthFor } from "./fit/sizing.ts";
export { solve } from "./fit/start.ts";
export { type FieldTraining, fieldTrainable } from "./fit/trainable.ts";
export { type FieldConfig, fieldKind, type SavedField } from "./run.ts";
export { fieldFiles, openField, readFieldConfig } from "./runFolder.ts";
export { type DrawChartOptions, drawChart, type NamedSignal } from "./show/drawChart.ts";
export { drawPicture } from "./show/drawPicture.ts";
export { drawSingularities } from "./show/drawSingularities.ts";
export {
  type SpectrumChartOptions,
  type SpectrumLine,
  spectrumChart,
} from "./show/drawSpectrum.ts";
export { type ErrorMap, type ErrorMapOptions, errorMap } from "./show/errorMap.ts";
export { portrayField } from "./show/portrait.ts";
export { saveSignal } from "./show/saveSignal.ts";
export { saveSpectrum } from "./show/saveSpectrum.ts";
export { type SpectrumView, spectrumPicture } from "./show/spectrumPicture.ts";
export { centerCrop, middleSlice } from "./signal/crop.ts";
export {
  arraySignal,
  pictureSignal,
  type SignalOptions,
  soundSignal,
} from "./signal/decodedSignal.ts";
export { graySignal } from "./signal/graySignal.ts";
export { type LoadOptions, loadSignal } from "./signal/loadSignal.ts";
export { decibels, type Quality, quality } from "./signal/quality.ts";
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
