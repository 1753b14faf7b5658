import type { Tensor } from "../graph/index.ts";
import type { Optimiser, Update } from "./optimiser.ts";
import type { Piece } from "./parameters.ts";

/** Decoupled decay where none is asked for. */
export const defaultDecay = 0.01;

export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled decay, per unit of learning rate, of parameters of rank 2 or more. */
  readonly weightDecay?: number;
}

/** What one step of Adam needs besides its moments. */
type Gradient = Pick<Update, "gradient" | "scale" | "learningRate" | "step">;

/**
 * Adam's step (Kingma & Ba 2015): `change`, to be taken off the parameters, and the moments after it.
 */
export function adam(
  { gradient: g, scale, learningRate, step }: Gradient,
  [m0, v0]: readonly [Tensor, Tensor],
  { beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8 }: AdamWOptions = {},
): { readonly change: Tensor; readonly moments: readonly [Tensor, Tensor] } {
  const m = m0.mul(beta1).add(g.mul(scale.mul(1 - beta1)));
  const v = v0.mul(beta2).add(g.square().mul(scale.square().mul(1 - beta2)));
  const correction = (beta: number) => step.mul(Math.log(beta)).exp().neg().add(1); // 1 - β^t
  // lr m̂ / (√v̂ + ε), the scalar factors gathered so that the piece is passed over as rarely as possible
  const root = correction(beta2).sqrt();
  const rate = learningRate.mul(root).div(correction(beta1));
  return { change: m.mul(rate).div(v.sqrt().add(root.mul(epsilon))), moments: [m, v] };
}

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2). */
export function adamw(options: AdamWOptions = {}): Optimiser {
  const { weightDecay = defaultDecay } = options;
  return {
    slots: ["m", "v"],
    update({ piece, value, slots, ...gradient }) {
      const { change, moments } = adam(gradient, slots as readonly [Tensor, Tensor], options);
      const kept = decayed(piece, value, gradient.learningRate, weightDecay);
      return { value: kept.sub(change), slots: moments };
    },
  };
}

/** `value` less `weightDecay` of it per unit of learning rate; gains and biases, of rank below 2, are left alone. */
export function decayed(
  { shape }: Piece,
  value: Tensor,
  learningRate: Tensor,
  weightDecay: number,
): Tensor {
  return shape.length >= 2 ? value.mul(learningRate.mul(-weightDecay).add(1)) : value;
}
