import { type OnnxWriter, type Operation, single } from "../operation.ts";
import { type DType, describe, isFloat, ShapeError, type TensorType } from "../types.ts";

export interface NormalizationAttributes {
  softmax: Record<never, never>;
  logSoftmax: Record<never, never>;
  layerNorm: { readonly epsilon: number };
  rmsNorm: { readonly epsilon: number };
}

function requireRows(name: string, x: TensorType): void {
  if (!isFloat(x.dtype) || x.shape.length === 0) {
    throw new ShapeError(`${name}: needs floating-point rows, was given ${describe(x)}`);
  }
}

function requireScale(name: string, x: TensorType, ...vectors: TensorType[]): void {
  requireRows(name, x);
  for (const vector of vectors) {
    if (
      vector.shape.length !== 1 ||
      vector.shape[0] !== x.shape.at(-1) ||
      vector.dtype !== x.dtype
    ) {
      throw new ShapeError(
        `${name}: scale and bias of ${describe(x)} must be ${x.dtype}[${x.shape.at(-1)}], one is ${describe(vector)}`,
      );
    }
  }
}

/** Statistics of a row norm: one number for each row, the last axis kept with length 1. */
function rowStatistic(x: TensorType): TensorType {
  return { dtype: x.dtype, shape: [...x.shape.slice(0, -1), 1] };
}

export const normalization: {
  readonly [K in keyof NormalizationAttributes]: Operation<NormalizationAttributes[K]>;
} = {
  softmax: {
    meaning: "e^x / Σ e^x over the last axis",
    infer: ([x]) => {
      requireRows("softmax", x!);
      return [x!];
    },
    emit: (writer, inputs) => writer.node("Softmax", inputs, { axis: -1 }),
  },
  logSoftmax: {
    meaning: "x - log Σ e^x over the last axis",
    infer: ([x]) => {
      requireRows("logSoftmax", x!);
      return [x!];
    },
    emit: (writer, inputs) => writer.node("LogSoftmax", inputs, { axis: -1 }),
  },
  layerNorm: {
    meaning:
      "scale (x - mean) / √(variance + ε) + bias over the last axis (Ba et al. 2016); also mean and 1/√",
    infer: ([x, scale, bias]) => {
      requireScale("layerNorm", x!, scale!, bias!);
      return [x!, rowStatistic(x!), rowStatistic(x!)];
    },
    emit: (writer, inputs, types, { epsilon }) => {
      if (types.inputs[0]!.dtype === "float32") {
        return writer.node(
          "LayerNormalization",
          inputs,
          { axis: -1, epsilon: { float: epsilon } },
          { outputs: 3 },
        );
      }
      // The kernel's statistics are float32 whatever the type of x.
      const [x, scale, bias] = inputs as [string, string, string];
      const mean = rowMean(writer, x);
      const centered = single(writer, "Sub", [x, mean]);
      const inverse = inverseRoot(writer, centered, "float64", epsilon);
      const unit = single(writer, "Mul", [centered, inverse]);
      const y = single(writer, "Add", [single(writer, "Mul", [unit, scale]), bias]);
      return [y, mean, inverse];
    },
  },
  rmsNorm: {
    meaning: "scale x / √(mean x² + ε) over the last axis (Zhang & Sennrich 2019); also 1/√",
    infer: ([x, scale]) => {
      requireScale("rmsNorm", x!, scale!);
      return [x!, rowStatistic(x!)];
    },
    emit: (writer, inputs, types, { epsilon }) => {
      const { dtype } = types.inputs[0]!;
      if (dtype === "float32") {
        return writer.node(
          "SimplifiedLayerNormalization",
          inputs,
          { axis: -1, epsilon: { float: epsilon } },
          { outputs: 2 },
        );
      }
      return emitRmsNorm(writer, inputs, dtype, epsilon);
    },
  },
};

/** rmsNorm by its definition: the result, and 1/√. */
export function emitRmsNorm(
  writer: OnnxWriter,
  inputs: readonly string[],
  dtype: DType,
  epsilon: number,
): readonly string[] {
  const [x, scale] = inputs as [string, string];
  const inverse = inverseRoot(writer, x, dtype, epsilon);
  const unit = single(writer, "Mul", [x, inverse]);
  return [single(writer, "Mul", [unit, scale]), inverse];
}

function rowMean(writer: OnnxWriter, x: string): string {
  return single(writer, "ReduceMean", [x, writer.constant("int64", [1], [-1])], { keepdims: 1 });
}

/** 1 / √(mean x² + ε) of each row. */
function inverseRoot(writer: OnnxWriter, x: string, dtype: DType, epsilon: number): string {
  const square = rowMean(writer, single(writer, "Mul", [x, x]));
  const shifted = single(writer, "Add", [square, writer.constant(dtype, [], [epsilon])]);
  return single(writer, "Reciprocal", [single(writer, "Sqrt", [shifted])]);
}
