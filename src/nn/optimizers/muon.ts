import { concat, type Tensor } from "../../graph/index.ts";
import type { Parameter } from "../parameters.ts";
import { type AdamWOptions, adam, decayOf, decaysByRole } from "./adamw.ts";
import type { Optimizer } from "./optimizer.ts";
import { type Quintic, steepest } from "./polar.ts";

export interface MuonOptions {
  /** The matrices to orthogonalize; all other parameters take AdamW's step. Those of role `hidden` by default. */
  readonly hidden?: (parameter: Parameter) => boolean;
  readonly momentum?: number;
  /** The polynomials of {@link orthogonalize}; five of the {@link steepest} by default. */
  readonly polynomials?: readonly Quintic[];
  /**
   * Whether the outputs of a matrix step at one pace, by a moving mean of their squared steps (NorMuon, Li et al. 2025);
   * false by default.
   */
  readonly normalized?: boolean;
  /** For the parameters that are not hidden matrices; its decay is that of all. */
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
  const { hidden = isHiddenMatrix, momentum = 0.95, adamw = {} } = options;
  const { polynomials = steepest(5), normalized = false } = options;
  const { decays = decaysByRole } = adamw;
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
      const next = layout.parameters.map((parameter, i) => {
        const [p0, g0, m0, v0] = [p[i]!, g[i]!, m[i]!, v[i]!]; // a piece a parameter
        const after = (change: Tensor, isDecayed: boolean): Tensor => {
          const moved = p0.sub(change);
          return isDecayed ? moved.sub(decayOf(p0, change, learningRate, adamw)) : moved;
        };
        if (!hidden(parameter)) {
          const piece = { gradient: g0, scale, learningRate, step };
          const { change, moments } = adam(piece, [m0, v0], adamw);
          return [after(change, decays(parameter)), ...moments] as const;
        }
        const { shape } = parameter;
        const [rows, columns] = shape.slice(-2) as [number, number];
        const fresh = g0.mul(scale.mul(1 - momentum));
        const m1 = m0.mul(momentum).add(fresh);
        const nesterov = m1.mul(momentum).add(fresh);
        const direction = orthogonalize(nesterov.reshape(shape), polynomials);
        if (!normalized) {
          const rate = learningRate.mul(adamRms * Math.sqrt(Math.max(rows, columns)));
          return [after(direction.reshape([-1]).mul(rate), true), m1, v0] as const;
        }
        const { even, pace } = evenOut(direction, v0.reshape(shape), step);
        const change = even.reshape([-1]).mul(learningRate.mul(adamRms));
        return [after(change, true), m1, pace.reshape([-1])] as const;
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

/** What is kept of the mean square of an output's steps. */
const paceDecay = 0.95;

/**
 * A direction `[…, rows, columns]` whose columns, one for each output, are divided by the root of a moving mean of their squares,
 * and all then brought to a root mean square of 1. `pace`, of the same shape, repeats the mean of a column in each row.
 */
function evenOut(
  direction: Tensor,
  before: Tensor,
  step: Tensor,
): { readonly even: Tensor; readonly pace: Tensor } {
  const square = direction.square().mean([-2], { keepDims: true });
  const row = before
    .slice(-2, 0, 1)
    .mul(paceDecay)
    .add(square.mul(1 - paceDecay));
  const correction = step.mul(Math.log(paceDecay)).exp().neg().add(1); // 1 - β^t
  const divided = direction.div(row.div(correction).sqrt().add(1e-8));
  const rms = divided.square().mean([-2, -1], { keepDims: true }).sqrt().add(1e-8);
  return { even: divided.div(rms), pace: row.expand(direction.shape) };
}

/**
 * Roughly U Vᵀ of x = U Σ Vᵀ, by polynomials `x ← a x + b (x xᵀ) x + c (x xᵀ)² x` that bring singular values near 1; five of the
 * {@link steepest} by default. Of `[…, rows, columns]` each matrix by itself.
 */
export function orthogonalize(
  matrix: Tensor,
  polynomials: readonly Quintic[] = steepest(5),
): Tensor {
  const [rows, columns] = matrix.shape.slice(-2) as [number, number];
  const wide = rows <= columns;
  let x = matrix.div(matrix.square().sum([-2, -1], { keepDims: true }).sqrt().add(1e-12));
  for (const [a, b, c] of polynomials) {
    const gram = wide ? x.matmul(x, { transB: true }) : x.matmul(x, { transA: true });
    const polynomial = gram.mul(b).add(gram.matmul(gram, { alpha: c }));
    x = x.mul(a).add(wide ? polynomial.matmul(x) : x.matmul(polynomial));
  }
  return x;
}
