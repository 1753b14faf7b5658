export { matmulFlops } from "./flops.ts";
export { gradient, topological } from "./gradient.ts";
export { onnxType } from "./onnxType.ts";
export type { OnnxAttribute, OnnxWriter, Operation } from "./operation.ts";
export { type OperationName, operations } from "./operations.ts";
export { concat, constant, input, type Source, Tensor } from "./tensor.ts";
export {
  type DType,
  describe,
  isFloat,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
  type TensorType,
} from "./types.ts";
