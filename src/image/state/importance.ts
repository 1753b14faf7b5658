import { type Site, siteKindNames, type TokenLanguage, tokenNames } from "../../codec/index.ts";
import { channelSize, type Geometry } from "../../codec/walk/geometry.ts";
import { chancesOf } from "../chances.ts";
import { replay } from "../language/replay.ts";
import type { Example } from "../model.ts";
import { type PerScale, perScale, type Scale } from "../scales.ts";
import { absent, tabulateNeighborhoods } from "../sight/neighborhood.ts";

/** The share of decisions to train on, by how much there is to learn from them. */
export interface Importance {
  /** Mean length of the streams it was fitted on. */
  readonly decisionsPerImage: number;
  /** Chance, in (0, 1], that a decision is kept; the kept one then counts 1 / chance. */
  chance(site: Site, approximation: Float64Array): number;
}

/** What is to be kept of the decisions. */
export interface KeepOptions {
  readonly language: TokenLanguage;
  readonly scaleOf: (site: Site) => Scale;
  /** How many decisions of an image to keep of each scale, given the mean length of the streams. */
  readonly kept: (decisionsPerImage: number) => PerScale<number>;
}

/**
 * Most decisions of a stream are nearly certain, and teach nothing. Contexts (kind, plane, level, channel, significant
 * neighbors, significant parent) are kept in proportion to the square root of the entropy that `examples` show in
 * them, so that the wanted number is kept of each scale. The loss stays unbiased: what is kept counts for what is not.
 */
export function fitImportance(
  examples: Iterable<Example>,
  { language, scaleOf, kept }: KeepOptions,
): Importance {
  const contextOf = tabulateContexts(language);
  const tokens = tokenNames[language.vocabulary].length;
  const counts = perScale(() => new Map<number, Float64Array>());
  let images = 0;
  let decisions = 0;
  for (const { coefficients } of examples) {
    images++;
    for (const { site, approximation, token } of replay(coefficients, language)) {
      decisions++;
      const context = contextOf(site, approximation);
      const ofScale = counts[scaleOf(site)];
      let row = ofScale.get(context);
      if (!row) {
        row = new Float64Array(tokens);
        ofScale.set(context, row);
      }
      row[token]! += 1;
    }
  }
  const decisionsPerImage = decisions / Math.max(1, images);
  const wanted = kept(decisionsPerImage);
  const chances = perScale((scale) => chancesOf(counts[scale], wanted[scale] * images));
  return {
    decisionsPerImage,
    chance(site, approximation) {
      const { known, unseen } = chances[scaleOf(site)];
      return known[contextOf(site, approximation)] || unseen;
    },
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
    let neighbors = 0;
    for (let n = 0; n < 9; n++) if (n !== 4) neighbors += known(n);
    const parent = known(9);
    const where = (site.plane - finestPlane) * 16 + site.level;
    const around = neighbors * 2 + parent;
    return ((where * geometry.channels + site.channel) * kinds + site.kind) * 18 + around;
  };
}

/** The 3×3 window, then the parent. */
function tabulateRing(geometry: Geometry, { places }: TokenLanguage) {
  const none = { grandparent: -1, siblings: -1, children: -1 };
  return tabulateNeighborhoods(geometry, places, { own: 1, parent: 0, ...none });
}
