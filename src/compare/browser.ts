/** `ondelette/compare` in a browser. */
export { bootstrap, type Interval } from "./bootstrap.ts";
export { type ChartOptions, comparisonChart } from "./chart.ts";
export {
  type Arm,
  armsOf,
  type Comparison,
  compare,
  type Fit,
  type FitWish,
  type Named,
  runArm,
  trainingsOf,
} from "./compare.ts";
export { type Axis, type Curve, type CurvePoint, meanCurve, reaches, valueAt } from "./curve.ts";
export { shareInterval } from "./shareInterval.ts";
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
  percentWithInterval,
  pText,
  ranked,
  variantTable,
  withDeviation,
  withInterval,
} from "./table.ts";
export { deviation, mean, welchP } from "./welch.ts";
