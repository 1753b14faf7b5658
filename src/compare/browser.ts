/** `ondelette/compare` in a browser. */
export { type ChartOptions, comparisonChart } from "./chart.ts";
export { type Comparison, compare, type Fit, type FitWish, type Named } from "./compare.ts";
export { type Axis, type Curve, type CurvePoint, meanCurve, reaches, valueAt } from "./curve.ts";
export {
  type InputSummary,
  type SummaryOptions,
  summarize,
  type VariantSummary,
} from "./summary.ts";
export {
  type Column,
  figure,
  inputTable,
  markdown,
  markTable,
  percent,
  pText,
  ranked,
  variantTable,
  withDeviation,
} from "./table.ts";
export { deviation, mean, welchP } from "./welch.ts";
