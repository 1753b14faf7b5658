/**
 * ondelette: wavelet-native machine learning. Each layer is a namespace of this module, and a module of its own:
 * `ondelette/wavelets` and so on. Importing a layer alone loads nothing of the others that it does not need.
 *
 * @example
 * ```ts
 * import { wavelets } from "ondelette";
 *
 * const signal = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
 * console.log(wavelets.waverec(wavelets.wavedec(signal, "db2"))); // the signal again
 * ```
 */
export * as codec from "./codec.ts";
export * as compare from "./compare/index.ts";
export * as data from "./data/index.ts";
export * as datasets from "./datasets/index.ts";
export * as errors from "./errors/index.ts";
export * as field from "./field/index.ts";
export * as graph from "./graph/index.ts";
export * as hub from "./hub/index.ts";
export * as image from "./image/index.ts";
export * as mpi from "./mpi/index.ts";
export * as nn from "./nn/index.ts";
export * as plot from "./plot/index.ts";
export * as runtime from "./runtime/index.ts";
export * as sequence from "./sequence/index.ts";
export * as train from "./train/index.ts";
export * as wavelets from "./wavelets/index.ts";
