import type { Tensor } from "../../graph/index.ts";
import type { Initializer } from "../initializers.ts";
import type { ParameterRole, Scope } from "../parameters.ts";
import { widthOf } from "./layers.ts";

/** A tensor of complex numbers: two real tensors of one shape. Counted as two real numbers wherever numbers are counted. */
export interface Complex {
  readonly re: Tensor;
  readonly im: Tensor;
}

/** `z + w`. */
export const cAdd = (z: Complex, w: Complex): Complex => ({
  re: z.re.add(w.re),
  im: z.im.add(w.im),
});

/** `z w`. */
export const cMul = (z: Complex, w: Complex): Complex => ({
  re: z.re.mul(w.re).sub(z.im.mul(w.im)),
  im: z.re.mul(w.im).add(z.im.mul(w.re)),
});

/** `z²`, with two products fewer than `cMul(z, z)`. */
export const cSquare = ({ re, im }: Complex): Complex => ({
  re: re.add(im).mul(re.sub(im)),
  im: re.mul(im).mul(2),
});

/** `zⁿ` for a whole n ≥ 1. */
export function cPower(z: Complex, n: number): Complex {
  if (n === 1) return z;
  const half = cSquare(cPower(z, Math.floor(n / 2)));
  return n % 2 === 0 ? half : cMul(half, z);
}

/** `z` times a real tensor. */
export const cScale = ({ re, im }: Complex, factor: Tensor): Complex => ({
  re: re.mul(factor),
  im: im.mul(factor),
});

/** `|z|²`, real. Not holomorphic: a product with the conjugate, which brings high frequencies back to zero. */
export const squaredModulus = ({ re, im }: Complex): Tensor => re.square().add(im.square());

/** The complex number of this modulus and angle, in radians. */
export const fromPolar = (modulus: Tensor, angle: Tensor): Complex => ({
  re: modulus.mul(angle.cos()),
  im: modulus.mul(angle.sin()),
});

export interface ComplexLinearOptions {
  readonly bias?: boolean;
  /** How real and imaginary parts of the weights start, each. */
  readonly initialize: Initializer;
  /** Those of the bias; as the weights by default. */
  readonly initializeBias?: Initializer;
  /** What the result is multiplied with. The weights are scaled, not the activations. */
  readonly scale?: number;
  /** What the weights do in the model; `hidden` by default. */
  readonly role?: ParameterRole;
}

/** `z W + b` with complex weights: `[…, K]` to `[…, width]`. */
export function complexLinear(
  p: Scope,
  z: Complex,
  width: number,
  options: ComplexLinearOptions,
): Complex {
  const { bias = true, initialize, initializeBias = initialize, scale = 1, role } = options;
  const parameter = (name: string, shape: readonly number[], start: Initializer) => {
    const value = p.get(name, shape, start, shape.length > 1 && role ? { role } : {});
    return scale === 1 ? value : value.mul(scale);
  };
  const re = parameter("weight.re", [widthOf(z.re), width], initialize);
  const im = parameter("weight.im", [widthOf(z.re), width], initialize);
  const [x, y] = bias
    ? [
        z.re.matmul(re).add(parameter("bias.re", [width], initializeBias)),
        z.re.matmul(im).add(parameter("bias.im", [width], initializeBias)),
      ]
    : [z.re.matmul(re), z.re.matmul(im)];
  return { re: x.sub(z.im.matmul(im)), im: y.add(z.im.matmul(re)) };
}

/** `Re(z W)` with complex weights and no bias: half the work of `complexLinear`, and every parameter counts. */
export function realReadOut(p: Scope, z: Complex, width: number, initialize: Initializer): Tensor {
  const shape = [widthOf(z.re), width];
  const re = p.get("weight.re", shape, initialize, { role: "head" });
  const im = p.get("weight.im", shape, initialize, { role: "head" });
  return z.re.matmul(re).sub(z.im.matmul(im));
}
