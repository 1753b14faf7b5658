import type { Token, TokenSet } from "./tokens.ts";
import type { Site } from "./walk/site.ts";

/**
 * Which tokens may be drawn at a site, as a set like `Site.legal`: what lies outside `legal` does not count, and at least
 * one legal token must remain. `known` holds α̃ so far, `position` is the number of tokens before this one. Both objects
 * change after the call.
 *
 * @example
 * ```ts
 * // Every block of the details of level 4 is silent.
 * const smooth: Allowed = ({ kind, level, legal }) =>
 *   level === 4 && kind === SiteKind.block ? 1 << blockTokens.Group4x4 : legal;
 * ```
 */
export type Allowed = (site: Site, known: Float64Array, position: number) => TokenSet;

/** Takes the tokens of a stream one after another; behind its end all legal tokens are allowed. */
export function beginningWith(tokens: ArrayLike<Token>): Allowed {
  return ({ legal }, _, position) => (position < tokens.length ? 1 << tokens[position]! : legal); // position < length
}

/** The only member of a set; undefined if it has several or none. */
export function onlyToken(set: TokenSet): Token | undefined {
  return set !== 0 && (set & (set - 1)) === 0 ? 31 - Math.clz32(set) : undefined;
}
