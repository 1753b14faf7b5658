import { concat, constant, ShapeError, type Tensor } from "../../graph/index.ts";
import { constantly } from "../initializers.ts";
import type { Scope } from "../parameters.ts";
import type { Attend } from "./attention.ts";
import { rmsNorm } from "./layers.ts";

/**
 * Rotary positions (Su et al. 2021), one for all layers of a model: feature pairs (i, i + depth/2) of queries and keys are turned by position times
 * `base^(-2i/depth)`, so that scores depend on distances. `place`, int32 `[length]` below `context`, are the positions.
 */
export function rotary(place: Tensor, context: number, base = 10_000): (attend: Attend) => Attend {
  const wavesOf = (half: number, dtype: Tensor["dtype"]): readonly Tensor[] =>
    [Math.cos, Math.sin].map((wave) =>
      constant(
        Array.from({ length: context * half }, (_, n) =>
          wave(Math.floor(n / half) * base ** (-(n % half) / half)),
        ),
        [context, half],
      )
        .gather(place)
        .cast(dtype),
    );
  /** Those of the first layer: the others have heads of the same width. */
  let known: { readonly half: number; readonly waves: readonly Tensor[] } | undefined;
  return (attend) => (q, k, v) => {
    const half = (q.shape.at(-1) ?? 0) / 2;
    if (!Number.isInteger(half)) {
      throw new ShapeError(`rotary: heads need an even width, not ${2 * half}`);
    }
    if (known?.half !== half) known = { half, waves: wavesOf(half, q.dtype) };
    const [cos, sin] = known.waves as readonly [Tensor, Tensor];
    const turned = (x: Tensor) => {
      const [a, b] = x.split(-1, [half, half]) as [Tensor, Tensor];
      return concat([a.mul(cos).sub(b.mul(sin)), a.mul(sin).add(b.mul(cos))], -1);
    };
    return attend(turned(q), turned(k), v);
  };
}

/** Queries and keys of each head brought to one length by RMS norms with learned scales (Dehghani et al. 2023). */
export const normedKeys =
  (p: Scope, attend: Attend): Attend =>
  (q, k, v) =>
    attend(rmsNorm(p.in("query"), q), rmsNorm(p.in("key"), k), v);

/**
 * Value residuals (Zhou et al. 2024): the values of every layer are mixed with those of the first,
 * `λ v + (1 - λ) v₁`, λ of the layer starting at ½. One for a whole model; layers must be asked in order.
 */
export function valueResidual(): (p: Scope, attend: Attend, layer: number) => Attend {
  let first: Tensor | undefined;
  return (p, attend, layer) => (q, k, v) => {
    if (layer === 0) first = v;
    if (layer === 0 || !first) return attend(q, k, v);
    const share = p.get("share", [1], constantly(0.5), { role: "gain" });
    return attend(q, k, first.add(v.sub(first).mul(share)));
  };
}
