/** Pictures, sounds and signals as continuous functions: families of fields, fitting, rendering, comparing. */

export { compareFields, fieldTable } from "./compare/compareFields.ts";
export { type FieldComparison, type FieldVariant, variantsOf } from "./compare/comparison.ts";
export { runTrial, type Trial, type TrialOptions } from "./compare/trial.ts";
export { createField, type FieldRequest } from "./createField.ts";
export { openEvaluator, viewValues } from "./evaluate/evaluate.ts";
export { exportField } from "./evaluate/exportField.ts";
export { renderField } from "./evaluate/render.ts";
export { type BaselineName, baselines } from "./families/baselines/baselines.ts";
export { fromCellMeans } from "./families/expansion/cellMeans.ts";
export { denoise } from "./families/expansion/denoise.ts";
export { expansion } from "./families/expansion/expansion.ts";
export { prepare } from "./families/expansion/prepare.ts";
export { cauchy } from "./families/wavelet/cauchy.ts";
export { gabor } from "./families/wavelet/gabor.ts";
export { type GaborAtom, gaborAt, gaborProduct } from "./families/wavelet/gaborProduct.ts";
export { complexMeyer } from "./families/wavelet/meyer.ts";
export type { Template } from "./families/wavelet/template.ts";
export { scalingField, splitField, waveletField } from "./families/wavelet/waveletFamilies.ts";
export { type FamilyName, type FamilyTable, families, familyNames, familyOf } from "./families.ts";
export type {
  FieldFamily,
  FieldSize,
  FieldValues,
  Init,
  Preparation,
  Prepared,
  SolvedFamily,
  Start,
  TrainedFamily,
} from "./family.ts";
export { type BuiltField, buildField, type Field, fieldLayout } from "./field.ts";
export { type FitOptions, type FitResult, fitField, psnrOfField } from "./fit/fit.ts";
export { countParameters, widthFor } from "./fit/sizing.ts";
export { solve } from "./fit/start.ts";
export { type FieldTraining, fieldTrainable } from "./fit/trainable.ts";
export {
  type FieldConfig,
  fieldFiles,
  fieldKind,
  openField,
  readFieldConfig,
  type SavedField,
} from "./run.ts";
export { saveSignal } from "./show/saveSignal.ts";
export { loadSignal } from "./signal/loadSignal.ts";
export { quality } from "./signal/quality.ts";
export { coordinatesOf, type Signal } from "./signal/signal.ts";
