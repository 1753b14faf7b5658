/**
 * A coefficient matrix: `channels` planes of height × width in the Mallat layout (scaling band top-left,
 * finer bands outwards), stored plane after plane, each row-major. Height and width are multiples of
 * 2^levels, so the scaling band is (height / 2^levels) × (width / 2^levels).
 */
export interface Geometry {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Number of analysis steps; 0 means that the whole matrix is the scaling band. */
  readonly levels: number;
  /**
   * The size of what was transformed, where that does not fill the matrix. Each step then halves N rows or columns into
   * ⌈N/2⌉ low and ⌊N/2⌋ high ones, and a band lies at the top left of its place. Nothing is said of the coefficients beyond.
   */
  readonly content?: { readonly height: number; readonly width: number };
}

/** The band of a coefficient, named by the edges to which it responds; the diagonal band is at the bottom right. */
export const Band = { approximation: 0, horizontal: 1, vertical: 2, diagonal: 3 } as const;

/** Rows and columns are tabulated in 16 bits. */
const sideLimit = 65536;

/** Returns `geometry`; throws RangeError where its numbers are impossible. */
export function checkGeometry(geometry: Geometry): Geometry {
  const { channels, height, width, levels } = geometry;
  const possible = [channels, height, width].every(
    (n) => Number.isInteger(n) && n >= 1 && n <= sideLimit,
  );
  if (!possible || !Number.isInteger(levels) || levels < 0)
    throw new RangeError(
      `${channels}×${height}×${width} with ${levels} levels are not a geometry: sides are 1 to ${sideLimit}, levels a whole number`,
    );
  const { content = geometry } = geometry;
  const fits = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  if (!fits(content.height, height) || !fits(content.width, width))
    throw new RangeError(
      `content of ${content.height}×${content.width} does not fit into a matrix of ${height}×${width}`,
    );
  const unit = 2 ** levels;
  if (height % unit !== 0 || width % unit !== 0)
    throw new RangeError(
      `${height}×${width} must be multiples of 2^${levels} = ${unit} in both directions`,
    );
  return geometry;
}

/** Number of coefficients of one channel. */
export function channelSize({ height, width }: Geometry): number {
  return height * width;
}

/** Number of coefficients of all channels. */
export function coefficientCount(geometry: Geometry): number {
  return geometry.channels * channelSize(geometry);
}

/** Row, column, level and band of each coefficient of a channel, by its offset row · width + column. */
export interface Places {
  readonly row: Uint16Array;
  readonly column: Uint16Array;
  /** 0 in the scaling band, 1 in the coarsest detail bands, … `levels` in the finest. */
  readonly level: Uint8Array;
  /** One of {@link Band}. */
  readonly band: Uint8Array;
}

/** Tabulates the place of every coefficient of one channel. */
export function tabulatePlaces(geometry: Geometry): Places {
  const { height, width } = geometry;
  const size = channelSize(geometry);
  const places: Places = {
    row: new Uint16Array(size),
    column: new Uint16Array(size),
    level: new Uint8Array(size),
    band: new Uint8Array(size),
  };
  for (let row = 0, offset = 0; row < height; row++)
    for (let column = 0; column < width; column++, offset++) {
      places.row[offset] = row;
      places.column[offset] = column;
    }
  for (const { level, band, top, left, height, width } of detailRegions(geometry))
    for (let row = top; row < top + height; row++) {
      const start = row * geometry.width + left;
      places.level.fill(level, start, start + width);
      places.band.fill(band, start, start + width);
    }
  return places;
}

/** A rectangle of a coefficient matrix. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The place of the scaling band. */
export function scalingRegion({ height, width, levels }: Geometry): Region {
  return { top: 0, left: 0, height: height / 2 ** levels, width: width / 2 ** levels };
}

/** The places of the detail bands coarse → fine; in each level top right, bottom left, bottom right. */
export function detailRegions(
  geometry: Geometry,
): readonly (Region & { readonly level: number; readonly band: number })[] {
  return Array.from({ length: geometry.levels }, (_, i) => {
    const height = geometry.height / 2 ** (geometry.levels - i);
    const width = geometry.width / 2 ** (geometry.levels - i);
    const size = { height, width, level: i + 1 };
    return [
      { ...size, top: 0, left: width, band: Band.vertical },
      { ...size, top: height, left: 0, band: Band.horizontal },
      { ...size, top: height, left: width, band: Band.diagonal },
    ];
  }).flat();
}

/** A band with what it contains: its place, or less where there is less content. */
export type BandRegion = Region & { readonly level: number; readonly band: number };

/** All bands with what they contain, the scaling band first; a band may be empty. */
export function bandRegions(geometry: Geometry): readonly BandRegion[] {
  const { levels, content = geometry } = geometry;
  const low = (n: number, steps: number) => Math.ceil(n / 2 ** steps);
  const high = (n: number, steps: number) => low(n, steps - 1) - low(n, steps);
  const scaling = {
    ...scalingRegion(geometry),
    height: low(content.height, levels),
    width: low(content.width, levels),
  };
  return [
    { ...scaling, level: 0, band: Band.approximation },
    ...detailRegions(geometry).map((region) => {
      const steps = levels - region.level + 1;
      const rows = region.band === Band.vertical ? low : high;
      const columns = region.band === Band.horizontal ? low : high;
      const height = rows(content.height, steps);
      return { ...region, height, width: columns(content.width, steps) };
    }),
  ];
}

/** Number of a band among those of all channels; see {@link bandCount}. */
export function bandNumber(
  { levels }: Geometry,
  { channel, level, band }: Pick<BandRegion, "level" | "band"> & { readonly channel: number },
): number {
  return (channel * (levels + 1) + level) * 4 + band;
}

/** The numbers of {@link bandNumber} are below this; not every number is a band. */
export function bandCount({ channels, levels }: Geometry): number {
  return channels * (levels + 1) * 4;
}
