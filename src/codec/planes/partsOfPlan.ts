import { type BandPlan, bandPlan, type PlannedBand, stepsOf } from "./bandPlan.ts";

/** The size of what a plan is of, and how many more of its finest levels are left out. */
export interface PartSize {
  readonly height: number;
  readonly width: number;
  readonly omitted?: number;
}

/**
 * The plan of another size, whose bands end where those of a plan do. `height` and `width` are those of all levels of the plan; of the
 * part they are halved, and rounded up, for each level that is left out.
 */
export function planOfPart(
  { extent, bands, order }: BandPlan,
  { height, width, omitted = 0 }: PartSize,
): BandPlan {
  const levels = extent.levels - omitted;
  const low = (n: number) => Math.ceil(n / 2 ** omitted);
  const { channels, omitted: before = 0 } = extent;
  return bandPlan(
    { channels, height: low(height), width: low(width), levels, omitted: before + omitted },
    ({ channel, level, band }) =>
      bands.find((own) => own.channel === channel && own.level === level && own.band === band)
        ?.lastPlane ?? 0,
    order,
  );
}

/** The first row and column of a part, multiples of 2^levels: so its coefficients are those of a picture of its own. */
export interface Corner {
  readonly top: number;
  readonly left: number;
}

/**
 * Calls back with where each row of a band lies in the arrays of a part's plan and of the whole's, and how long it is. The corner is told in rows and
 * columns before all steps of analysis; levels that one of them lacks are left out.
 */
export function eachSharedRow(
  part: BandPlan,
  whole: BandPlan,
  { top, left }: Corner,
  visit: (inPart: number, inWhole: number, length: number) => void,
): void {
  for (const band of part.bands) {
    const other = whole.bands.find((own) => isSame(own, band));
    if (!other) continue;
    const size = 2 ** stepsOf(part.extent, band.level);
    const from = other.start + (top / size) * other.stride + left / size;
    for (let row = 0; row < band.height; row++)
      visit(band.start + row * band.stride, from + row * other.stride, band.width);
  }
}

const isSame = (a: PlannedBand, b: PlannedBand): boolean =>
  a.channel === b.channel && a.level === b.level && a.band === b.band;
