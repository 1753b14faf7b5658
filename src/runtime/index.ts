export { type Arrays, type CompileOptions, compile, type Executable } from "./compile.ts";
export { EmitError, emit } from "./emit.ts";
export { writeModel } from "./onnxProto.ts";
export { type ArrayOf, allocate, type Values, valuesOf } from "./values.ts";
