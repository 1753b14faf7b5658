import type { Allowed } from "./allowed.ts";
import { blockMemberships } from "./blockMemberships.ts";
import { type Bounds, leastMagnitude, mostMagnitude } from "./bounds.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";
import { blockTokens, type TokenSet, treeTokens } from "./tokens.ts";
import { channelSize, coefficientCount } from "./walk/geometry.ts";
import { type Site, SiteKind } from "./walk/site.ts";

/**
 * The tokens that do not contradict what is known of the coefficients. A walk that starts at `lowestStartingPlane` or above
 * and takes one of them at every site ends with an α̃ that an encoder could have left of coefficients within the bounds; a
 * fixed coefficient gets exactly the α̃ that its encoder leaves. At every site at least one legal token is allowed; where
 * all coefficients that a token speaks of are fixed, it is the encoder's.
 *
 * A group may be called silent if none of its coefficients must reach the threshold. It may be broken if one of them can;
 * and as long as all members of a broken group were silent, a token is not allowed that leaves it to the rest to speak
 * where the rest cannot.
 *
 * In a language with bounds of its own (`TokenLanguage.bounds`) this holds where whole bands are fixed, and all bands before
 * them: what is drawn before could leave no room for what is fixed.
 *
 * Throws RangeError where the bounds are not of the language's size, or a `low` is not at most its `high`.
 */
export function agreeing(bounds: Bounds, language: TokenLanguage): Allowed {
  checkBounds(bounds, coefficientCount(language.geometry));
  if (language.order === "coefficients") return agreeingCoefficients(bounds);
  return language.vocabulary === "blocks"
    ? agreeingBlocks(bounds, language)
    : agreeingTrees(bounds, language);
}

function agreeingCoefficients(bounds: Bounds): Allowed {
  const { signs, bits } = valueTokens(bounds, blockTokens);
  return (site, known) => {
    if (site.kind === SiteKind.refine) return bits(site, known);
    const silent = leastMagnitude(bounds, site.offset) < site.threshold;
    return signs(site) | (silent ? 1 << blockTokens.Insignificant : 0);
  };
}

function agreeingBlocks(
  bounds: Bounds,
  { geometry, scan }: TokenLanguage & { vocabulary: "blocks" },
): Allowed {
  const { Group4x4, Group2x2, Insignificant } = blockTokens;
  const { signs, bits } = valueTokens(bounds, blockTokens);
  const { order } = scan;
  const size = channelSize(geometry);
  const { index, quad, block } = blockMemberships(scan, size);

  /** Whether it holds of one of the coefficients from place `from` of the scan up to place `to`. */
  const some = (base: number, from: number, to: number, holds: (offset: number) => boolean) => {
    for (let k = from; k < to; k++) if (holds(base + order[k]!)) return true;
    return false;
  };

  return (site, known) => {
    if (site.kind === SiteKind.refine) return bits(site, known);
    const { kind, offset, threshold } = site;
    const base = offset - (offset % size);
    const here = index[offset - base]!;
    const [quadStart, quadEnd] = range(quad, here);
    const [blockStart, blockEnd] = range(block, here);
    /** Whether the group is broken, or is being broken, while none of its coefficients is significant. */
    const promised = (start: number, end: number) => !some(base, start, end, (i) => known[i] !== 0);
    const canSpeak = (start: number, end: number) =>
      some(base, start, end, (i) => mostMagnitude(bounds, i) >= threshold);
    const canBeSilent = (start: number, end: number) =>
      !some(base, start, end, (i) => leastMagnitude(bounds, i) >= threshold);

    let allowed = signs(site);
    const others = canSpeak(here + 1, quadEnd);
    if (canBeSilent(here, here + 1) && (others || !promised(quadStart, quadEnd))) {
      allowed |= 1 << Insignificant;
    }
    if (kind === SiteKind.coefficient) return allowed;
    const later = canSpeak(quadEnd, blockEnd);
    if (canBeSilent(quadStart, quadEnd) && (later || !promised(blockStart, blockEnd))) {
      allowed |= 1 << Group2x2;
    }
    if (kind === SiteKind.quad) return allowed;
    return canBeSilent(blockStart, blockEnd) ? allowed | (1 << Group4x4) : allowed;
  };
}

function agreeingTrees(
  bounds: Bounds,
  { geometry, scan }: TokenLanguage & { vocabulary: "trees" },
): Allowed {
  const { ZeroTree, Insignificant } = treeTokens;
  const { signs, bits } = valueTokens(bounds, treeTokens);
  const { order, parent, scalingCount } = scan;
  const size = channelSize(geometry);
  // Of all descendants of each coefficient: the magnitude that one must have, and that one can have.
  const mustBelow = new Float64Array(bounds.low.length);
  const canBelow = new Float64Array(bounds.low.length);
  for (let base = 0; base < bounds.low.length; base += size)
    for (let k = size - 1; k >= scalingCount; k--) {
      const offset = base + order[k]!;
      const above = parent[order[k]!]!;
      if (above < 0) continue;
      const up = base + above;
      mustBelow[up] = Math.max(mustBelow[up]!, leastMagnitude(bounds, offset), mustBelow[offset]!);
      canBelow[up] = Math.max(canBelow[up]!, mostMagnitude(bounds, offset), canBelow[offset]!);
    }

  return (site, known) => {
    if (site.kind === SiteKind.refine) return bits(site, known);
    const { kind, offset, threshold } = site;
    const allowed = signs(site);
    if (leastMagnitude(bounds, offset) >= threshold) return allowed;
    if (kind === SiteKind.coefficient) return allowed | (1 << Insignificant);
    return (
      allowed |
      (mustBelow[offset]! < threshold ? 1 << ZeroTree : 0) |
      (canBelow[offset]! >= threshold ? 1 << Insignificant : 0)
    );
  };
}

/** The tokens about the value of a single coefficient. */
function valueTokens({ low, high }: Bounds, tokens: typeof blockTokens | typeof treeTokens) {
  const { NowSignificantNeg, NowSignificantPos, NextAccuracy0, NextAccuracy1 } = tokens;
  const set = (first: number, isFirst: boolean, second: number, isSecond: boolean): TokenSet =>
    (isFirst ? 1 << first : 0) | (isSecond ? 1 << second : 0);
  return {
    signs: ({ offset, threshold }: Site): TokenSet =>
      set(
        ...([NowSignificantNeg, low[offset]! <= -threshold] as const),
        ...([NowSignificantPos, high[offset]! >= threshold] as const),
      ),
    bits({ offset }: Site, known: Float64Array): TokenSet {
      const value = known[offset]!;
      const [least, most] =
        value > 0 ? [low[offset]!, high[offset]!] : [-high[offset]!, -low[offset]!];
      const middle = Math.abs(value);
      return set(
        ...([NextAccuracy0, least <= middle] as const),
        ...([NextAccuracy1, most > middle] as const),
      );
    },
  };
}

const range = (
  { start, end }: { readonly start: Int32Array; readonly end: Int32Array },
  k: number,
): readonly [number, number] => [start[k]!, end[k]!];

function checkBounds({ low, high }: Bounds, count: number): void {
  if (low.length !== count || high.length !== count)
    throw new RangeError(
      `${low.length} and ${high.length} bounds are given for ${count} coefficients`,
    );
  const wrong = low.findIndex((value, i) => !(value <= high[i]!));
  if (wrong >= 0)
    throw new RangeError(`coefficient ${wrong} cannot lie from ${low[wrong]} to ${high[wrong]}`);
}
