import type { TokenLanguage } from "../tokenLanguage.ts";
import type { Token } from "../tokens.ts";
import { blockWalk } from "./blockWalk.ts";
import { coefficientWalk } from "./coefficientWalk.ts";
import type { Site } from "./site.ts";
import { treeWalk } from "./treeWalk.ts";

/**
 * The one walk behind encoder, decoder, sampler and likelihood (docs/image-language.md, "The walk"). It visits every plane from
 * `startingPlane` down to the language's finest, channel after channel (or every coefficient through all planes, see `Order`), and at each decision yields a
 * {@link Site} and expects one of its legal tokens:
 *
 * ```ts
 * const steps = walk(language, startingPlane, approximation);
 * for (let step = steps.next(); !step.done; step = steps.next(token)) token = choose(step.value);
 * ```
 *
 * `approximation` (channels × height × width, zeroed by the caller) holds the known value α̃ of every
 * coefficient, 0 while it is insignificant; the walk keeps it up to date, so at each yield it is the
 * decoder's whole knowledge. Tokens are trusted: one that is not in `site.legal` derails the walk.
 */
export function walk(
  language: TokenLanguage,
  startingPlane: number,
  approximation: Float64Array,
): Generator<Site, void, Token> {
  if (language.order === "coefficients")
    return coefficientWalk(language, startingPlane, approximation);
  return language.vocabulary === "blocks"
    ? blockWalk(language, startingPlane, approximation)
    : treeWalk(language, startingPlane, approximation);
}
