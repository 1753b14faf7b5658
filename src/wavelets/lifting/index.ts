/** Wavelet transforms by lifting: for any length, and lossless for integers. */
export type { LiftingMode } from "./extension.ts";
export type { Laurent } from "./laurent.ts";
export type { LiftingArray } from "./liftingArray.ts";
export {
  type LiftingLike,
  type LiftingName,
  type LiftingScheme,
  type LiftingStep,
  liftingNames,
  liftingScheme,
} from "./liftingScheme.ts";
export { liftingSteps } from "./liftingSteps.ts";
export { type LiftLines, type LineLifting, lineLifting } from "./lineLifting.ts";
export { ilwt, ilwtAdjoint, type Lwt, type LwtOptions, lwt, lwtAdjoint } from "./lwt.ts";
export {
  ilwt2,
  ilwt2Adjoint,
  type LiftingDetails,
  type LiftingMatrix,
  type Lwt2,
  lwt2,
  lwt2Adjoint,
} from "./lwt2.ts";
export { analysisFilters, integerRange, type SchemeFilters } from "./schemeFilters.ts";
