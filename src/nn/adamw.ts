import { constant, type Tensor } from "../graph/index.ts";
import type { Optimiser, Update } from "./optimiser.ts";
import type { ParameterLayout } from "./parameters.ts";

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
  // lr m̂ / (√v̂ + ε), the scalar factors gathered so that the arena is passed over as rarely as possible
  const root = correction(beta2).sqrt();
  const rate = learningRate.mul(root).div(correction(beta1));
  return { change: m.mul(rate).div(v.sqrt().add(root.mul(epsilon))), moments: [m, v] };
}

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2) on the whole arena at once. */
export function adamw(options: AdamWOptions = {}): Optimiser {
  const { weightDecay = defaultDecay } = options;
  return {
    slots: ["m", "v"],
    update({ layout, parameters, slots, ...gradient }) {
      const { change, moments } = adam(gradient, slots as readonly [Tensor, Tensor], options);
      const rate = gradient.learningRate.mul(weightDecay);
      return {
        parameters: decay(parameters.sub(change), parameters, layout, rate),
        slots: moments,
      };
    },
  };
}

/** Takes `rate` times the old value off every parameter of rank 2 or more; gains and biases are left alone. */
function decay(moved: Tensor, old: Tensor, layout: ParameterLayout, rate: Tensor): Tensor {
  const mask = new Float32Array(layout.size);
  for (const [i, { offset, shape }] of layout.parameters.entries()) {
    const end = layout.parameters[i + 1]?.offset ?? layout.size;
    if (shape.length >= 2) mask.fill(1, offset, end);
  }
  return moved.sub(old.mul(constant(mask, [layout.size])).mul(rate));
}
