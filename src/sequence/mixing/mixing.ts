import { concat, type Tensor } from "../../graph/index.ts";
import type { Past } from "../../nn/decoding/past.ts";
import type { Attend } from "../../nn/layers/attention.ts";
import type { TrunkHooks } from "../../nn/layers/gpt.ts";
import type { Scope } from "../../nn/parameters.ts";

/** What a mixing knows of the model that it is built into. */
export interface MixingSite {
  /** Where its parameters are. */
  readonly p: Scope;
  /** Tokens, int32 `[batch, length]`; number `symbols` is the start. */
  readonly tokens: Tensor;
  readonly symbols: number;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  /** Positions of a training window. */
  readonly context: number;
  /** How a position sees those before it. */
  readonly past: Past;
}

/** What a mixing does in a model: its part at each place of the trunk, and a further loss. */
export interface MixingHooks extends TrunkHooks {
  /**
   * A loss that is added to the model's own in training: of the trunk's features `[batch, length, width]` and the targets,
   * int32 `[batch, length]`, -1 where nothing is predicted. `head` gives logits of features.
   */
  readonly auxiliary?: (x: Tensor, targets: Tensor, head: (x: Tensor) => Tensor) => Tensor;
}

/**
 * A causal operation on earlier positions: position t of a model depends on positions up to t. It says what it does at the
 * places of a model, and sees the past by `site.past` alone, so that one formula serves whole sequences and single positions.
 */
export type Mixing = (site: MixingSite) => MixingHooks;

/**
 * A mixing of what passes from one block to the next, `[batch, length, width]`, by a formula of its own for each passage.
 *
 * @example
 * ```ts
 * // Half of the last position's features are added.
 * const echo = between((_p, x, past) => x.add(past.ago(x, 1).mul(0.5)));
 * ```
 */
export const between =
  (formula: (p: Scope, x: Tensor, past: Past, site: MixingSite) => Tensor): Mixing =>
  (site) => ({
    residual: (x, layer) =>
      layer === 0 ? x : formula(site.p.in(`between${layer}`), x, site.past, site),
  });

/** Several mixings in one model, each with its parameters below a name; at each place one after another. */
export const composed =
  (mixings: Readonly<Record<string, Mixing>>): Mixing =>
  (site) => {
    const all = Object.entries(mixings).map(([name, mixing]) =>
      mixing({ ...site, p: site.p.in(name) }),
    );
    const each = (place: "residual" | "attention" | "queryKeyValue" | "mlp" | "hidden") => {
      const hooks = all.flatMap((hooks) => hooks[place] ?? []);
      return (x: Tensor, layer: number) => hooks.reduce((y, hook) => hook(y, layer), x);
    };
    const attends = all.flatMap((hooks) => hooks.attend ?? []);
    const losses = all.flatMap((hooks) => hooks.auxiliary ?? []);
    return {
      ...{ residual: each("residual"), attention: each("attention"), mlp: each("mlp") },
      ...{ queryKeyValue: each("queryKeyValue"), hidden: each("hidden") },
      attend: (attend: Attend, layer) =>
        attends.reduce((inner, hook) => hook(inner, layer), attend),
      ...(losses.length > 0 && {
        auxiliary: (x, targets, head) =>
          losses.map((loss) => loss(x, targets, head)).reduce((sum, loss) => sum.add(loss)),
      }),
    };
  };

/** Features that are mixed: the upper part, `fraction` of `width`. */
export const mixedWidth = (width: number, fraction: number): number => Math.floor(width * fraction);

/** Mixes the last `mixed` features of x and keeps the others. */
export function onUpper(x: Tensor, mixed: number, mix: (upper: Tensor) => Tensor): Tensor {
  const width = x.shape.at(-1) ?? 0;
  if (mixed === 0) return x;
  if (mixed === width) return mix(x);
  const [kept, upper] = x.split(-1, [width - mixed, mixed]) as [Tensor, Tensor];
  return concat([kept, mix(upper)], -1);
}
