import type { Operation } from "./operation.ts";
import { type ConvolutionAttributes, convolution } from "./operations/convolution.ts";
import { type CustomAttributes, custom } from "./operations/custom.ts";
import { type ElementwiseAttributes, elementwise } from "./operations/elementwise.ts";
import { type IndexingAttributes, indexing } from "./operations/indexing.ts";
import { type MatmulAttributes, matmul } from "./operations/matmul.ts";
import { type NormalizationAttributes, normalization } from "./operations/normalization.ts";
import { type PoolingAttributes, pooling } from "./operations/pooling.ts";
import { type ReductionAttributes, reductions } from "./operations/reductions.ts";
import { type ShapingAttributes, shaping } from "./operations/shaping.ts";

/** The attributes of every operation: the closed list of what the engine can compute. */
export type OperationAttributes = ElementwiseAttributes &
  ReductionAttributes &
  MatmulAttributes &
  ShapingAttributes &
  IndexingAttributes &
  NormalizationAttributes &
  ConvolutionAttributes &
  PoolingAttributes &
  CustomAttributes;

/** The name of an operation. */
export type OperationName = keyof OperationAttributes;

/** Meaning, shape rule and ONNX form of every operation; an operation without all three does not compile. */
export const operations: {
  readonly [K in OperationName]: Operation<OperationAttributes[K]>;
} = {
  ...elementwise,
  ...reductions,
  matmul,
  ...shaping,
  ...indexing,
  ...normalization,
  ...convolution,
  ...pooling,
  custom,
};
