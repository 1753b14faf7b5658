export { type CustomGradient, customGradient } from "./customGradient.ts";
export { describeGraph } from "./describeGraph.ts";
export { matmulFlops } from "./flops.ts";
export { gradient } from "./gradient.ts";
export type { Application, Differentiation, GradientRule } from "./gradients/gradientRule.ts";
export { gradients } from "./gradients.ts";
export type { OnnxOperator } from "./onnxOperators.ts";
export { onnxType } from "./onnxType.ts";
export type { OnnxAttribute, OnnxAttributes, OnnxWriter, Operation } from "./operation.ts";
export { type OperationName, operations } from "./operations.ts";
export { type ConvolutionOptions, concat, constant, input, type Source, Tensor } from "./tensor.ts";
export { topological } from "./topological.ts";
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
