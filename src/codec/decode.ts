import { UserError } from "../errors/userError.ts";
import type { TokenStream } from "./encode.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";
import { namesOf, type Token, tokenLimit, tokenNames } from "./tokens.ts";
import { coefficientCount } from "./walk/geometry.ts";
import { type Site, siteKindNames } from "./walk/site.ts";
import { planeLimit } from "./walk/startingPlane.ts";
import { walk } from "./walk/walk.ts";

/**
 * The coefficients α̃ (channels × height × width) that a stream, or any prefix of one, determines.
 * Throws UserError at the first token that is not legal at its site, and if tokens are left over.
 */
export function decodeTokens(stream: TokenStream, language: TokenLanguage): Float64Array {
  return replayTokens(stream, language, () => {});
}

/**
 * Walks through a stream, or any prefix of one, and calls `visit` with every site and its token before
 * the walk takes the token. `visit` also gets the live α̃. Returns and throws as {@link decodeTokens}.
 */
export function replayTokens(
  stream: TokenStream,
  language: TokenLanguage,
  visit: (site: Site, token: Token, approximation: Float64Array) => void,
): Float64Array {
  const { tokens } = stream;
  const approximation = new Float64Array(coefficientCount(language.geometry));
  const steps = walk(language, checkStartingPlane(stream, language), approximation);
  let step = steps.next();
  for (let position = 0; position < tokens.length; position++) {
    const token = tokens[position]!;
    if (step.done)
      throw new UserError(
        `the stream is complete after ${position} tokens, but ${tokens.length} were given`,
      );
    if (token >= tokenLimit || (step.value.legal & (1 << token)) === 0)
      throw illegalToken(token, position, step.value, language);
    visit(step.value, token, approximation);
    step = steps.next(token);
  }
  return approximation;
}

function checkStartingPlane({ startingPlane }: TokenStream, language: TokenLanguage): number {
  if (!Number.isInteger(startingPlane) || Math.abs(startingPlane) > planeLimit + 1)
    throw new UserError(
      `the starting plane must be a whole number within ±${planeLimit + 1}, not ${startingPlane}`,
    );
  return Math.max(startingPlane, language.finestPlane - 1);
}

function illegalToken(
  token: Token,
  position: number,
  site: Site,
  { vocabulary }: TokenLanguage,
): UserError {
  const name = tokenNames[vocabulary][token] ?? "an unknown token";
  return new UserError(
    `token ${position} is ${token} (${name}), which is not legal at the ${siteKindNames[site.kind]} ` +
      `site of channel ${site.channel}, row ${site.row}, column ${site.column} at threshold ` +
      `${site.threshold}; legal there: ${namesOf(site.legal, vocabulary).join(", ")}`,
  );
}
