/**
 * ondelette in a browser: every layer is a namespace of this module, and a module of its own, `ondelette/wavelets` and so on,
 * with the names of Node's less those that need its files, threads or processes.
 */
export * as codec from "./codec.ts";
export * as compare from "./compare/browser.ts";
export * as data from "./data/browser.ts";
export * as errors from "./errors/index.ts";
export * as field from "./field/browser.ts";
export * as graph from "./graph/index.ts";
export * as image from "./image/browser.ts";
export * as nn from "./nn/index.ts";
export * as plot from "./plot/index.ts";
export * as runtime from "./runtime/browser.ts";
export * as sequence from "./sequence/browser.ts";
export * as train from "./train/browser.ts";
export * as wavelets from "./wavelets/index.ts";
