import type { Tensor } from "../graph/index.ts";
import { type AdamWOptions, adamw, decayed, defaultDecay } from "./adamw.ts";
import type { Optimiser } from "./optimiser.ts";
import type { Piece } from "./parameters.ts";

export interface MuonOptions {
  /** The matrices to orthogonalise; all other parameters take AdamW's step. Hidden layers, not tables or heads. */
  readonly hidden: (piece: Piece) => boolean;
  readonly momentum?: number;
  /** For the parameters that are not hidden matrices. */
  readonly adamw?: AdamWOptions;
}

/** Root mean square of AdamW's typical step, per unit of learning rate (Liu et al. 2025, section 2.2). */
const adamRms = 0.2;

/**
 * Muon (Jordan et al. 2024): hidden matrices step along the orthogonal matrix nearest to their momentum, so that all
 * directions are learned at one pace; scaled to the size of AdamW's step, so that one learning rate serves both.
 */
export function muon({ hidden, momentum = 0.95, adamw: others = {} }: MuonOptions): Optimiser {
  const { weightDecay = defaultDecay } = others;
  const rest = adamw(others);
  return {
    slots: rest.slots,
    update(step) {
      const { piece, value, gradient, scale, slots, learningRate } = step;
      if (!hidden(piece)) return rest.update(step);
      const [m0, v0] = slots as readonly [Tensor, Tensor];
      const fresh = gradient.mul(scale.mul(1 - momentum));
      const m = m0.mul(momentum).add(fresh);
      const nesterov = m.mul(momentum).add(fresh);
      const [rows, columns] = piece.shape.slice(-2) as [number, number];
      const rate = learningRate.mul(adamRms * Math.sqrt(Math.max(rows, columns)));
      const kept = decayed(piece, value, learningRate, weightDecay);
      return { value: kept.sub(orthogonalise(nesterov).mul(rate)), slots: [m, v0] };
    },
  };
}

/**
 * Roughly U Vᵀ of x = U Σ Vᵀ: five steps of the quintic x ← a x + b (x xᵀ) x + c (x xᵀ)² x, which brings singular values
 * to between 0.7 and 1.2; the coefficients are chosen for the steepest slope at zero (Jordan et al. 2024). Of
 * `[…, rows, columns]` each matrix by itself.
 */
export function orthogonalise(matrix: Tensor): Tensor {
  const [rows, columns] = matrix.shape.slice(-2) as [number, number];
  const wide = rows <= columns;
  const [a, b, c] = [3.4445, -4.775, 2.0315];
  let x = matrix.div(matrix.square().sum([-2, -1], { keepDims: true }).sqrt().add(1e-12));
  for (let i = 0; i < 5; i++) {
    const gram = wide ? x.matmul(x, { transB: true }) : x.matmul(x, { transA: true });
    const polynomial = gram.mul(b).add(gram.matmul(gram, { alpha: c }));
    x = x.mul(a).add(wide ? polynomial.matmul(x) : x.matmul(polynomial));
  }
  return x;
}
