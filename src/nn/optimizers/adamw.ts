import { constant, sizeOf, type Tensor } from "../../graph/index.ts";
import type { Parameter, ParameterLayout } from "../parameters.ts";
import type { Optimizer, Update } from "./optimizer.ts";

/** Decoupled decay where none is asked for. */
export const defaultDecay = 0.01;

export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled decay, per unit of learning rate, of the parameters that decay. */
  readonly weightDecay?: number;
  /**
   * Whether numbers decay only where the step itself brings them toward zero (cautious weight decay, Chen et al. 2025), so that
   * decay never works against the gradient; false by default.
   */
  readonly cautious?: boolean;
  /** Which parameters decay; by default matrices and tables, but not kernels, gains and biases. */
  readonly decays?: (parameter: Parameter) => boolean;
}

/** Matrices and tables decay. Vectors do not, nor kernels: zero is no better a start for them than where they are. */
export const decaysByRole = ({ shape, role }: Parameter): boolean =>
  shape.length >= 2 && role !== "kernel";

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
export function adamw(options: AdamWOptions = {}): Optimizer {
  const { weightDecay = defaultDecay, decays = decaysByRole } = options;
  return {
    slots: ["m", "v"],
    update({ layout, parameters, slots, ...gradient }) {
      const { change, moments } = adam(gradient, slots as readonly [Tensor, Tensor], options);
      const moved = parameters.sub(change);
      if (weightDecay === 0) return { parameters: moved, slots: moments };
      const kept = parameters.mul(maskOf(layout, decays));
      const decay = decayOf(kept, change, gradient.learningRate, options);
      return { parameters: moved.sub(decay), slots: moments };
    },
  };
}

/** What decoupled decay takes off parameters, beside the `change` that a step takes off. */
export function decayOf(
  parameters: Tensor,
  change: Tensor,
  learningRate: Tensor,
  { weightDecay = defaultDecay, cautious = false }: AdamWOptions,
): Tensor {
  const decay = parameters.mul(learningRate.mul(weightDecay));
  return cautious ? decay.mul(change.mul(parameters).greater(0).cast(parameters.dtype)) : decay;
}

/** The arena's elements: 1 where a parameter decays, 0 elsewhere. */
function maskOf(layout: ParameterLayout, decays: (parameter: Parameter) => boolean): Tensor {
  const mask = new Float32Array(layout.size);
  for (const parameter of layout.parameters) {
    const { offset, shape } = parameter;
    if (decays(parameter)) mask.fill(1, offset, offset + sizeOf(shape));
  }
  return constant(mask, [layout.size]);
}
