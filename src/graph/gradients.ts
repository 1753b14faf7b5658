import { convolution } from "./gradients/convolution.ts";
import { custom } from "./gradients/custom.ts";
import { elementwise } from "./gradients/elementwise.ts";
import type { Differentiation } from "./gradients/gradientRule.ts";
import { indexing } from "./gradients/indexing.ts";
import { matmul } from "./gradients/matmul.ts";
import { normalization } from "./gradients/normalization.ts";
import { pooling } from "./gradients/pooling.ts";
import { reductions } from "./gradients/reductions.ts";
import { shaping } from "./gradients/shaping.ts";
import type { OperationAttributes, OperationName } from "./operations.ts";

/** The gradient rule of every operation; an operation without a rule or an explicit "not differentiable" does not compile. */
export const gradients: {
  readonly [K in OperationName]: Differentiation<OperationAttributes[K]>;
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
