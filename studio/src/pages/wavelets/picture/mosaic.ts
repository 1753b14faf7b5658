/** The place of a band in a mosaic, in coefficients from the top left corner. */
export interface Block {
  readonly band: "ll" | "lh" | "hl" | "hh";
  /** 1 is the finest. */
  readonly level: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Mosaic {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly Block[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Mallat's layout of the bands of a transform, for any boundary mode: the coarse levels in the top left corner, `lh` to the
 * right of them, `hl` below, `hh` across. Bands that are wider than the mosaic of the coarser levels leave a gap beside it. Where
 * the bands tile, it is the layout of the library's `pack`. `details` are the sizes of each level's bands, coarsest first.
 */
export function mosaicOf(approximation: Size, details: readonly Size[]): Mosaic {
  const blocks: Block[] = [
    { band: "ll", level: details.length, x: 0, y: 0, ...sizeOf(approximation) },
  ];
  let reached = sizeOf(approximation);
  details.forEach((size, i) => {
    const level = details.length - i;
    const { width, height } = size;
    const x = Math.max(reached.width, width);
    const y = Math.max(reached.height, height);
    blocks.push(
      { band: "lh", level, x, y: 0, width, height },
      { band: "hl", level, x: 0, y, width, height },
      { band: "hh", level, x, y, width, height },
    );
    reached = { width: x + width, height: y + height };
  });
  return { ...reached, blocks };
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });

/** The block at a position of a mosaic; undefined in a gap. */
export const blockAt = ({ blocks }: Mosaic, x: number, y: number): Block | undefined =>
  blocks.find((b) => x >= b.x && y >= b.y && x < b.x + b.width && y < b.y + b.height);
