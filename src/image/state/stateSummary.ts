import type { Site } from "../../codec/index.ts";
import { bandNumber, bandRegions, channelSize, type Geometry } from "../../codec/walk/geometry.ts";
import { approximationBand } from "../language/approximationBand.ts";
import type { ImageLanguage } from "../language/language.ts";
import { noClass } from "../model.ts";
import { relativeMagnitude } from "../sight/magnitude.ts";
import { perSample, writeSample } from "../sight/sampleBetweenWalls.ts";
import { tabulatePosition } from "../sight/siteFeatures.ts";

/** The image is summarized in a grid of this many rows and columns of cells. */
export const gridSide = 8;
export const gridCells = gridSide ** 2;
/** Of a stage that is a band, magnitudes are told in units of this bit of the band's integers. */
const exactBits = 3;
/** Longest side of a band that a summary reads. */
const longestBand = 16;

export interface StateSummaryOptions {
  readonly language: ImageLanguage;
  readonly classes: number;
  readonly highestPlane: number;
}

/**
 * The walk proceeds in stages: one level of one channel in one plane, or a band of one channel where the language describes
 * band by band. At the start of each, the whole picture as it is known so far is described once, for all decisions of the stage: for every cell of a grid its coefficients in all bands up to
 * 16×16 and its mean, of every channel; then which stage begins, and the class.
 */
export interface StateSummary {
  /** Numbers that describe a cell. */
  readonly cellWidth: number;
  /** Numbers that tell stage and class. */
  readonly contextWidth: number;
  /** Numbers of one description: the cells in raster order, then stage and class. */
  readonly width: number;
  /** Most stages that an image can have. */
  readonly stages: number;
  /** Number of the stage of a decision; it changes exactly where a new stage begins. */
  stageOf(site: Site): number;
  /** Cell of the grid, 0 … gridCells - 1, in which a decision lies. */
  cellOf(site: Site): number;
  /** Follows one walk. */
  follow(): StateWriter;
}

export interface StateWriter {
  /** Writes the description at the first decision of a stage; to be called at each. */
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
  const { tokens, walls } = language;
  const { geometry, finestPlane, lastPlanes } = tokens;
  const byBand = tokens.order === "coefficients";
  const { channels } = geometry;
  const size = channelSize(geometry);
  const planes = Math.max(1, highestPlane - finestPlane + 1);
  const levels = Math.max(1, geometry.levels);
  const offsets = tabulateCells(geometry);
  const perCell = offsets.length / gridCells;
  const position = tabulatePosition(tokens);
  /** The band beside the details of this level has about as many samples as the grid has cells. */
  const meanLevel = levelOfGrid(geometry);
  const meanGain = 2 ** (geometry.levels - meanLevel + 1);
  const cellWidth = channels * (perCell + perSample);
  const contextWidth = planes + levels + channels + classes;
  // The scaling band is coded among the coarsest detail bands.
  const levelOf = (site: Site) => Math.max(1, site.level) - 1;
  const planeOf = (site: Site) => Math.min(planes - 1, Math.max(0, site.plane - finestPlane));

  return {
    cellWidth,
    contextWidth,
    width: gridCells * cellWidth + contextWidth,
    stages: channels * (byBand ? 1 + 3 * geometry.levels : planes * levels),
    stageOf: (site) =>
      byBand
        ? bandNumber(geometry, site)
        : (site.plane * channels + site.channel) * levels + levelOf(site),
    cellOf(site) {
      const place = site.offset - site.channel * size;
      const row = Math.floor(position.row[place]! * gridSide);
      return row * gridSide + Math.floor(position.column[place]! * gridSide);
    },
    follow() {
      return {
        write(out, at, site, approximation, label) {
          const unit = byBand
            ? 2 ** (lastPlanes[bandNumber(geometry, site)]! + exactBits) // one a band
            : site.threshold;
          const inverse = 1 / unit;
          // Small, and rebuilt each time, so that stages may be left out.
          const means = Array.from({ length: channels }, (_, channel) =>
            approximationBand(language, approximation, channel, meanLevel),
          );
          let k = at;
          for (let cell = 0; cell < gridCells; cell++)
            for (let channel = 0; channel < channels; channel++) {
              const base = channel * size;
              for (let n = cell * perCell, end = n + perCell; n < end; n++) {
                const value = approximation[base + offsets[n]!]!;
                const magnitude = value === 0 ? 0 : relativeMagnitude(Math.abs(value), inverse);
                out[k++] = value < 0 ? -magnitude : magnitude;
              }
              const { height, width, data } = means[channel]!; // made above
              const row = Math.floor((Math.floor(cell / gridSide) * height) / gridSide);
              const column = Math.floor(((cell % gridSide) * width) / gridSide);
              const mean = data[row * width + column]!;
              writeSample(out, k, mean, walls[channel]!, meanGain, unit); // one pair a channel
              k += perSample;
            }
          out.fill(0, k, at + gridCells * cellWidth + contextWidth);
          out[k + planeOf(site)] = 1;
          out[k + planes + levelOf(site)] = 1;
          out[k + planes + levels + site.channel] = 1;
          if (label !== noClass) out[k + planes + levels + channels + label] = 1;
        },
      };
    },
  };
}

/** For each cell, the offsets within a channel of what lies in it, of all bands up to 16×16. */
function tabulateCells(geometry: Geometry): Int32Array {
  const bands = bandRegions(geometry).filter(
    ({ level, height, width }) =>
      level === 0 || (Math.max(height, width) <= longestBand && height * width > 0),
  );
  const offsets: number[] = [];
  for (let row = 0; row < gridSide; row++)
    for (let column = 0; column < gridSide; column++)
      for (const { top, left, height, width } of bands)
        for (const i of share(row, height))
          for (const j of share(column, width)) offsets.push((top + i) * geometry.width + left + j);
  return Int32Array.from(offsets);
}

/** The places of `length` that belong to strip `i` of the grid: as many for each, some twice where they do not divide. */
function share(i: number, length: number): number[] {
  const count = Math.ceil(length / gridSide);
  const first = Math.min(length - count, Math.floor((i * length) / gridSide));
  return Array.from({ length: count }, (_, k) => first + k);
}

/** The level beside whose details lies an approximation band of at least as many rows and columns as the grid, if any does. */
export function levelOfGrid({ height, width, levels }: Geometry): number {
  let level = 1;
  while (level < levels && Math.max(height, width) / 2 ** (levels - level + 1) < gridSide) level++;
  return level;
}
