import type { Tensor } from "../../../graph/index.ts";
import { fanIn, type Initializer } from "../../../nn/initializers.ts";
import {
  type Complex,
  cAdd,
  complexLinear,
  cScale,
  cSquare,
  realReadOut,
} from "../../../nn/layers/complex.ts";
import type { Scope } from "../../../nn/parameters.ts";
import type { FieldSize } from "../../family.ts";
import { type AtomShape, atomCoordinates } from "./atoms.ts";
import type { Template } from "./template.ts";

export interface NetworkOptions {
  readonly template: Template;
  readonly shape: AtomShape;
  /** Layers of products after the atoms. */
  readonly mixings: number;
}

/** Units of the layers of products, for `width` atoms. */
export const mixedUnits = (width: number): number => Math.max(1, Math.round(width / 2));

/** Complex normal numbers of variance 1 / inputs. */
const complexFanIn: Initializer = fanIn(Math.SQRT1_2);

const startOfAlpha: Initializer = (values) => {
  values.fill(0.1);
};

/**
 * The last hidden layer of the wavelet network, complex `[points, units]` (Roddenberry et al. 2024, eq. 1):
 *
 *     z¹_t = ψ(W_t (r - c_t)),   z^(l+1) = ρ(W^l z^l),   ρ(z) = z + α z²
 *
 * The activation ρ is a polynomial without constant term, so the result is a sum of products of atoms. Progressive atoms
 * (without negative frequencies) therefore give a progressive function.
 */
export function waveletFeatures(
  p: Scope,
  points: Tensor,
  { width }: FieldSize,
  { template, shape, mixings }: NetworkOptions,
): Complex {
  let z = template.at(atomCoordinates(p.in("atoms"), points, width, shape));
  for (let i = 0; i < mixings; i++) {
    const q = p.in(`mixing${i}`);
    const y = complexLinear(q, z, mixedUnits(width), { bias: false, initialize: complexFanIn });
    z = cAdd(y, cScale(cSquare(y), q.get("alpha", [], startOfAlpha)));
  }
  return z;
}

/** `Re(W^L z^L)`, `[points, channels]`. */
export function waveletNetwork(
  p: Scope,
  points: Tensor,
  size: FieldSize,
  options: NetworkOptions,
): Tensor {
  const z = waveletFeatures(p, points, size, options);
  return realReadOut(p.in("output"), z, size.channels, complexFanIn);
}
