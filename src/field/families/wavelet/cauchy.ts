import type { Tensor } from "../../../graph/index.ts";
import { type Complex, cMul, cPower } from "../../../nn/layers/complex.ts";
import type { Template } from "./template.ts";

/**
 * The Cauchy wavelet, exactly progressive. For one coordinate, it is `ψ(u) = (1 - i u)^-n`, whose spectrum ξ^(n-1) e^(-ξ) is
 * zero for negative frequencies. For d coordinates, it is the product of d such factors along directions g_k, whose spectrum is
 * zero outside the cone that the g_k span (Antoine, Murenzi, Vandergheynst 1999). Powers of it are Cauchy wavelets of higher
 * order.
 */
export function cauchy(order = 4): Template {
  return {
    meaning: `Π_k (1 - i g_k·u)^-${order}, the spectrum in the cone of the g_k`,
    frequency: (dimensions) =>
      (order - 1) * generators(dimensions).reduce((sum, g) => sum + g[0]!, 0), // every one has a first coordinate
    at(u) {
      const factors = generators(u.length).map((g) => cPower(pole(along(g, u)), order));
      return factors.reduce(cMul);
    },
  };
}

/** `1 / (1 - i x) = (1 + i x) / (1 + x²)`. */
function pole(x: Tensor): Complex {
  const norm = x.square().add(1);
  return { re: norm.pow(-1), im: x.div(norm) };
}

/** `g·u`. */
const along = (g: readonly number[], u: readonly Tensor[]): Tensor =>
  u.map((x, k) => x.mul(g[k]!)).reduce((a, b) => a.add(b));

/** Unit vectors at 45° to the first axis that span a cone around it; in one dimension, the axis itself. */
export function generators(dimensions: number): readonly (readonly number[])[] {
  if (dimensions === 1) return [[1]];
  const r = Math.SQRT1_2;
  if (dimensions === 2) {
    return [
      [r, r],
      [r, -r],
    ];
  }
  return [0, 1, 2].map((k) => {
    const angle = (2 * Math.PI * k) / 3;
    return [r, r * Math.cos(angle), r * Math.sin(angle)];
  });
}
