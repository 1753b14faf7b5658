/** `ondelette/runtime` in a browser: the same, on ONNX Runtime's WebAssembly build. */

export {
  type Arrays,
  type CompileOptions,
  compile,
  type Executable,
  type Feeds,
  inputsAmong,
} from "./compile.ts";
export { EmitError, emit } from "./emit.ts";
export { type Device, deviceNames } from "./engine.ts";
export { setWasmPaths, type WasmPaths } from "./engines/browser.ts";
export { type BatchModel, type ExportOptions, exportOnnx } from "./exportOnnx.ts";
export type { EmitTarget } from "./lowering/lowering.ts";
export { type FileValue, type ModelMetadata, type ValueInfo, writeModel } from "./onnxProto.ts";
export { type OnnxSummary, onnxSummary } from "./onnxSummary.ts";
export { type OnnxModel, openOnnx, type ShapedValues } from "./openOnnx.ts";
export type { Resident } from "./resident.ts";
export { type ArrayOf, allocate, type Values, valuesOf } from "./values.ts";
