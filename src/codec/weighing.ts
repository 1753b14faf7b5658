import { blockMemberships } from "./blockMemberships.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";
import { blockTokens, type Token, tokenLimit, treeTokens } from "./tokens.ts";
import { channelSize } from "./walk/geometry.ts";
import { type Site, SiteKind } from "./walk/site.ts";

/** The probability, above 0, that a coefficient lies between two values; it may change between two sites. */
export type Chance = (offset: number, low: number, high: number) => number;

/** A factor for each token by which a model's probability of it is multiplied. */
export type Weigh = (site: Site, known: Float64Array) => Float64Array;

/**
 * How probable each token is if coefficients are as `chance` says, independently of each other: of a group all members are
 * silent, or not all. Tokens that are not legal have any weight.
 */
export function weighing(chance: Chance, language: TokenLanguage): Weigh {
  if (language.order === "coefficients") return ownWeights(chance, blockTokens, language.reading); // no groups
  return language.vocabulary === "blocks"
    ? weighingBlocks(chance, language)
    : weighingTrees(chance, language);
}

/** Where it is certain that none of a group speaks, a token that says otherwise keeps this chance. */
const least = 1e-6;

function weighingBlocks(
  chance: Chance,
  { geometry, scan, reading }: TokenLanguage & { vocabulary: "blocks" },
): Weigh {
  const { Group4x4, Group2x2, Insignificant } = blockTokens;
  const own = ownWeights(chance, blockTokens, reading);
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
      let product = 1;
      for (let k = start; k < end; k++)
        product *= silentChance(chance, base + order[k]!, known, threshold);
      return product;
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
  chance: Chance,
  { geometry, scan, reading }: TokenLanguage & { vocabulary: "trees" },
): Weigh {
  const { ZeroTree, Insignificant } = treeTokens;
  const own = ownWeights(chance, treeTokens, reading);
  const size = channelSize(geometry);
  const { order, parent } = scan;
  const below: number[][] = Array.from({ length: geometry.channels * size }, () => []);
  for (let base = 0; base < below.length; base += size)
    for (const place of order) {
      for (let up = parent[place]!; up >= 0; up = parent[up]!) below[base + up]!.push(base + place);
    }

  return (site, known) => {
    const weights = own(site, known);
    const { kind, offset, threshold } = site;
    if (kind !== SiteKind.tree) return weights;
    let rest = 1;
    for (const other of below[offset]!) {
      if (known[other] !== 0) return weights; // the tree is no zero-tree any more
      rest *= silentChance(chance, other, known, threshold);
    }
    const silent = weights[Insignificant]!;
    weights[ZeroTree] = silent * rest;
    weights[Insignificant] = silent * (1 - rest + least);
    return weights;
  };
}

/** The chance that a coefficient stays silent at a threshold, as it did at all higher ones. */
function silentChance(chance: Chance, offset: number, known: Float64Array, threshold: number) {
  if (known[offset] !== 0) return 1;
  return chance(offset, -threshold, threshold) / chance(offset, -2 * threshold, 2 * threshold);
}

/** The weights of the tokens about one coefficient. */
function ownWeights(
  chance: Chance,
  tokens: typeof blockTokens | typeof treeTokens,
  reading: TokenLanguage["reading"],
): Weigh {
  const { NowSignificantNeg, NowSignificantPos, Insignificant } = tokens;
  const { NextAccuracy0, NextAccuracy1 } = tokens;
  return ({ kind, offset, threshold }, known) => {
    const weights = new Float64Array(tokenLimit).fill(1);
    const weigh = (token: Token, low: number, high: number) => {
      weights[token] = chance(offset, Math.min(low, high), Math.max(low, high));
    };
    if (kind === SiteKind.refine) {
      const value = known[offset]!;
      const step = Math.sign(value) * threshold * (reading === "A" ? 1 : 1 / 2);
      weigh(NextAccuracy0, value - step, value);
      weigh(NextAccuracy1, value, value + step);
      return weights;
    }
    weigh(NowSignificantNeg, -2 * threshold, -threshold);
    weigh(Insignificant, -threshold, threshold);
    weigh(NowSignificantPos, threshold, 2 * threshold);
    const all = chance(offset, -2 * threshold, 2 * threshold);
    for (const token of [NowSignificantNeg, Insignificant, NowSignificantPos])
      weights[token]! /= all;
    return weights;
  };
}
