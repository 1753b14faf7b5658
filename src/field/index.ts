/** Pictures, sounds and signals as continuous functions: families of fields, fitting, rendering, comparing. */

export { compareFields } from "./compare/compare.ts";
export type { Contender, FieldComparison } from "./compare/comparison.ts";
export { runTrial, type Trial, type TrialOptions } from "./compare/trial.ts";
export { createField, type FieldRequest } from "./createField.ts";
export { openEvaluator, viewValues } from "./evaluate/evaluate.ts";
export { exportField, renderField } from "./evaluate/render.ts";
export { type BaselineName, baselines } from "./families/baselines/baselines.ts";
export { fromCellMeans } from "./families/expansion/cellMeans.ts";
export { denoise } from "./families/expansion/denoise.ts";
export { expansion } from "./families/expansion/expansion.ts";
export { type Preparation, type Prepared, prepare } from "./families/expansion/prepare.ts";
export { cauchy } from "./families/wavelet/cauchy.ts";
export { gabor } from "./families/wavelet/gabor.ts";
export { type GaborAtom, gaborAt, gaborProduct } from "./families/wavelet/gaborProduct.ts";
export { complexMeyer } from "./families/wavelet/meyer.ts";
export type { Template } from "./families/wavelet/template.ts";
export { scalingField, splitField, waveletField } from "./families/wavelet/wavelet.ts";
export { type FamilyName, families, familyNames } from "./families.ts";
export type { FieldFamily, FieldSize, FieldValues, Init } from "./family.ts";
export { type FitOptions, type FitResult, fitField } from "./fit/fit.ts";
export { type Field, openField } from "./run.ts";
export { loadSignal } from "./signal/loadSignal.ts";
export { quality } from "./signal/quality.ts";
export { saveSignal } from "./signal/saveSignal.ts";
export { coordinatesOf, type Signal } from "./signal/signal.ts";
