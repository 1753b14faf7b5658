/** A coefficient by its place in the mosaic: the channel, its band and where it lies there. */
export interface Place {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  /** 0 in the approximation, 1 in the coarsest details. */
  readonly level: number;
  readonly band: "approximation" | "vertical" | "horizontal" | "diagonal";
}

/** A rectangle, in shares of the whole from the top left. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Mosaic {
  readonly matrix: { readonly width: number; readonly height: number };
  readonly levels: number;
}

/** Where a coefficient lies. */
export function placeOf(offset: number, { matrix: { width, height }, levels }: Mosaic): Place {
  const column = offset % width;
  const lines = Math.floor(offset / width);
  const row = lines % height;
  const channel = Math.floor(lines / height);
  for (let level = levels; level > 0; level--) {
    const steps = levels - level + 1;
    const [below, right] = [row >= height / 2 ** steps, column >= width / 2 ** steps];
    if (below || right) {
      const band = below && right ? "diagonal" : below ? "horizontal" : "vertical";
      return { channel, row, column, level, band };
    }
  }
  return { channel, row, column, level: 0, band: "approximation" };
}

/** The side, in coefficients, of what a decision is about, by the number of its kind. */
export const sideOfKind = (kind: number): number => (kind === 0 ? 4 : kind === 1 ? 2 : 1);

/** What of the mosaic a decision is about. */
export function boxInMosaic({ row, column }: Place, side: number, { matrix }: Mosaic): Box {
  return {
    left: column / matrix.width,
    top: row / matrix.height,
    width: Math.min(side, matrix.width - column) / matrix.width,
    height: Math.min(side, matrix.height - row) / matrix.height,
  };
}

/** What of the picture a decision is about: the area over which its coefficients are taken. */
export function boxInPicture(
  { row, column, level, band }: Place,
  side: number,
  {
    matrix,
    levels,
    width,
    height,
    frame,
  }: Mosaic & {
    readonly width: number;
    readonly height: number;
    readonly frame: { readonly left: number; readonly top: number };
  },
): Box {
  const steps = level === 0 ? levels : levels - level + 1;
  const [below, right] = [
    band === "horizontal" || band === "diagonal",
    band === "vertical" || band === "diagonal",
  ];
  const scale = 2 ** steps;
  const x = (column - (right ? matrix.width / scale : 0)) * scale - frame.left;
  const y = (row - (below ? matrix.height / scale : 0)) * scale - frame.top;
  const [from, to] = [
    { x: clamp(x, width), y: clamp(y, height) },
    { x: clamp(x + side * scale, width), y: clamp(y + side * scale, height) },
  ];
  return {
    left: from.x / width,
    top: from.y / height,
    width: (to.x - from.x) / width,
    height: (to.y - from.y) / height,
  };
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
