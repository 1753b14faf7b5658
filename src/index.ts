/** ondelette: wavelet-native machine learning. Each layer is also a module of its own, `ondelette/wavelets` and so on. */
export * as codec from "./codec/index.ts";
export * as datasets from "./datasets/index.ts";
export * as graph from "./graph/index.ts";
export * as hub from "./hub/index.ts";
export * as image from "./image/index.ts";
export * as nn from "./nn/index.ts";
export * as runtime from "./runtime/index.ts";
export * as sequence from "./sequence/index.ts";
export * as train from "./train/index.ts";
export * as wavelets from "./wavelets/index.ts";
