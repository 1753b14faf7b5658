import { concat, type Tensor } from "../../graph/index.ts";
import type { Parameter } from "../parameters.ts";
import { type AdamWOptions, adam, decaysByRole, defaultDecay } from "./adamw.ts";
import type { Optimizer } from "./optimizer.ts";

export interface MuonOptions {
  /** The matrices to orthogonalize; all other parameters take AdamW's step. Those of role `hidden` by default. */
  readonly hidden?: (parameter: Parameter) => boolean;
  readonly momentum?: number;
  /** Iterations of {@link orthogonalize}; 5 by default. Three are nearly as good, and cost less. */
  readonly iterations?: number;
  /** For the parameters that are not hidden matrices. */
  readonly adamw?: AdamWOptions;
}

const isHiddenMatrix = ({ role, shape }: Parameter): boolean =>
  role === "hidden" && shape.length >= 2;

/** Root mean square of AdamW's typical step, per unit of learning rate (Liu et al. 2025, section 2.2). */
const adamRms = 0.2;

/**
 * Muon (Jordan et al. 2024): hidden matrices step along the orthogonal matrix nearest to their momentum, so that all
 * directions are learned at one pace; scaled to the size of AdamW's step, so that one learning rate serves both.
 */
export function muon(options: MuonOptions = {}): Optimizer {
  const { hidden = isHiddenMatrix, momentum = 0.95, iterations = 5, adamw = {} } = options;
  const { weightDecay = defaultDecay, decays = decaysByRole } = adamw;
  return {
    slots: ["m", "v"],
    update({ layout, parameters, gradient, scale, slots, learningRate, step }) {
      const lengths = layout.parameters.map(({ offset }, i) => {
        const end = layout.parameters[i + 1]?.offset ?? layout.size;
        return end - offset;
      });
      const [p, g, m, v] = [parameters, gradient, ...slots].map((arena) =>
        arena.split(0, lengths),
      ) as [Tensor[], Tensor[], Tensor[], Tensor[]];
      const decay = learningRate.mul(-weightDecay).add(1);
      const next = layout.parameters.map((parameter, i) => {
        const [p0, g0, m0, v0] = [p[i]!, g[i]!, m[i]!, v[i]!]; // a piece a parameter
        if (!hidden(parameter)) {
          const kept = decays(parameter) ? p0.mul(decay) : p0;
          const piece = { gradient: g0, scale, learningRate, step };
          const { change, moments } = adam(piece, [m0, v0], adamw);
          return [kept.sub(change), ...moments] as const;
        }
        const [rows, columns] = parameter.shape.slice(-2) as [number, number];
        const fresh = g0.mul(scale.mul(1 - momentum));
        const m1 = m0.mul(momentum).add(fresh);
        const nesterov = m1.mul(momentum).add(fresh);
        const direction = orthogonalize(nesterov.reshape(parameter.shape), iterations).reshape([
          -1,
        ]);
        const rate = learningRate.mul(adamRms * Math.sqrt(Math.max(rows, columns)));
        return [p0.mul(decay).sub(direction.mul(rate)), m1, v0] as const;
      });
      const arena = (part: 0 | 1 | 2) =>
        concat(
          next.map((pieces) => pieces[part]),
          0,
        );
      return { parameters: arena(0), slots: [arena(1), arena(2)] };
    },
  };
}

/**
 * Roughly U Vᵀ of x = U Σ Vᵀ: some steps, usually five, of the quintic x ← a x + b (x xᵀ) x + c (x xᵀ)² x, which brings singular values
 * to between 0.7 and 1.2; the coefficients are chosen for the steepest slope at zero (Jordan et al. 2024). Of
 * `[…, rows, columns]` each matrix by itself.
 */
export function orthogonalize(matrix: Tensor, iterations = 5): Tensor {
  const [rows, columns] = matrix.shape.slice(-2) as [number, number];
  const wide = rows <= columns;
  const [a, b, c] = [3.4445, -4.775, 2.0315];
  let x = matrix.div(matrix.square().sum([-2, -1], { keepDims: true }).sqrt().add(1e-12));
  for (let i = 0; i < iterations; i++) {
    const gram = wide ? x.matmul(x, { transB: true }) : x.matmul(x, { transA: true });
    const polynomial = gram.mul(b).add(gram.matmul(gram, { alpha: c }));
    x = x.mul(a).add(wide ? polynomial.matmul(x) : x.matmul(polynomial));
  }
  return x;
}
