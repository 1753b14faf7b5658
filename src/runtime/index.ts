/** Graphs as ONNX models, and ONNX Runtime, which runs them: natively in Node, by WebAssembly in browsers. */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export { bestDevice, type DeviceFacts, listDevices } from "./devices/listDevices.ts";
export { type ProductRate, productRate } from "./devices/productRate.ts";
export { openOnnx } from "./openOnnxFile.ts";
