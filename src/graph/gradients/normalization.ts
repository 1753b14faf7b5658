import type { NormalizationAttributes } from "../operations/normalization.ts";
import type { Tensor } from "../tensor.ts";
import { sizeOf } from "../types.ts";
import { type Differentiation, total } from "./gradientRule.ts";

/** Gradient rules of softmax and of the norms over rows, in closed form. */
export const normalization: {
  readonly [K in keyof NormalizationAttributes]: Differentiation<NormalizationAttributes[K]>;
} = {
  softmax: ([g], { outputs: [y] }) => {
    if (!g || !y) return [];
    const weighted = g.mul(y);
    return [weighted.sub(y.mul(weighted.sum(-1, { keepDims: true })))];
  },
  logSoftmax: ([g], { outputs: [y] }) =>
    g && y ? [g.sub(y.exp().mul(g.sum(-1, { keepDims: true })))] : [],
  layerNorm: ([g, gMean, gInverse], { inputs, outputs }) => {
    const [x, scale] = inputs as readonly [Tensor, Tensor, Tensor];
    const [, mean, inverse] = outputs as readonly [Tensor, Tensor, Tensor];
    const unit = () => x.sub(mean).mul(inverse);
    const viaMean = gMean?.mul(1 / width(x)).expand(x.shape);
    const viaInverse = gInverse && throughInverse(gInverse, unit(), inverse);
    if (!g) return [total(viaMean, viaInverse)];
    // With u = (x - μ) r and h = g scale: dx = r (h - mean h - u mean(h u)), dscale = Σ g u. Written with g x, so that
    // u is never materialized: μ and r are one number a row, and arithmetic on them is cheap beside a pass over all of x.
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
  rmsNorm: ([g, gInverse], { inputs, outputs }) => {
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
};

const leadingAxes = (x: Tensor): number[] => [...Array(x.shape.length - 1).keys()];

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
