import { channelSize, type Geometry } from "../../codec/geometry.ts";
import { type Site, siteKindNames, type TokenLanguage, tokenNames } from "../../codec/index.ts";
import type { Example } from "../model.ts";
import { absent, tabulateNeighbourhoods } from "./neighbourhood.ts";
import { replay } from "./replay.ts";

/** The share of decisions to train on, by how much there is to learn from them. */
export interface Importance {
  /** Mean length of the streams it was fitted on. */
  readonly decisionsPerImage: number;
  /** Chance, in (0, 1], that a decision is kept; the kept one then counts 1 / chance. */
  chance(site: Site, approximation: Float64Array): number;
}

/** Contexts below this entropy (bits) are kept as if they had it: what looks certain is still checked. */
const entropyFloor = 0.03;

/**
 * Most decisions of a stream are nearly certain, and teach nothing. Contexts (kind, plane, level, channel, significant
 * neighbours, significant parent) are kept in proportion to the square root of the entropy that `examples` show in
 * them, so that a fraction `shareOf(mean length)` of all decisions is kept. The loss stays unbiased: what is kept counts for what is not.
 */
export function fitImportance(
  examples: Iterable<Example>,
  language: TokenLanguage,
  shareOf: (decisionsPerImage: number) => number,
): Importance {
  const contextOf = tabulateContexts(language);
  const tokens = tokenNames[language.vocabulary].length;
  const counts = new Map<number, Float64Array>();
  let images = 0;
  for (const { coefficients } of examples) {
    images++;
    for (const { site, approximation, token } of replay(coefficients, language)) {
      const context = contextOf(site, approximation);
      let row = counts.get(context);
      if (!row) {
        row = new Float64Array(tokens);
        counts.set(context, row);
      }
      row[token]! += 1;
    }
  }

  const contexts = [...counts].map(([context, row]) => {
    const total = row.reduce((sum, n) => sum + n, 0);
    const entropy = row.reduce(
      (sum, n) => (n > 0 ? sum - (n / total) * Math.log2(n / total) : sum),
      0,
    );
    return { context, total, root: Math.sqrt(Math.max(entropyFloor, entropy)) };
  });
  const all = contexts.reduce((sum, { total }) => sum + total, 0);
  const kept = (scale: number) =>
    contexts.reduce((sum, { total, root }) => sum + total * Math.min(1, scale * root), 0) / all;
  const decisionsPerImage = all / Math.max(1, images);
  const share = shareOf(decisionsPerImage);
  let scale = share;
  // Contexts that reach certainty leave the rest to the others: a few rounds settle it.
  for (let round = 0; round < 30 && all > 0; round++) scale *= share / kept(scale);

  const unseen = Math.min(1, scale);
  const highest = contexts.reduce((most, { context }) => Math.max(most, context), -1);
  const chances = new Float64Array(highest + 1).fill(unseen);
  for (const { context, root } of contexts) chances[context] = Math.min(1, scale * root);
  return {
    decisionsPerImage,
    chance: (site, approximation) => chances[contextOf(site, approximation)] ?? unseen,
  };
}

function tabulateContexts(
  language: TokenLanguage,
): (site: Site, approximation: Float64Array) => number {
  const { geometry, finestPlane } = language;
  const size = channelSize(geometry);
  const ring = tabulateRing(geometry, language);
  const kinds = siteKindNames.length;
  return (site, approximation) => {
    const base = site.channel * size;
    const start = (site.offset - base) * ring.size;
    const known = (n: number) => {
      const offset = ring.offsets[start + n]!;
      return offset !== absent && approximation[base + offset] !== 0 ? 1 : 0;
    };
    let neighbours = 0;
    for (let n = 0; n < 9; n++) if (n !== 4) neighbours += known(n);
    const parent = known(9);
    const where = (site.plane - finestPlane) * 16 + site.level;
    const around = neighbours * 2 + parent;
    return ((where * geometry.channels + site.channel) * kinds + site.kind) * 18 + around;
  };
}

/** The 3×3 window, then the parent. */
function tabulateRing(geometry: Geometry, { places }: TokenLanguage) {
  const none = { grandparent: -1, siblings: -1, children: -1 };
  return tabulateNeighbourhoods(geometry, places, { own: 1, parent: 0, ...none });
}
