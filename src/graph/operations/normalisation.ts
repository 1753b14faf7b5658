import type { Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { describe, isFloat, ShapeError, type TensorType } from "../types.ts";

export interface NormalisationAttributes {
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

export const normalisation: {
  readonly [K in keyof NormalisationAttributes]: Operation<NormalisationAttributes[K]>;
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
    emit: (writer, inputs, _, { epsilon }) =>
      writer.node(
        "LayerNormalization",
        inputs,
        { axis: -1, epsilon: { float: epsilon } },
        { outputs: 3 },
      ),
    gradient: ([g, ...statistics], { inputs, outputs }) => {
      if (statistics.some(Boolean)) throw new Error("layerNorm: its statistics carry no gradient");
      const [x, scale] = inputs as readonly [Tensor, Tensor, Tensor];
      const [, mean, inverseDeviation] = outputs as readonly [Tensor, Tensor, Tensor];
      if (!g) return [];
      const unit = x.sub(mean).mul(inverseDeviation);
      const gu = g.mul(unit);
      const du = g.mul(scale);
      const dx = du
        .sub(du.mean(-1, { keepDims: true }))
        .sub(unit.mul(gu.mul(scale).mean(-1, { keepDims: true })))
        .mul(inverseDeviation);
      return [dx, gu.sum(leadingAxes(x)), g.sum(leadingAxes(x))];
    },
  },
  rmsNorm: {
    meaning: "scale x / √(mean x² + ε) over the last axis (Zhang & Sennrich 2019); also 1/√",
    infer: ([x, scale]) => {
      requireScale("rmsNorm", x!, scale!);
      return [x!, rowStatistic(x!)];
    },
    emit: (writer, inputs, _, { epsilon }) => {
      const [y, inverse] = writer.node(
        "SimplifiedLayerNormalization",
        inputs,
        { axis: -1, epsilon: { float: epsilon } },
        { outputs: 2 },
      );
      return [y!, inverse!];
    },
    gradient: ([g, statistic], { inputs, outputs }) => {
      if (statistic) throw new Error("rmsNorm: its statistic carries no gradient");
      const [x, scale] = inputs as readonly [Tensor, Tensor];
      const [, inverse] = outputs as readonly [Tensor, Tensor];
      if (!g) return [];
      const unit = x.mul(inverse);
      const gu = g.mul(unit);
      const dx = g
        .mul(scale)
        .sub(unit.mul(gu.mul(scale).mean(-1, { keepDims: true })))
        .mul(inverse);
      return [dx, gu.sum(leadingAxes(x))];
    },
  },
};
