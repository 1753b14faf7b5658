import type { Tensor } from "../../graph/index.ts";
import { uniform } from "../../nn/initialisers.ts";
import { widthOf } from "../../nn/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import { torchBound } from "./affine.ts";

/** A tensor of complex numbers. */
export interface ComplexPair {
  readonly re: Tensor;
  readonly im: Tensor;
}

/**
 * `scale (z W + b)` with complex weights, which start as PyTorch's: real and imaginary parts uniform within ±1/√inputs.
 * The weights are scaled, not the activations.
 */
export function complexAffine(p: Scope, z: ComplexPair, width: number, scale = 1): ComplexPair {
  const inputs = widthOf(z.re);
  const initialise = uniform(torchBound(inputs));
  const parameter = (name: string, shape: readonly number[]) => {
    const value = p.get(name, shape, initialise);
    return scale === 1 ? value : value.mul(scale);
  };
  const re = parameter("weight.re", [inputs, width]);
  const im = parameter("weight.im", [inputs, width]);
  return {
    re: z.re
      .matmul(re)
      .add(parameter("bias.re", [width]))
      .sub(z.im.matmul(im)),
    im: z.re
      .matmul(im)
      .add(parameter("bias.im", [width]))
      .add(z.im.matmul(re)),
  };
}

/** The complex number of this modulus and angle, in radians. */
export function fromPolar(modulus: Tensor, angle: Tensor): ComplexPair {
  return { re: modulus.mul(angle.cos()), im: modulus.mul(angle.sin()) };
}
