import { type Site, siteKindNames, type TokenLanguage } from "../../codec/index.ts";
import { tokenNames } from "../../codec/tokens.ts";
import { channelSize } from "../../codec/walk/geometry.ts";
import { noClass } from "../model.ts";
import { writeValue } from "./magnitude.ts";
import { absent, type NeighborhoodPattern, tabulateNeighborhoods } from "./neighborhood.ts";

/** What a decision is described by. */
export interface SiteFeatureOptions {
  readonly language: TokenLanguage;
  readonly pattern: NeighborhoodPattern;
  /** Radius of the window at the same place in each other channel. */
  readonly channels: number;
  readonly classes: number;
  /** Highest starting plane that training images have. */
  readonly highestPlane: number;
}

/**
 * The description of a decision: what is asked (kind, plane, channel, level, band, place, legal tokens, class) and what
 * is known around there (sign and magnitude of each coefficient of the neighborhood, relative to the threshold).
 */
export interface SiteFeatures {
  /** Numbers of one description. */
  readonly width: number;
  /**
   * Writes the description of `site`, given the walk's live `approximation`, into `out` from `at` on.
   * `startingPlane` and `label` are those of the image; a label that is `noClass` is written as zeros.
   */
  write(
    out: Float32Array,
    at: number,
    site: Site,
    approximation: Float64Array,
    startingPlane: number,
    label: number,
  ): void;
}

/** Rows and columns of a band are told apart in this many strips. */
const strips = 8;

export function siteFeatures(options: SiteFeatureOptions): SiteFeatures {
  const { language, pattern, classes, highestPlane } = options;
  const { geometry, places, finestPlane } = language;
  const size = channelSize(geometry);
  const near = tabulateNeighborhoods(geometry, places, pattern);
  const across = tabulateNeighborhoods(geometry, places, {
    own: options.channels,
    parent: -1,
    grandparent: -1,
    siblings: -1,
    children: -1,
  });
  const position = tabulatePosition(language);
  const tokens = tokenNames[language.vocabulary].length;
  const planes = Math.max(1, highestPlane - finestPlane + 1);
  const clampPlane = (plane: number) => Math.min(planes - 1, Math.max(0, plane - finestPlane));

  // Where each group of numbers starts: first the known values, then what is asked.
  const otherChannels = geometry.channels - 1;
  const values = 2 * (near.size + otherChannels * across.size);
  const groups = {
    kind: siteKindNames.length,
    plane: planes,
    startingPlane: planes,
    channel: geometry.channels,
    level: geometry.levels + 1,
    band: 4,
    placeInBlock: 16,
    row: strips,
    column: strips,
    position: 2,
    legal: tokens,
    label: classes,
  };
  const start = {} as { [K in keyof typeof groups]: number }; // filled for every group below
  let width = values;
  for (const name of Object.keys(groups) as (keyof typeof groups)[]) {
    start[name] = width;
    width += groups[name];
  }

  return {
    width,
    write(out, at, site, approximation, startingPlane, label) {
      const inverse = 1 / site.threshold;
      const base = site.channel * size;
      const place = site.offset - base;
      let k = at;
      for (let n = place * near.size, end = n + near.size; n < end; n++, k += 2) {
        const offset = near.offsets[n]!;
        const value = offset === absent ? 0 : approximation[base + offset]!;
        writeValue(out, k, value, inverse);
      }
      for (let channel = 0; channel < geometry.channels; channel++) {
        if (channel === site.channel) continue;
        for (let n = place * across.size, end = n + across.size; n < end; n++, k += 2) {
          const offset = across.offsets[n]!;
          const value = offset === absent ? 0 : approximation[channel * size + offset]!;
          writeValue(out, k, value, inverse);
        }
      }
      out.fill(0, k, at + width);
      out[at + start.kind + site.kind] = 1;
      out[at + start.plane + clampPlane(site.plane)] = 1;
      out[at + start.startingPlane + clampPlane(startingPlane)] = 1;
      out[at + start.channel + site.channel] = 1;
      out[at + start.level + site.level] = 1;
      out[at + start.band + site.band] = 1;
      out[at + start.placeInBlock + (site.row & 3) * 4 + (site.column & 3)] = 1;
      const row = position.row[place]!;
      const column = position.column[place]!;
      out[at + start.row + Math.floor(row * strips)] = 1;
      out[at + start.column + Math.floor(column * strips)] = 1;
      out[at + start.position] = row;
      out[at + start.position + 1] = column;
      for (let token = 0; token < tokens; token++)
        out[at + start.legal + token] = (site.legal >> token) & 1;
      if (label !== noClass) out[at + start.label + label] = 1;
    },
  };
}

/** Where each coefficient of a channel lies in its band, as fractions of the band's height and width in [0, 1). */
export function tabulatePosition({ geometry, places }: TokenLanguage): {
  readonly row: Float32Array;
  readonly column: Float32Array;
} {
  const size = channelSize(geometry);
  const row = new Float32Array(size);
  const column = new Float32Array(size);
  for (let offset = 0; offset < size; offset++) {
    const level = places.level[offset]!;
    const shrink = 2 ** (geometry.levels - Math.max(0, level - 1));
    const height = geometry.height / shrink;
    const width = geometry.width / shrink;
    row[offset] = (places.row[offset]! % height) / height;
    column[offset] = (places.column[offset]! % width) / width;
  }
  return { row, column };
}
