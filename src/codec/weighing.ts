import { blockMemberships } from "./blockMemberships.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";
import { blockTokens, type Token, tokenLimit, treeTokens } from "./tokens.ts";
import { channelSize } from "./walk/geometry.ts";
import { type Site, SiteKind } from "./walk/site.ts";

/** What is thought of single coefficients; it may change between two sites. */
export interface Chances {
  /** Whether anything is thought of a coefficient. */
  has(offset: number): boolean;
  /** The probability, above 0, that it lies between two values. */
  between(offset: number, low: number, high: number): number;
}

/** A factor for each token by which a model's probability of it is multiplied. */
export type Weigh = (site: Site, known: Float64Array) => Float64Array;

/**
 * How probable each token is if coefficients are as `chances` says, independently of each other: of a group all members are
 * silent, or not all. Coefficients of which nothing is thought do not count. Tokens that are not legal have any weight.
 */
export function weighing(chances: Chances, language: TokenLanguage): Weigh {
  return language.vocabulary === "blocks"
    ? weighingBlocks(chances, language)
    : weighingTrees(chances, language);
}

/** Where it is certain that none of a group speaks, a token that says otherwise keeps this chance. */
const least = 1e-6;

function weighingBlocks(
  chances: Chances,
  { geometry, scan, reading }: TokenLanguage & { vocabulary: "blocks" },
): Weigh {
  const { Group4x4, Group2x2, Insignificant } = blockTokens;
  const own = ownWeights(chances, blockTokens, reading);
  const { order } = scan;
  const size = channelSize(geometry);
  const { index, quad, block } = blockMemberships(scan, size);

  return (site, known) => {
    const weights = own(site, known);
    if (site.kind === SiteKind.refine) return weights;
    const { kind, offset, threshold } = site;
    const base = offset - (offset % size);
    const here = index[offset - base]!;
    const [quadStart, quadEnd] = [quad.start[here]!, quad.end[here]!];
    const [blockStart, blockEnd] = [block.start[here]!, block.end[here]!];
    const silent = (start: number, end: number) => {
      let chance = 1;
      for (let k = start; k < end; k++)
        chance *= silentChance(chances, base + order[k]!, known, threshold);
      return chance;
    };
    /** The chance that others of a group speak, which has been broken for one that does; 1 if one has. */
    const kept = (start: number, end: number, rest: number) => {
      for (let k = start; k < end; k++) if (known[base + order[k]!] !== 0) return 1;
      return 1 - silent(rest, end) + least;
    };
    weights[Insignificant]! *= kept(quadStart, quadEnd, here + 1);
    if (kind === SiteKind.coefficient) return weights;
    weights[Group2x2] = silent(quadStart, quadEnd) * kept(blockStart, blockEnd, quadEnd);
    if (kind === SiteKind.block) weights[Group4x4] = silent(blockStart, blockEnd);
    return weights;
  };
}

function weighingTrees(
  chances: Chances,
  { geometry, scan, reading }: TokenLanguage & { vocabulary: "trees" },
): Weigh {
  const { ZeroTree, Insignificant } = treeTokens;
  const own = ownWeights(chances, treeTokens, reading);
  const size = channelSize(geometry);
  const { order, parent } = scan;
  const below: number[][] = Array.from({ length: geometry.channels * size }, () => []);
  for (let base = 0; base < below.length; base += size)
    for (const place of order) {
      if (!chances.has(base + place)) continue;
      for (let up = parent[place]!; up >= 0; up = parent[up]!) below[base + up]!.push(base + place);
    }

  return (site, known) => {
    const weights = own(site, known);
    const { kind, offset, threshold } = site;
    if (kind !== SiteKind.tree) return weights;
    let rest = 1;
    for (const other of below[offset]!) rest *= silentChance(chances, other, known, threshold);
    const silent = weights[Insignificant]!;
    weights[ZeroTree] = silent * rest;
    weights[Insignificant] = silent * (1 - rest + least);
    return weights;
  };
}

/** The chance that a coefficient stays silent at a threshold, as it did at all higher ones. */
function silentChance(chances: Chances, offset: number, known: Float64Array, threshold: number) {
  if (known[offset] !== 0 || !chances.has(offset)) return 1;
  return (
    chances.between(offset, -threshold, threshold) /
    chances.between(offset, -2 * threshold, 2 * threshold)
  );
}

/** The weights of the tokens about one coefficient. */
function ownWeights(
  chances: Chances,
  tokens: typeof blockTokens | typeof treeTokens,
  reading: TokenLanguage["reading"],
): Weigh {
  const { NowSignificantNeg, NowSignificantPos, Insignificant } = tokens;
  const { NextAccuracy0, NextAccuracy1 } = tokens;
  return ({ kind, offset, threshold }, known) => {
    const weights = new Float64Array(tokenLimit).fill(1);
    if (!chances.has(offset)) return weights;
    const chance = (token: Token, low: number, high: number) => {
      weights[token] = chances.between(offset, Math.min(low, high), Math.max(low, high));
    };
    if (kind === SiteKind.refine) {
      const value = known[offset]!;
      const step = Math.sign(value) * threshold * (reading === "A" ? 1 : 1 / 2);
      chance(NextAccuracy0, value - step, value);
      chance(NextAccuracy1, value, value + step);
      return weights;
    }
    chance(NowSignificantNeg, -2 * threshold, -threshold);
    chance(Insignificant, -threshold, threshold);
    chance(NowSignificantPos, threshold, 2 * threshold);
    const all = chances.between(offset, -2 * threshold, 2 * threshold);
    for (const token of [NowSignificantNeg, Insignificant, NowSignificantPos])
      weights[token]! /= all;
    return weights;
  };
}
