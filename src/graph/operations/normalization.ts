import { type OnnxWriter, type Operation, single } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { describe, isFloat, ShapeError, sizeOf, type TensorType } from "../types.ts";
import { total } from "./elementwise.ts";

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

const leadingAxes = (x: Tensor): number[] => [...Array(x.shape.length - 1).keys()];

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
    gradient: ([g], { outputs: [y] }) => {
      if (!g || !y) return [];
      const weighted = g.mul(y);
      return [weighted.sub(y.mul(weighted.sum(-1, { keepDims: true })))];
    },
  },
  logSoftmax: {
    meaning: "x - log Σ e^x over the last axis",
    infer: ([x]) => {
      requireRows("logSoftmax", x!);
      return [x!];
    },
    emit: (writer, inputs) => writer.node("LogSoftmax", inputs, { axis: -1 }),
    gradient: ([g], { outputs: [y] }) =>
      g && y ? [g.sub(y.exp().mul(g.sum(-1, { keepDims: true })))] : [],
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
      const mean = rowMean64(writer, x);
      const centered = single(writer, "Sub", [x, mean]);
      const inverse = inverseRoot64(writer, centered, epsilon);
      const unit = single(writer, "Mul", [centered, inverse]);
      const y = single(writer, "Add", [single(writer, "Mul", [unit, scale]), bias]);
      return [y, mean, inverse];
    },
    gradient: ([g, gMean, gInverse], { inputs, outputs }) => {
      const [x, scale] = inputs as readonly [Tensor, Tensor, Tensor];
      const [, mean, inverse] = outputs as readonly [Tensor, Tensor, Tensor];
      const unit = () => x.sub(mean).mul(inverse);
      const viaMean = gMean?.mul(1 / width(x)).expand(x.shape);
      const viaInverse = gInverse && throughInverse(gInverse, unit(), inverse);
      if (!g) return [total(viaMean, viaInverse)];
      // With u = (x - μ) r and h = g scale: dx = r (h - mean h - u mean(h u)), dscale = Σ g u. Written with g x, so that
      // u is never made: μ and r are numbers of a row, and what is done to rows is cheap beside a pass over all of x.
      const gx = g.mul(x);
      const meanH = meanOfProduct(g, scale);
      const slope = meanOfProduct(gx, scale).sub(mean.mul(meanH)).mul(inverse).mul(inverse); // r mean(h u)
      const dx = g
        .mul(scale)
        .sub(x.mul(slope).add(meanH.sub(mean.mul(slope))))
        .mul(inverse);
      const dScale = sumOfRows(gx, inverse).sub(sumOfRows(g, mean.mul(inverse)));
      return [total(dx, viaMean, viaInverse), dScale, g.sum(leadingAxes(x))];
    },
  },
  rmsNorm: {
    meaning: "scale x / √(mean x² + ε) over the last axis (Zhang & Sennrich 2019); also 1/√",
    infer: ([x, scale]) => {
      requireScale("rmsNorm", x!, scale!);
      return [x!, rowStatistic(x!)];
    },
    emit: (writer, inputs, types, { epsilon }) => {
      if (types.inputs[0]!.dtype === "float32") {
        return writer.node(
          "SimplifiedLayerNormalization",
          inputs,
          { axis: -1, epsilon: { float: epsilon } },
          { outputs: 2 },
        );
      }
      const [x, scale] = inputs as [string, string];
      const inverse = inverseRoot64(writer, x, epsilon);
      const unit = single(writer, "Mul", [x, inverse]);
      return [single(writer, "Mul", [unit, scale]), inverse];
    },
    gradient: ([g, gInverse], { inputs, outputs }) => {
      const [x, scale] = inputs as readonly [Tensor, Tensor];
      const [, inverse] = outputs as readonly [Tensor, Tensor];
      const unit = x.mul(inverse);
      const viaInverse = gInverse && throughInverse(gInverse, unit, inverse);
      if (!g) return [viaInverse];
      const gu = g.mul(unit);
      const dx = g
        .mul(scale)
        .sub(unit.mul(meanOfProduct(gu, scale)))
        .mul(inverse);
      return [total(dx, viaInverse), gu.sum(leadingAxes(x))];
    },
  },
};

const width = (x: Tensor): number => x.shape.at(-1)!; // norms are of rows

/** Mean of each row of `x` times `vector`, the last axis kept with length 1: as a product of matrices, x is read once. */
function meanOfProduct(x: Tensor, vector: Tensor): Tensor {
  return x.matmul(vector.mul(1 / width(x)).reshape([width(x), 1]));
}

/** Sum of the rows of `x`, each times its number in `factors` (last axis of length 1). */
function sumOfRows(x: Tensor, factors: Tensor): Tensor {
  const rows = sizeOf(factors.shape);
  return factors
    .reshape([1, rows])
    .matmul(x.reshape([rows, width(x)]))
    .reshape([width(x)]);
}

/** Gradient with respect to x of r = (mean (x - m)² + ε)^-½, given that of r: -r³ (x - m) / n, unit = (x - m) r. */
function throughInverse(g: Tensor, unit: Tensor, inverse: Tensor): Tensor {
  return unit.mul(
    g
      .mul(inverse)
      .mul(inverse)
      .mul(-1 / width(unit)),
  );
}

function rowMean64(writer: OnnxWriter, x: string): string {
  return single(writer, "ReduceMean", [x, writer.constant("int64", [1], [-1])], { keepdims: 1 });
}

/** 1 / √(mean x² + ε) of each row, in float64. */
function inverseRoot64(writer: OnnxWriter, x: string, epsilon: number): string {
  const square = rowMean64(writer, single(writer, "Mul", [x, x]));
  const shifted = single(writer, "Add", [square, writer.constant("float64", [], [epsilon])]);
  return single(writer, "Reciprocal", [single(writer, "Sqrt", [shifted])]);
}
