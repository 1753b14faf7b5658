import { type Allowed, onlyToken } from "../codec/allowed.ts";
import type { Token, TokenSet } from "../codec/tokens.ts";
import type { Site } from "../codec/walk/site.ts";
import type { Weigh } from "../codec/weighing.ts";
import type { Random } from "../data/random/random.ts";
import { chooseToken, type SamplingOptions } from "../nn/decoding/sampling.ts";

/** What has a say, beside the model, in the tokens of a drawing. */
export interface Choosing {
  /** The tokens that may be drawn; all that are legal by default. It is asked at every site, in order. */
  readonly allowed?: Allowed;
  /** Factors of the model's probabilities, once temperature has changed them; 1 by default. Asked after `allowed`. */
  readonly weigh?: Weigh;
  /**
   * Shown every decision that the model is asked for, before its token is chosen: where the drawing stands, and the model's
   * logits, guided where there is guidance. Both objects change after the call.
   */
  readonly watch?: (
    standing: Pick<Standing, "site" | "known" | "position">,
    logits: Float32Array,
  ) => void;
}

/** The tokens that an image may go on with at a site; see {@link Allowed} for `known` and `position`. */
export const choicesOf = (
  { allowed }: Choosing,
  site: Site,
  known: Float64Array,
  position: number,
): TokenSet => (allowed ? site.legal & allowed(site, known, position) : site.legal);

/** Where a drawing stands: its request, and what its walk knows. */
export interface Standing {
  readonly request: Choosing & { readonly random: Pick<Random, "uniform"> };
  readonly site: Site;
  readonly known: Float64Array;
  readonly position: number;
}

/**
 * Chooses the next token from the model's logits. Where a single token is allowed, it is taken without a random number.
 */
export function goOn(
  { request, site, known, position }: Standing,
  logits: Float32Array,
  sampling: SamplingOptions,
): Token {
  request.watch?.({ site, known, position }, logits);
  const choices = choicesOf(request, site, known, position);
  const only = onlyToken(choices);
  if (only !== undefined) return only;
  const factors = request.weigh?.(site, known);
  const { temperature = 1 } = sampling; // chooseToken divides by it
  const weighed = factors ? logits.map((x, t) => x + temperature * Math.log(factors[t]!)) : logits;
  return chooseToken(weighed, choices, request.random.uniform(), sampling);
}
