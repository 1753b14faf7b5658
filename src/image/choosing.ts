import { type Allowed, onlyToken } from "../codec/allowed.ts";
import type { Token, TokenSet } from "../codec/tokens.ts";
import type { Site } from "../codec/walk/site.ts";
import type { Weigh } from "../codec/weighing.ts";
import type { Random } from "../data/random/random.ts";
import { chooseToken, type SamplingOptions, tokenChance } from "../nn/decoding/sampling.ts";

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
export function goOn(standing: Standing, logits: Float32Array, sampling: SamplingOptions): Token {
  watched(standing, logits);
  const choices = choicesAt(standing);
  return (
    onlyToken(choices) ?? draw(standing, choices, weighed(standing, logits, sampling), sampling)
  );
}

/** A token, and the log of the weight that it gives to its drawing. */
export interface WeighedToken {
  readonly token: Token;
  readonly logWeight: number;
}

/** The least probability that a token can be given: an improbable token must not rule out a drawing when all have one. */
const leastChance = 1e-12;

/**
 * Chooses as `goOn` does, and weighs the choice: ln p/q, where p is the token's probability at the temperature if all legal tokens
 * were allowed, and q that with which it was drawn, 1 where it was the only choice (importance sampling).
 */
export function goOnWeighed(
  standing: Standing,
  logits: Float32Array,
  sampling: SamplingOptions,
): WeighedToken {
  watched(standing, logits);
  const { legal } = standing.site;
  const choices = choicesAt(standing);
  const { temperature = 1 } = sampling;
  const log = (chance: number) => Math.log(Math.max(leastChance, chance));
  const free = (token: Token) => log(tokenChance(logits, legal, token, { temperature }));
  const only = onlyToken(choices);
  if (only !== undefined) return { token: only, logWeight: free(only) };
  const changed = weighed(standing, logits, sampling);
  const token = draw(standing, choices, changed, sampling);
  return { token, logWeight: free(token) - log(tokenChance(changed, choices, token, sampling)) };
}

const watched = ({ request, site, known, position }: Standing, logits: Float32Array): void =>
  request.watch?.({ site, known, position }, logits);

const choicesAt = ({ request, site, known, position }: Standing): TokenSet =>
  choicesOf(request, site, known, position);

const draw = (
  { request }: Standing,
  choices: TokenSet,
  logits: Float32Array,
  sampling: SamplingOptions,
): Token => chooseToken(logits, choices, request.random.uniform(), sampling);

/** Logits whose probabilities, at the temperature, are multiplied by the factors of the request. */
function weighed(
  { request, site, known }: Standing,
  logits: Float32Array,
  { temperature = 1 }: SamplingOptions,
): Float32Array {
  const factors = request.weigh?.(site, known);
  if (!factors) return logits;
  return logits.map((x, t) => x + temperature * Math.log(factors[t]!)); // chooseToken divides by it
}
