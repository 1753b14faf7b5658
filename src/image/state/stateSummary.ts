import type { Site, TokenLanguage } from "../../codec/index.ts";
import { channelSize, type Geometry } from "../../codec/walk/geometry.ts";
import { noClass } from "../model.ts";
import { relativeMagnitude } from "./magnitude.ts";
import { tabulatePosition } from "./siteFeatures.ts";

/** The image is summarized in a grid of this many rows and columns of cells. */
export const gridSide = 8;
/** Longest side of the coarse corner of the coefficient matrix that a summary reads. */
const cornerSide = 32;

export interface StateSummaryOptions {
  readonly language: TokenLanguage;
  readonly classes: number;
  readonly highestPlane: number;
}

/**
 * The walk proceeds in stages: one level of one channel in one plane. At the start of each, the whole picture as it is
 * known so far is described once, for all decisions of the stage: the coarse corner of every channel's coefficient
 * matrix (all of it up to 32×32, a thumbnail of larger images), the class, and which stage begins.
 */
export interface StateSummary {
  /** Numbers of one description. */
  readonly width: number;
  /** Most stages that an image can have. */
  readonly stages: number;
  /** Number of the stage of a decision; it changes exactly where a new stage begins. */
  stageOf(site: Site): number;
  /** Cell of the grid, 0 … gridSide² - 1, in which a decision lies. */
  cellOf(site: Site): number;
  /** Writes the description at the first decision of a stage. */
  write(
    out: Float32Array,
    at: number,
    site: Site,
    approximation: Float64Array,
    label: number,
  ): void;
}

export function stateSummary({
  language,
  classes,
  highestPlane,
}: StateSummaryOptions): StateSummary {
  const { geometry, finestPlane } = language;
  const size = channelSize(geometry);
  const planes = Math.max(1, highestPlane - finestPlane + 1);
  const levels = Math.max(1, geometry.levels);
  const corner = tabulateCorner(geometry);
  const position = tabulatePosition(language);
  const values = geometry.channels * corner.length;
  const width = values + planes + levels + geometry.channels + classes;
  // The scaling band is coded among the coarsest detail bands.
  const levelOf = (site: Site) => Math.max(1, site.level) - 1;
  const planeOf = (site: Site) => Math.min(planes - 1, Math.max(0, site.plane - finestPlane));

  return {
    width,
    stages: planes * geometry.channels * levels,
    stageOf: (site) => (site.plane * geometry.channels + site.channel) * levels + levelOf(site),
    cellOf(site) {
      const place = site.offset - site.channel * size;
      const row = Math.floor(position.row[place]! * gridSide);
      return row * gridSide + Math.floor(position.column[place]! * gridSide);
    },
    write(out, at, site, approximation, label) {
      const inverse = 1 / site.threshold;
      let k = at;
      for (let base = 0; base < geometry.channels * size; base += size)
        for (const offset of corner) {
          const value = approximation[base + offset]!;
          const magnitude = value === 0 ? 0 : relativeMagnitude(Math.abs(value), inverse);
          out[k++] = value < 0 ? -magnitude : magnitude;
        }
      out.fill(0, k, at + width);
      out[k + planeOf(site)] = 1;
      out[k + planes + levelOf(site)] = 1;
      out[k + planes + levels + site.channel] = 1;
      if (label !== noClass) out[k + planes + levels + geometry.channels + label] = 1;
    },
  };
}

/** Offsets of the coarse corner: whole levels, as many as fit into 32×32 (at least the scaling band). */
function tabulateCorner({ height, width, levels }: Geometry): Int32Array {
  let shrink = 0;
  while (shrink < levels && Math.max(height, width) / 2 ** shrink > cornerSide) shrink++;
  const rows = height / 2 ** shrink;
  const columns = width / 2 ** shrink;
  return Int32Array.from(
    { length: rows * columns },
    (_, k) => Math.floor(k / columns) * width + (k % columns),
  );
}
