/**
 * Pictures, sounds and arrays as continuous functions.
 *
 * - signals: {@link loadSignal}, {@link saveSignal}, {@link quality}, {@link resample}, {@link signalSpectrum},
 *   {@link singularitiesOf}
 * - families of functions: {@link expansion}, {@link splitField}, {@link baselines}, all of them in {@link families}
 * - fields in memory: {@link buildField}, then {@link solve} or `train` with {@link fieldTrainable}
 * - fields in folders: {@link createField}, {@link fitField}, {@link openField}
 * - fields in bytes: {@link openPackedField}, {@link packField}, {@link interpolatingField}
 * - views: {@link renderField}, {@link exportField}, {@link portrayField}
 * - comparisons: {@link compareFields}
 *
 * @module
 */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export { type CompareOptions, compareFields, fieldTable } from "./compare/compareFields.ts";
export { type FinishedFit, type FinishOptions, finishFit } from "./compare/finishFit.ts";
export { type FitOptions, fitField } from "./fit/fitField.ts";
export { fieldFiles, openField, readFieldConfig } from "./runFolder.ts";
export { type DrawChartOptions, drawChart, type NamedSignal } from "./show/drawChart.ts";
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
export { type LoadOptions, loadSignal } from "./signal/loadSignal.ts";
